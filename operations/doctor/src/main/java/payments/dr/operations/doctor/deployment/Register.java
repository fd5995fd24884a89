package payments.dr.operations.doctor.deployment;

import java.util.List;
import java.util.Optional;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.ledger.lease.LeaseEntry;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * One register of the lease, as a check reads it.
 *
 * @param where its Region
 * @param table that holds it
 * @param account id of the account
 */
public record Register(String where, String table, String account) {

  List<Permission> permissions() {
    return List.of(
        new Permission(
            "dynamodb:GetItem",
            "arn:aws:dynamodb:%s:%s:table/%s".formatted(where, account, table)));
  }

  /**
   * Returns the lease that it holds; empty when there is no table.
   *
   * @throws SdkException when there is no answer
   */
  Optional<LeaseEntry> lease(Clients aws) {
    try {
      return Optional.of(LeaseEntry.read(new DynamoDbLedger(aws.dynamoDb(where), table)));
    } catch (LedgerUnavailableException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return Optional.empty();
      }
      throw e.getCause() instanceof SdkException unanswered ? unanswered : e;
    }
  }
}
