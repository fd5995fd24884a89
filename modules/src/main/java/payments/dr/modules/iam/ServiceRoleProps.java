package payments.dr.modules.iam;

import java.util.List;
import java.util.Optional;

/**
 * What a service role needs.
 *
 * @param name unique in the account: IAM knows no Regions
 * @param service who assumes it, such as {@code backup.amazonaws.com}
 * @param sourceAccount whether the service sends {@code aws:SourceAccount} when it assumes roles;
 *     then it is demanded, so that nobody else's resource can borrow the role
 * @param sourceArn the one resource that the service may assume it for, where it tells that
 * @param statements what it may do
 * @param managedPolicyArns AWS's own policies that it also needs
 */
public record ServiceRoleProps(
    String name,
    String service,
    boolean sourceAccount,
    Optional<String> sourceArn,
    List<Statement> statements,
    List<String> managedPolicyArns) {

  public ServiceRoleProps {
    statements = List.copyOf(statements);
    managedPolicyArns = List.copyOf(managedPolicyArns);
  }

  /** A role for a service that identifies the account it works for. */
  public static ServiceRoleProps of(String name, String service, Statement... statements) {
    return new ServiceRoleProps(
        name, service, true, Optional.empty(), List.of(statements), List.of());
  }

  /** A role for a service that sends no source account, such as EC2. */
  public static ServiceRoleProps withoutSourceAccount(
      String name, String service, Statement... statements) {
    return new ServiceRoleProps(
        name, service, false, Optional.empty(), List.of(statements), List.of());
  }

  public ServiceRoleProps withManagedPolicies(String... arns) {
    return new ServiceRoleProps(name, service, sourceAccount, sourceArn, statements, List.of(arns));
  }

  /** For one resource only, such as a rule. */
  public ServiceRoleProps onlyFor(String arn) {
    return new ServiceRoleProps(
        name, service, sourceAccount, Optional.of(arn), statements, managedPolicyArns);
  }
}
