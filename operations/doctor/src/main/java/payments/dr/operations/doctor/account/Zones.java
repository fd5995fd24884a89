package payments.dr.operations.doctor.account;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;

/**
 * Whether the account has the zones of a Region, and which ids its names stand for, or which names
 * stand for the ids that the settings give.
 */
public record Zones(RegionSettings region) implements Check {

  @Override
  public String name() {
    return "zones";
  }

  @Override
  public String where() {
    return region.name();
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("ec2:DescribeAvailabilityZones"));
  }

  @Override
  public Result ask(Clients aws) {
    Map<String, AvailabilityZone> known =
        aws.ec2(where()).describeAvailabilityZones().availabilityZones().stream()
            .collect(Collectors.toMap(this::named, zone -> zone));
    List<String> missing =
        region.availabilityZones().stream().filter(zone -> !known.containsKey(zone)).toList();
    if (!missing.isEmpty()) {
      return Result.fails(
          "zones must be among %s, got %s"
              .formatted(
                  known.keySet().stream().sorted().collect(joining(", ")),
                  String.join(", ", missing)),
          "correct availabilityZones of that Region in the environment's file");
    }
    List<AvailabilityZone> used =
        region.availabilityZones().stream().map(known::get).filter(Objects::nonNull).toList();
    String meaning =
        used.stream().map(zone -> named(zone) + " is " + otherwise(zone)).collect(joining(", "));
    List<String> impaired =
        used.stream()
            .filter(zone -> zone.state() != AvailabilityZoneState.AVAILABLE)
            .map(zone -> named(zone) + " " + zone.stateAsString())
            .toList();
    return impaired.isEmpty()
        ? Result.ok(meaning)
        : Result.attention(
            meaning + "; " + String.join(", ", impaired), "see AWS Health before you deploy");
  }

  /** As the settings name it. */
  private String named(AvailabilityZone zone) {
    return region.zonesAreIds() ? zone.zoneId() : zone.zoneName();
  }

  private String otherwise(AvailabilityZone zone) {
    return region.zonesAreIds() ? zone.zoneName() : zone.zoneId();
  }
}
