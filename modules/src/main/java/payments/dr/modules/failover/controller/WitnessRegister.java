package payments.dr.modules.failover.controller;

/**
 * The lease's third register, by name alone: its Region may be dark, and its stack is another one.
 *
 * @param region such as {@code us-west-2}
 * @param tableName such as {@code witness-ledger-prod}
 */
public record WitnessRegister(String region, String tableName) {

  /** Returns its ARN, as plain text. */
  String arn(String accountId) {
    return "arn:aws:dynamodb:" + region + ":" + accountId + ":table/" + tableName;
  }
}
