package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import payments.dr.testing.ProjectCopy;

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
    applied.trustingTheState().destroy().expect(0);
    assertEquals(0, applied.deployed());
  }
}
