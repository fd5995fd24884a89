package payments.dr.operations.doctor.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/**
 * Whether something that a test restored is still there although AWS Backup gave up removing it. It
 * costs money, and holds payments that nobody watches.
 *
 * @param plan name of the restore testing plan
 * @param account id of the account
 */
public record RestoreTestLeftovers(String where, String plan, String account) implements Check {

  private static final String SERVICE = "backup";

  @Override
  public String name() {
    return "restore tests";
  }

  /** Behind the names of plans AWS Backup puts an id, and it makes up those of what it restores. */
  @Override
  public List<Permission> permissions() {
    String prefix = "awsbackup-restore-test*";
    return List.of(
        new Permission(
            "backup:GetRestoreTestingPlan", arn(SERVICE, "restore-testing-plan:%s-*", plan)),
        new Permission("backup:ListRestoreJobs", "*"),
        new Permission("dynamodb:DescribeTable", arn("dynamodb", "table/%s", prefix)),
        new Permission("rds:DescribeDBClusters", arn("rds", "cluster:%s", prefix)));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      List<String> left =
          jobs(aws).stream()
              .filter(job -> job.path("DeletionStatus").asText().equals("FAILED"))
              .map(job -> job.path("CreatedResourceArn").asText())
              .filter(arn -> isThere(aws, arn))
              .sorted()
              .toList();
      return left.isEmpty()
          ? Result.ok("nothing left of " + plan)
          : Result.fails(
              "AWS Backup did not remove " + String.join(", ", left),
              left.stream().map(this::removal).collect(Collectors.joining("; ")));
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().equals("ResourceNotFoundException")) {
        return Result.fails(
            "restore testing plan " + plan + " must be there, got none", "deploy again");
      }
      throw e;
    }
  }

  private List<JsonNode> jobs(Clients aws) {
    String arn =
        aws.ask(
                where,
                JsonRequest.get(SERVICE, "GetRestoreTestingPlan", "/restore-testing/plans/" + plan))
            .at("/RestoreTestingPlan/RestoreTestingPlanArn")
            .asText();
    return JsonRequest.get(
            SERVICE, "ListRestoreJobs", "/restore-jobs/?restoreTestingPlanArn=" + arn)
        .all(request -> aws.ask(where, request), "RestoreJobs");
  }

  private boolean isThere(Clients aws, String arn) {
    try {
      if (isTable(arn)) {
        aws.dynamoDb(where).describeTable(request -> request.tableName(name(arn)));
      } else {
        aws.rds(where).describeDBClusters(request -> request.dbClusterIdentifier(name(arn)));
      }
      return true;
    } catch (ResourceNotFoundException | DbClusterNotFoundException e) {
      return false;
    }
  }

  private String removal(String arn) {
    String command =
        isTable(arn)
            ? "aws dynamodb delete-table --table-name %s --region %s"
            : "aws rds delete-db-cluster --db-cluster-identifier %s --skip-final-snapshot --region %s";
    return command.formatted(name(arn), where);
  }

  private static boolean isTable(String arn) {
    return arn.startsWith("arn:aws:dynamodb:");
  }

  private static String name(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }

  private String arn(String service, String resource, String name) {
    return "arn:aws:%s:%s:%s:".formatted(service, where, account) + resource.formatted(name);
  }
}
