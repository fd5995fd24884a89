package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** A copy of the project, and its local environment as the pipeline's scripts deploy it. */
final class DeployedCopy {

  private static final Duration COMMAND = Duration.ofMinutes(3);
  private static final Duration APPLY = Duration.ofMinutes(15);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENVIRONMENT = "main/environments/local.yaml";
  private static final String PLANS = "target/plans/local/";
  private static final List<String> REGIONS = List.of("us-east-1", "us-east-2");

  private final ProjectCopy copy;
  private final Shell shell;
  private final String endpoint;
  private final String environment;

  private DeployedCopy(ProjectCopy copy, Shell shell, String endpoint) throws IOException {
    this.copy = copy;
    this.shell = shell;
    this.endpoint = endpoint;
    environment = Files.readString(copy.root().resolve(ENVIRONMENT));
    assertFalse(environment.contains("databases:"), "this test writes that part of the file");
  }

  /**
   * With nothing deployed yet, in an environment whose data is protected and that has no firewall.
   */
  static DeployedCopy into(Path folder) throws IOException {
    ProjectCopy copy = Deployment.copyInto(folder);
    copy.replace(ENVIRONMENT, "protectData: false", "protectData: true");
    // What ends with a destroy protects nothing.
    copy.cut(ENVIRONMENT, "rehearsal:");
    return on(copy, copy.shell());
  }

  /** With the deployment that the tests share. */
  static DeployedCopy restoredInto(Path folder) throws IOException {
    Path deployment = Deployment.kept();
    ProjectCopy copy = Deployment.copyInto(folder);
    return on(copy, copy.shell().with(Deployment.SNAPSHOT, deployment.toString()));
  }

  private static DeployedCopy on(ProjectCopy copy, Shell starting) throws IOException {
    String endpoint = starting.sh(COMMAND, "emulator/local-aws start").expect(0).out().strip();
    Shell shell =
        copy.shell()
            .with("AWS_ENDPOINT_URL", endpoint)
            .with("AWS_ACCESS_KEY_ID", "local")
            .with("AWS_SECRET_ACCESS_KEY", "local")
            .with("AWS_PAGER", "");
    // The pipeline's scripts note the commit that they plan.
    shell
        .sh(
            COMMAND,
            "git init -q . && git -c user.name=t -c user.email=t@t commit -q --allow-empty -m one")
        .expect(0);
    return new DeployedCopy(copy, shell, endpoint);
  }

  void stop() {
    copy.stopLocalAws();
  }

  Shell shell() {
    return shell;
  }

  /** Edits the environment's file and synthesizes it. */
  void databases(String... lines) throws IOException {
    Files.writeString(
        copy.root().resolve(ENVIRONMENT),
        environment
            + "\ndatabases:\n  v2: {dr: {incarnation: 1}}\n  "
            + String.join("\n  ", lines)
            + "\n");
    synthesize();
  }

  void replace(String part, String by) throws IOException {
    copy.replace(ENVIRONMENT, part, by);
  }

  void synthesize() {
    shell.sh(APPLY, "scripts/synth local").expect(0);
  }

  /** Plans, and reviews the plan. */
  Planned planned() throws IOException {
    Shell.Result result = shell.sh(APPLY, "scripts/ci/plan local");
    if (!result.out().startsWith("# Plan of payments-dr-local")) {
      throw new AssertionError(result.out() + result.err());
    }
    return new Planned(
        result.status(),
        result.out(),
        result.err(),
        JSON.readTree(copy.root().resolve(PLANS + "plan.json").toFile()));
  }

  /** Of the plan that is saved now, whoever saved it. */
  String savedReview() {
    return shell.sh(COMMAND, "cat " + PLANS + "review.md").expect(0).out();
  }

  /** Writes the state anew without a change, as any apply of somebody else's would. */
  void touchState() throws IOException {
    String terraform =
        "scripts/with-aws local terraform -chdir=cdktf.out/stacks/payments-dr-local state ";
    ObjectNode state =
        (ObjectNode) JSON.readTree(shell.sh(COMMAND, terraform + "pull").expect(0).out());
    state.put("serial", state.path("serial").asLong() + 1);
    Path file = copy.root().resolve("target/touched.json");
    Files.writeString(file, state.toString());
    shell.sh(COMMAND, terraform + "push " + file).expect(0);
  }

