package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ec2.model.Region;

/**
 * Whether the account has a Region switched on.
 *
 * @param where the Region
 * @param asked the Region that tells: one that is off knows no keys of the account
 */
public record RegionEnabled(String where, String asked) implements Check {

  private static final String OFF = "not-opted-in";

  @Override
  public String name() {
    return "Region";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("ec2:DescribeRegions"));
  }

  @Override
  public Result ask(Clients aws) {
    List<Region> all =
        aws.ec2(asked).describeRegions(request -> request.allRegions(true)).regions();
    return all.stream()
        .filter(region -> region.regionName().equals(where))
        .findFirst()
        .map(Region::optInStatus)
        .map(this::result)
        .orElseGet(
            () ->
                Result.fails(
                    "Region must be one of the account's %d, got %s".formatted(all.size(), where),
                    "correct regions in the environment's file"));
  }

  private Result result(String status) {
    return status.equals(OFF)
        ? Result.fails(
            where + " must be switched on, got " + status,
            "aws account enable-region --region-name " + where)
        : Result.ok(status);
  }
}
