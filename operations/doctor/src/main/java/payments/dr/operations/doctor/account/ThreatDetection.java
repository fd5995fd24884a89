package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether GuardDuty's detector of a Region, which has one, is the account stack's or still to be
 * made by it. One that somebody else made stops that deployment.
 *
 * @param tag {@code Name} of that stack's detector
 * @param account id of the account
 */
public record ThreatDetection(String where, String tag, String account, Single detector)
    implements Check {

  private static final String SERVICE = "guardduty";

  @Override
  public String name() {
    return "GuardDuty";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        new Permission(
            "guardduty:GetDetector",
            "arn:aws:guardduty:%s:%s:detector/*".formatted(where, account)),
        new Permission(
            "guardduty:GetAdministratorAccount",
            "arn:aws:guardduty:%s:%s:detector/*".formatted(where, account)),
        Permission.of("guardduty:ListDetectors"));
  }

  @Override
  public Result ask(Clients aws) {
    JsonNode ids =
        aws.ask(where, JsonRequest.get(SERVICE, "ListDetectors", "/detector")).path("detectorIds");
    if (ids.isEmpty()) {
      return detector.absent();
    }
    String id = ids.get(0).asText();
    JsonNode found = aws.ask(where, JsonRequest.get(SERVICE, "GetDetector", "/detector/" + id));
    if (found.path("tags").path("Name").asText().equals(tag)) {
      return Result.ok("detector " + id + " of " + detector.stack());
    }
    String administrator = administrator(aws, id);
    return administrator.isEmpty()
        ? detector.exists("detector " + id, id)
        : detector.foreign(
            "must be set by %s, got detector %s of a member of %s, which that account sets"
                .formatted(detector.stack(), id, administrator));
  }

  /** The account that this one is a member of; empty: of none. */
  private String administrator(Clients aws, String id) {
    return aws.ask(
            where,
            JsonRequest.get(
                SERVICE, "GetAdministratorAccount", "/detector/" + id + "/administrator"))
        .path("administrator")
        .path("accountId")
        .asText();
  }
}
