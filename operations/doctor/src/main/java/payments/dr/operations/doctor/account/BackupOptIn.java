package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether AWS Backup is switched on for what holds the payments: without it, its jobs are skipped
 * in silence. The account's stack switches it on.
 *
 * @param stack such as {@code account-prod}
 * @param environment that {@code make deploy} takes
 */
public record BackupOptIn(String where, String stack, String environment) implements Check {

  @Override
  public String name() {
    return "AWS Backup";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("backup:DescribeRegionSettings"));
  }

  @Override
  public Result ask(Clients aws) {
    JsonNode settings =
        aws.ask(where, JsonRequest.get("backup", "DescribeRegionSettings", "/account-settings"));
    List<String> off =
        Stream.of("Aurora", "DynamoDB")
            .filter(type -> !settings.path("ResourceTypeOptInPreference").path(type).asBoolean())
            .toList();
    return off.isEmpty()
        ? Result.ok("on for Aurora and DynamoDB")
        : Result.attention(
            "must be on for Aurora and DynamoDB, got off for " + String.join(", ", off),
            ("aws backup update-region-settings --region %s --resource-type-opt-in-preference"
                    + " Aurora=true,DynamoDB=true, or before the first deployment of %s: make deploy"
                    + " ENV=%s STACKS=%s")
                .formatted(where, stack, environment, stack));
  }
}
