package payments.dr.operations.migration.sessions;

import java.util.stream.Stream;

/**
 * Who runs this command.
 *
 * @param arn as STS tells it
 */
record Principal(String arn) {

  /**
   * What {@code aws:PrincipalArn} may be: of a session it is the role's ARN, whose path STS does
   * not tell.
   */
  Stream<String> patterns() {
    String[] parts = arn.split("[:/]");
    if (!arn.contains(":assumed-role/")) {
      return Stream.of(arn.replace(":sts:", ":iam:"));
    }
    String role = "arn:%s:iam::%s:role/".formatted(parts[1], parts[4]);
    return Stream.of(role + parts[6], role + "*/" + parts[6]);
  }
}
