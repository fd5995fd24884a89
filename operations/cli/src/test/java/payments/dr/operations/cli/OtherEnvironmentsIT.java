package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * What other environments than {@code prod} and {@code local} have of their own, applied, planned
 * and destroyed. None has a firewall, which takes most of a plan's processor time: {@code prod} is
 * applied with one. The tests share nothing, and mostly wait: each for its own local AWS.
 */
@Execution(ExecutionMode.CONCURRENT)
class OtherEnvironmentsIT {

  private static final String UNPROTECTED =
      "protectData: false\nfirewall: {enabled: false}\nnetwork: {natGateways: single}\n";

  /** Longer names of Regions than those of the committed files, and none that is special to AWS. */
  private static final String EUROPE =
      """
      account: europe
      owner: payments-platform
      bucketPrefix: acme
      regions:
        primary:
          name: eu-central-1
          cidrBlock: 10.40.0.0/20
          availabilityZones: [eu-central-1a, eu-central-1b]
        dr:
          name: eu-west-1
          cidrBlock: 10.41.0.0/20
          availabilityZones: [eu-west-1a, eu-west-1b]
      dns:
        domainName: payments-europe.example.com
      """;

  private static final String EUROPEAN_ACCOUNT =
      """
      id: "333333333333"
      owner: payments-platform
      bucketPrefix: acme
      regions: {primary: eu-central-1, dr: eu-west-1}
      """;

  @TempDir private Path folder;

  private AccountCopy environment;

  @AfterEach
  void stop() {
    environment.stop();
  }

  /** Its stack is that of prod with other names ({@code GoldenTest}), which are longer. */
  @Test
  void staging() throws IOException {
    ProjectCopy copy = ProjectCopy.builtInto(folder);
    copy.replace("main/environments/staging.yaml", "bucketPrefix:", UNPROTECTED + "bucketPrefix:");

    assertLives(AccountCopy.start(copy, "staging", "nonprod"), "acme-state-staging", "us-east-2");
  }

  @Test
  void two_regions_of_europe() throws IOException {
    ProjectCopy copy = ProjectCopy.builtInto(folder);
    Files.writeString(folder.resolve("main/accounts/europe.yaml"), EUROPEAN_ACCOUNT);
    Files.writeString(folder.resolve("main/environments/europe.yaml"), EUROPE + UNPROTECTED);

    assertLives(AccountCopy.start(copy, "europe", "europe"), "acme-state-europe", "eu-west-1");

    // Nothing but what exists nowhere else is left to the Regions that everybody else uses.
    String elsewhere =
        environment.run("cat cdktf.out/stacks/payments-dr-europe/cdk.tf.json").expect(0).out();
    assertFalse(elsewhere.contains("us-east-2"), "a Region that this environment does not have");
  }

  private void assertLives(AccountCopy applied, String bucket, String region) throws IOException {
    environment = applied;
    applied.aws("s3 mb s3://%s --region %s".formatted(bucket, region)).expect(0);
    applied.synthesize();

    String said = applied.deploy();
    assertTrue(
        said.contains(
            "Resources: %d added, 0 changed, 0 destroyed".formatted(applied.synthesized())),
        said);
    applied.planNothing();
    assertPullRequestReadsTheStateAndNothingElse(bucket, region);
    applied.trustingTheState().destroy().expect(0);
    assertEquals(0, applied.deployed());
  }

  /** By the role that docs/deploy/pipelines.md describes, to which the local AWS holds it. */
  private void assertPullRequestReadsTheStateAndNothingElse(String bucket, String region)
      throws IOException {
    String name = bucket.replace("acme-state-", "");
    String account =
        environment
            .aws("sts get-caller-identity --region us-east-1 --query Account --output text")
            .expect(0)
            .out()
            .strip();
    AccountCopy role = environment.as("pull-request-" + name, documented(name, region, account));
    // The pipeline's script notes the commit that it planned.
    role.run("git init -q . && git -c user.name=t -c user.email=t@t commit -q --allow-empty -m one")
        .expect(0);

    Shell.Result planned = role.run("scripts/ci/plan --from-state " + name).expect(0);

    String stack = "payments-dr-" + name;
    assertTrue(planned.out().startsWith("# Plan of " + stack + ": clean"), planned.out());
    assertTrue(planned.err().contains("No changes."), planned.err());
    for (String refused :
        List.of(
            "secretsmanager get-secret-value --region %s --secret-id db-password-v2-%s"
                .formatted(region, name),
            "s3api put-object --region %1$s --bucket %2$s --key %3$s.tflock"
                .formatted(region, bucket, stack + "/terraform.tfstate"),
            "ec2 describe-instances --region " + region)) {
      String said = role.aws(refused).err();
      assertTrue(said.contains("AccessDenied") || said.contains("UnauthorizedOperation"), said);
    }
  }

  /** The policy of that page, with the names of another environment. */
  private static String documented(String name, String region, String account) throws IOException {
    Matcher policy =
        Pattern.compile("(?ms)^```json\\n(\\{\"Version\".*?GetRandomPassword.*?)^```$")
            .matcher(Files.readString(ProjectCopy.PROJECT.resolve("docs/deploy/pipelines.md")));
    assertTrue(policy.find(), "the page must hold the policy of a pull request's role");
    return policy
        .group(1)
        .replace("acme-state-prod", "acme-state-" + name)
        .replace("payments-dr-prod", "payments-dr-" + name)
        .replace("dr-ledger-prod", "dr-ledger-" + name)
        .replace("us-east-2", region)
        .replace("222222222222", account);
  }
}
