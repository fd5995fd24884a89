package payments.dr.compliance;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import payments.dr.compliance.PolicyText.Statement;
import payments.dr.compliance.policy.Grant;

/** Actions by which a role gets, or gives, permissions that its policy does not show. */
final class Escalation {

  private static final Pattern ACTIONS =
      Pattern.compile(
          "iam:(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update|Upload)[A-Za-z]*"
              + "|sts:(AssumeRole[A-Za-z]*|GetFederationToken)"
              + "|kms:(CreateGrant|PutKeyPolicy)"
              + "|lambda:(AddPermission|AddLayerVersionPermission|CreateFunction[A-Za-z]*"
              + "|UpdateFunction[A-Za-z]*|PublishLayerVersion)"
              + "|s3:(PutBucketPolicy|PutBucketAcl|PutObjectAcl|PutBucketPublicAccessBlock"
              + "|PutAccountPublicAccessBlock|DeleteBucketPolicy)"
              + "|secretsmanager:PutResourcePolicy|sns:AddPermission|sqs:AddPermission"
              + "|(rds:Modify|ec2:Modify)[A-Za-z]*SnapshotAttribute"
              + "|(organizations|account|cloudformation):.*"
              + "|(ec2:RunInstances|ssm:(SendCommand|StartSession))",
          Pattern.CASE_INSENSITIVE);

  /** Of identities; a policy at a resource says who may administer that. */
  private static final Set<String> HOLDERS =
      Set.of("aws_iam_role_policy", "aws_iam_policy", "aws_iam_role");

  private Escalation() {}

  static Optional<String> fault(Resource holder, Statement statement, Set<String> accounts) {
    if (!HOLDERS.contains(holder.type()) || !statement.meaning().principals().equals(Set.of(""))) {
      return Optional.empty();
    }
    return statement.meaning().actions().stream()
        .filter(
            action ->
                ACTIONS.matcher(action).matches()
                    || isPassing(action) && !passesOne(action, statement))
        .findFirst();
  }

  private static boolean isPassing(String action) {
    return Grant.covers(action.toLowerCase(Locale.ROOT), "iam:passrole");
  }

  private static boolean passesOne(String action, Statement statement) {
    return action.equalsIgnoreCase("iam:PassRole")
        && statement.meaning().resources().stream().noneMatch(Wildcards::isOpen)
        && statement.isNarrowedBy("iam:PassedToService");
  }
}
