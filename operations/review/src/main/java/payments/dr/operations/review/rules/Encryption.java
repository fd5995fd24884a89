package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.turnedOff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Tells whether data is encrypted at rest and in transit. */
final class Encryption {

  private static final List<String> SWITCHES =
      List.of(
          "/storage_encrypted",
          "/encrypted",
          "/server_side_encryption/0/enabled",
          "/block_device_mappings/0/ebs/0/encrypted");

  private static final List<String> KEYS =
      List.of(
          "/kms_key_id",
          "/kms_key_arn",
          "/kms_master_key_id",
          "/server_side_encryption/0/kms_key_arn",
          "/block_device_mappings/0/ebs/0/kms_key_id");

  private static final String BUCKET_ENCRYPTION =
      "aws_s3_bucket_server_side_encryption_configuration";

  private Encryption() {}

  static Optional<String> switchedOff(ResourceChange change) {
    if (change.is("aws_ebs_encryption_by_default")) {
      return change.action() == Action.DELETE
          ? Optional.of("is deleted")
          : turnedOff(change, "/enabled");
    }
    if (change.is(BUCKET_ENCRYPTION)) {
      String algorithm = "/rule/0/apply_server_side_encryption_by_default/0/sse_algorithm";
      String before = change.before().at(algorithm).asText();
      return found(
          change.action() == Action.DELETE
              || change.alters()
                  && before.startsWith("aws:kms")
                  && !change.isUnknown("rule")
                  && !change.after().at(algorithm).asText().startsWith("aws:kms"),
          () -> "objects are no longer encrypted under the project's key");
    }
    return Stream.concat(
            SWITCHES.stream().flatMap(pointer -> turnedOff(change, pointer).stream()),
            KEYS.stream()
                .filter(pointer -> ProtectionRules.removed(change, pointer))
                .map(pointer -> "the key is removed"))
        .findFirst();
  }

  static Optional<String> tlsWeakened(ResourceChange change) {
    return switch (change.type()) {
      case "aws_lb_listener" ->
          change.before("protocol").asText().equals("HTTP") || isRedirect(change.before())
              ? found(
                  change.alters() && isRedirect(change.before()) && !isRedirect(change.after()),
                  () -> "no longer redirects to HTTPS")
              : found(
                  change.alters()
                      && change.before("protocol").asText().equals("HTTPS")
                      && (!change.after("protocol").asText().equals("HTTPS")
                          || TlsPolicy.isOlder(
                              change.before("ssl_policy"), change.after("ssl_policy"))),
                  () -> "protocol is not HTTPS, or ssl_policy not known to be as strong as before");
      case "aws_rds_cluster_parameter_group" ->
          found(
              change.alters() && forcesTls(change.before()) && !forcesTls(change.after()),
              () -> "rds.force_ssl is no longer 1");
      default -> Optional.empty();
    };
  }

  private static boolean isRedirect(JsonNode listener) {
    return listener.at("/default_action/0/type").asText().equals("redirect");
  }

  private static boolean forcesTls(JsonNode group) {
    return StreamSupport.stream(group.path("parameter").spliterator(), false)
        .anyMatch(
            parameter ->
                parameter.path("name").asText().equals("rds.force_ssl")
                    && parameter.path("value").asText().equals("1"));
  }
}