  /** Applies the plan that was made last. */
  void apply() {
    shell.sh(APPLY, "scripts/ci/apply local").expect(0);
  }

  /**
   * @param kind {@code switchover}, or {@code failover} which may lose data
   */
  void swap(String kind, String global, String cluster) throws IOException {
    aws(
        "rds %s-global-cluster --region us-east-2 --global-cluster-identifier %s%s"
                .formatted(kind, global, kind.equals("failover") ? " --allow-data-loss" : "")
            + " --target-db-cluster-identifier "
            + arn(cluster));
    // Until the other one has caught up, nobody can go back.
    shell
        .sh(
            COMMAND,
            "for i in $(seq 60); do %s | grep -q 'pending-resync\\|FailoverState' || exit 0; sleep 1; done; exit 1"
                .formatted(AWS.formatted(endpoint, describe(global) + " --output json")))
        .expect(0);
    assertEquals(List.of(cluster), writers(global));
  }

  void detach(String global, String cluster) throws IOException {
    aws(
        "rds remove-from-global-cluster --region us-east-2 --global-cluster-identifier %s"
                .formatted(global)
            + " --db-cluster-identifier "
            + arn(cluster));
    assertEquals(1, members(global).size());
  }

  Set<String> members(String global) throws IOException {
    Set<String> members = new TreeSet<>();
    global(global).forEach(member -> members.add(name(member)));
    return members;
  }

  /** The generation that the applications of a Region are told. */
  String pointer(String region) throws IOException {
    String value =
        aws("ssm get-parameter --name /payments/local/database --region " + region)
            .at("/Parameter/Value")
            .asText();
    return JSON.readTree(value).path("generation").asText();
  }

  List<String> manualSnapshots(String region) throws IOException {
    List<String> names = new ArrayList<>();
    aws("rds describe-db-cluster-snapshots --snapshot-type manual --region " + region)
        .path("DBClusterSnapshots")
        .forEach(it -> names.add(it.path("DBClusterSnapshotIdentifier").asText()));
    return names;
  }

  private List<String> writers(String global) throws IOException {
    List<String> writers = new ArrayList<>();
    global(global)
        .forEach(
            member -> {
              if (member.path("IsWriter").asBoolean()) {
                writers.add(name(member));
              }
            });
    return writers;
  }

  private JsonNode global(String global) throws IOException {
    return aws(describe(global)).at("/GlobalClusters/0/GlobalClusterMembers");
  }

  private static String describe(String global) {
    return "rds describe-global-clusters --region us-east-2 --global-cluster-identifier " + global;
  }

  private static String name(JsonNode member) {
    return member.path("DBClusterArn").asText().replaceFirst(".*:", "");
  }

  private static String arn(String cluster) {
    return "arn:aws:rds:%s:123456789012:cluster:%s"
        .formatted(REGIONS.get(cluster.startsWith("dr-") ? 1 : 0), cluster);
  }

  /** Version 1 of the AWS CLI overlooks AWS_ENDPOINT_URL for some services. */
  private static final String AWS = "aws --endpoint-url %s %s";

  private JsonNode aws(String command) throws IOException {
    return JSON.readTree(
        shell.sh(COMMAND, AWS.formatted(endpoint, command) + " --output json").expect(0).out());
  }

  /**
   * A plan and its review.
   *
   * @param status that the review ended with
   * @param warnings with whatever else Terraform said
   */
  record Planned(int status, String review, String warnings, JsonNode json) {

    PlannedChanges changes() {
      return new PlannedChanges(json);
    }

    Planned expect(int expected) {
      assertEquals(expected, status, review);
      return this;
    }

    /** And that one rule spoke. */
    Planned expect(int expected, String rule) {
      expect(expected);
      assertTrue(review.contains("(rule `" + rule + "`)"), review);
      return this;
    }

    Planned expectAtMost(int most) {
      assertTrue(status <= most, review);
      return this;
    }

    /** Neither a change of a resource nor one of an output. */
    Planned expectNothing() {
      expect(0);
      assertEquals(Set.of(), changes().actions(), review);
      assertTrue(warnings.contains("No changes."), warnings);
      return this;
    }
  }
}
