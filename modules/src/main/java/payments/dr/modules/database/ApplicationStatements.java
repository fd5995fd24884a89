package payments.dr.modules.database;

import java.util.List;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;

/**
 * What the application of one Region may do with one generation of the database. It signs in with
 * IAM; the administrator's password is none of its business.
 */
public final class ApplicationStatements {

  private ApplicationStatements() {}

  public static List<Statement> of(Region region, PaymentsDatabase database, String dataKeyArn) {
    // Two generations may stand in one policy, in which each statement needs a name of its own.
    String generation = database.generation().name();
    return List.of(
        Statement.allow("SignIn" + generation)
            .actions("rds-db:connect")
            .on(database.userArns(database.applicationUsername()).get(region.role())),
        Statement.allow("UseSessions" + generation)
            .actions(
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DeleteItem",
                "dynamodb:DescribeTable",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem")
            .on(database.sessionTableArns().get(region.role())),
        Statement.allow("DecryptData" + generation)
            .actions("kms:Decrypt")
            .on(dataKeyArn)
            .when(
                "StringEquals", "kms:ViaService", "dynamodb." + region.name() + ".amazonaws.com"));
  }
}
