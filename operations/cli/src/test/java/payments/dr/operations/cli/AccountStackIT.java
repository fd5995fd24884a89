package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.aws.LocalAws;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * The stack {@code account-prod} on a local AWS that refuses what exists already: in an empty
 * account, and in one that somebody else watches.
 */
class AccountStackIT {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String ACCOUNT = "main/accounts/prod.yaml";
  private static final String STACK = "cdktf.out/stacks/account-prod";
  private static final String BASELINE = "baseline:\n  enabled: true";
  private static final String LEAVE = "leave: [config, guardduty, security-hub, access-analyzer]";
  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";

  /** With what the local AWS needs instead of AWS: a state on disk, and buckets in the path. */
  private static final String OVERRIDE =
      """
      {"terraform": {"backend": {"local": {}}},
       "provider": {"aws": [{"alias": "primary", "s3_use_path_style": true},
                            {"alias": "dr", "s3_use_path_style": true}]}}
      """;

  @TempDir private static Path checkout;

  private static ProjectCopy copy;
  private static String made;
  private static String left;

  @TempDir private Path home;

  @BeforeAll
  static void synthesize() throws IOException {
    copy = ProjectCopy.builtInto(checkout);
    // The account that the local AWS has when nothing else is said.
    copy.replace(ACCOUNT, "222222222222", "123456789012");
    made = synthesized("");
    left = synthesized(LEAVE);
    Files.writeString(checkout.resolve(STACK).resolve("local_override.tf.json"), OVERRIDE);
  }

  @BeforeEach
  void forget() throws IOException {
    Files.deleteIfExists(checkout.resolve(STACK).resolve("terraform.tfstate"));
  }

  @Test
  void empty_account_is_watched_and_what_is_handed_over_goes_on() throws IOException {
    try (LocalAws local = LocalAws.start(home)) {
      Stack stack = new Stack(local);

      stack.apply(made).expect(0);
      stack.assertNoChanges();
      String watching = stack.watching();
      assertTrue(watching.contains("primary-external-access-account-prod"), watching);

      stack.assertHandsOver(watching);
    }
  }

  @Test
  void what_exists_is_refused_then_adopted_never_destroyed_and_handed_over() throws IOException {
    try (LocalAws local = LocalAws.start(home)) {
      Stack stack = new Stack(local);
      stack.aws(
          PRIMARY,
          "configservice put-configuration-recorder --configuration-recorder"
              + " name=theirs,roleARN=arn:aws:iam::123456789012:role/theirs");
      stack.aws(
          PRIMARY,
          "configservice put-delivery-channel --delivery-channel"
              + " name=theirs,s3BucketName=theirs");
      String detector = stack.aws(PRIMARY, "guardduty create-detector --enable --query DetectorId");
      stack.aws(PRIMARY, "securityhub enable-security-hub");
      stack.aws(DR, "securityhub enable-security-hub");
      String findings =
          stack.aws(
              DR,
              "securityhub create-finding-aggregator --region-linking-mode ALL_REGIONS"
                  + " --query FindingAggregatorArn");
      stack.aws(DR, "accessanalyzer create-analyzer --analyzer-name theirs --type ACCOUNT");
      stack.aws(DR, "iam create-service-linked-role --aws-service-name config.amazonaws.com");

      String refused = stack.apply(made).expect(1).err();
      for (String reason :
          List.of(
              "AWSServiceRoleForConfig has been taken in this account",
              "a detector already exists for the current account",
              "ResourceConflictException",
              "ServiceQuotaExceededException")) {
        assertTrue(refused.replaceAll("\\s+", " ").contains(reason), reason + " in\n" + refused);
      }

      String adopted =
          synthesized(
              """
              adopt:
                configRole: true
                findingAggregator: %s
                primary: {recorder: theirs, channel: theirs, detector: %s, securityHub: true}
                dr: {securityHub: true, analyzer: theirs}
              """
                  .formatted(findings, detector));
      stack.apply(adopted).expect(0);
      stack.assertNoChanges();
      String watching = stack.watching();
      assertTrue(watching.contains("theirs"), watching);
      assertTrue(watching.contains(detector), watching);

      String kept = stack.terraform("plan -destroy").expect(1).err();
      assertTrue(kept.contains("aws_guardduty_detector.primary_guardduty_detector"), kept);
      stack.assertHandsOver(watching);
    }
  }

  /**
   * The stack's JSON.
   *
   * @param keys of the baseline beside those of the account's file
   */
  private static String synthesized(String keys) throws IOException {
    String file = Files.readString(checkout.resolve(ACCOUNT));
    copy.replace(ACCOUNT, BASELINE, "baseline:\n" + keys.indent(2) + "  enabled: true");
    copy.shell().sh(LIMIT, "scripts/synth prod").expect(0);
    Files.writeString(checkout.resolve(ACCOUNT), file);
    return Files.readString(checkout.resolve(STACK).resolve("cdk.tf.json"));
  }

  /** The stack and its account on one local AWS. */
  private record Stack(LocalAws local) {

    Shell.Result apply(String json) throws IOException {
      Files.writeString(checkout.resolve(STACK).resolve("cdk.tf.json"), json);
      terraform("init").expect(0);
      return terraform("apply -auto-approve");
    }

    void assertNoChanges() {
      terraform("plan -detailed-exitcode").expect(0);
    }

    /** Leaves all services to others, and destroys what remains once nothing protects it. */
    void assertHandsOver(String watching) throws IOException {
      String unprotected =
          left.replace("\"prevent_destroy\": true", "\"prevent_destroy\": false")
              .replace("\"force_destroy\": false", "\"force_destroy\": true");
      String handedOver = apply(unprotected).expect(0).out();
      assertTrue(handedOver.contains(" 0 destroyed."), handedOver);
      assertEquals(watching, watching());

      terraform("destroy -auto-approve").expect(0);
      assertEquals(watching, watching());
    }

    /** What watches the account. */
    String watching() {
      StringBuilder found = new StringBuilder(aws(DR, "iam list-roles --query Roles[].RoleName"));
      for (String region : List.of(PRIMARY, DR)) {
        for (String question :
            List.of(
                "configservice describe-configuration-recorder-status --query"
                    + " ConfigurationRecordersStatus[].[name,recording]",
                "configservice describe-delivery-channels --query DeliveryChannels[].name",
                "guardduty list-detectors --query DetectorIds",
                "securityhub get-enabled-standards --query"
                    + " StandardsSubscriptions[].StandardsSubscriptionArn",
                "securityhub list-finding-aggregators --query FindingAggregators",
                "accessanalyzer list-analyzers --query analyzers[].name")) {
          found.append('\n').append(aws(region, question));
        }
      }
      return found.toString();
    }

    Shell.Result terraform(String command) {
      return shell()
          .sh(
              LIMIT,
              "scripts/with-aws prod terraform -chdir=%s %s -input=false -no-color"
                  .formatted(STACK, command));
    }

    String aws(String region, String command) {
      return shell()
          .sh(
              LIMIT,
              "set -f; aws --region %s --endpoint-url %s --output text %s"
                  .formatted(region, local.endpoint(), command))
          .expect(0)
          .out()
          .strip();
    }

    private Shell shell() {
      return copy.shell()
          .with("AWS_ENDPOINT_URL", local.endpoint())
          .with("AWS_ACCESS_KEY_ID", "local")
          .with("AWS_SECRET_ACCESS_KEY", "local")
          .with("AWS_PAGER", "");
    }
  }
}
