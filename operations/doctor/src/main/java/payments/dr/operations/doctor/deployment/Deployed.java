package payments.dr.operations.doctor.deployment;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Whether a stack is deployed, by its ledger: the environment's, before which checks of a
 * deployment have nothing to ask, or the witness's.
 *
 * @param where the Region of the ledger
 * @param table of the ledger
 * @param stack such as {@code payments-dr-prod} or {@code witness-prod}
 * @param account id of the account
 */
public record Deployed(String where, String table, String stack, String account) implements Check {

  @Override
  public String name() {
    return "deployment";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        new Permission(
            "dynamodb:DescribeTable",
            "arn:aws:dynamodb:%s:%s:table/%s".formatted(where, account, table)));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      String status =
          aws.dynamoDb(where)
              .describeTable(request -> request.tableName(table))
              .table()
              .tableStatusAsString();
      return Result.ok(stack + ", whose ledger " + table + " is " + status);
    } catch (ResourceNotFoundException e) {
      return Result.attention(
          stack + " is not deployed: there is no table " + table,
          "deploy it, then ask again for the checks of a deployment");
    }
  }
}
