package payments.dr.operations.doctor.account;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether the account may hold a load balancer's capacity units: by default a Region has none
 * (elasticloadbalancing/latest/application/load-balancer-limits.html).
 *
 * @param units that are to be held
 */
public record CapacityUnits(String where, int units) implements Check {

  private static final String SERVICE = "elasticloadbalancing";

  /** By its name, because no document tells its code. */
  private static final String NAME =
      "Reserved Application Load Balancer Capacity Units.* per Region";

  private static final int PAGE = 100;

  @Override
  public String name() {
    return "capacity units";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("servicequotas:ListServiceQuotas"));
  }

  @Override
  public Result ask(Clients aws) {
    String token = "";
    do {
      JsonNode page = page(aws, token);
      for (JsonNode quota : page.path("Quotas")) {
        if (quota.path("QuotaName").asText().matches(NAME)) {
          return judge(quota);
        }
      }
      token = page.path("NextToken").asText();
    } while (!token.isEmpty());
    return Result.notAnswerable(
        "limit of reserved capacity units must be told by AWS, got none",
        "aws service-quotas list-service-quotas --service-code %s --region %s"
            .formatted(SERVICE, where));
  }

  private Result judge(JsonNode quota) {
    int limit = quota.path("Value").intValue();
    String state = "%d reserved capacity units allowed, %d needed".formatted(limit, units);
    return units <= limit
        ? Result.ok(state)
        : Result.fails(
            state,
            "aws service-quotas request-service-quota-increase --service-code %s --quota-code %s --desired-value %d --region %s"
                .formatted(SERVICE, quota.path("QuotaCode").asText(), units, where));
  }

  private JsonNode page(Clients aws, String token) {
    var body = JSON.createObjectNode().put("ServiceCode", SERVICE).put("MaxResults", PAGE);
    if (!token.isEmpty()) {
      body.put("NextToken", token);
    }
    return aws.ask(
        where,
        JsonRequest.post(
            "servicequotas", "ServiceQuotasV20190624", "ListServiceQuotas", body.toString()));
  }
}
