package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * Ctrl-C in the middle of deployments and destructions: the state stays whole and unlocked, and the
 * same command goes on.
 */
@TestMethodOrder(OrderAnnotation.class)
class InterruptIT {

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of more than 400 resources: by then some are made and others under way. */
  private static final int SOME = 40;

  private static final Set<String> PARTS_OF_VPCS = Set.of("aws_route_table", "aws_subnet");

  private static final String STATE = ".local-aws/payments-dr-local.tfstate";

  /** Of the stacks that are deployed first; they are small, and complete before the interrupt. */
  private static final List<String> STATES_BEFORE =
      List.of(".local-aws/account-local.tfstate", ".local-aws/witness-local.tfstate");

  private static final String LOCK = ".local-aws/.payments-dr-local.tfstate.lock.info";
  private static final String DEPLOY = "scripts/stacks deploy --auto-approve local account-local";
  private static final String DESTROY = "scripts/stacks destroy --auto-approve local account-local";

  /** In bucket {@code states}; its lock would lie beside it. */
  private static final String KEY = "account-local/terraform.tfstate";

  @TempDir static Path folder;

  private static ProjectCopy copy;
  private static Shell shell;

  @BeforeAll
  static void copy() throws IOException {
    copy = Deployment.copyInto(folder);
    shell = copy.shell();
  }

  @AfterAll
  static void stopLocalAws() {
    copy.stopLocalAws();
  }

  @Test
  @Order(1)
  void deployment_goes_on_and_keeps_what_was_made() throws IOException, InterruptedException {
    String said =
        interrupted(
            "make deploy", made -> made.size() > SOME && partsOfVpcs().equals(partsOfVpcs(made)));
    Map<String, String> first = onDisk();
    Set<String> kept = new TreeSet<>(first.keySet());
    for (String state : STATES_BEFORE) {
      kept.addAll(made(Files.readString(folder.resolve(state))).keySet());
    }
    assertTrue(kept.containsAll(told(said, "Creation complete")), said);

    interrupted("make deploy", made -> made.size() > first.size() + SOME);

    Map<String, String> second = onDisk();
    first.forEach((address, id) -> assertEquals(id, second.get(address), address));
  }

  @Test
  @Order(2)
  void destruction_goes_on_until_nothing_is_left() throws IOException, InterruptedException {
    Map<String, String> before = onDisk();
    String said = interrupted("make destroy", left -> left.size() < before.size() - SOME);
    Set<String> destroyed = told(said, "Destruction complete");
    assertTrue(destroyed.size() >= SOME, said);
    assertTrue(Collections.disjoint(onDisk().keySet(), destroyed), said);

    shell.sh(LIMIT, "make destroy").expect(0);

    assertEquals(0, JSON.readTree(folder.resolve(STATE).toFile()).path("resources").size());
  }

  /** Resources of the primary Region wait for ever while that Region gives no answer. */
  @Test
  @Order(3)
  void deployment_with_its_state_in_s3_goes_on_until_nothing_changes()
      throws IOException, InterruptedException {
    copy.replace("main/accounts/local.yaml", "kind: local", "kind: s3\n  bucket: states");
    shell
        .sh(LIMIT, "scripts/synth local && rm -r cdktf.out/stacks/account-local/.terraform")
        .expect(0);
    shell =
        shell
            .with("AWS_ENDPOINT_URL", shell.sh(LIMIT, "emulator/local-aws start").out().strip())
            .with("AWS_ACCESS_KEY_ID", "local")
            .with("AWS_SECRET_ACCESS_KEY", "local")
            .with("AWS_PAGER", "");
    shell.sh(LIMIT, "aws s3 mb s3://states --region us-east-2").expect(0);
    shell.sh(LIMIT, "emulator/local-aws fault us-east-1 region-lost").expect(0);

    RunningCommand deployment = RunningCommand.onTerminal(folder, Map.of(), DEPLOY);
    deployment.waitUntil(
        "two resources of the DR Region, while those of the primary one wait",
        () ->
            told(deployment.said(), "Creation complete").size() == 2
                && told(deployment.said(), "Creating").size() == 4,
        LIMIT);
    interrupt(deployment);

    Map<String, String> first = inS3();
    assertEquals(told(deployment.said(), "Creation complete"), first.keySet());
    shell.sh(LIMIT, "emulator/local-aws repair us-east-1 region-lost").expect(0);
    String on = shell.sh(LIMIT, DEPLOY).expect(0).out();
    assertTrue(on.contains("Resources: 2 added, 0 changed, 0 destroyed"), on);
    Map<String, String> second = inS3();
    first.forEach((address, id) -> assertEquals(id, second.get(address), address));
    String again = shell.sh(LIMIT, DEPLOY).expect(0).out();
    assertTrue(again.contains("No changes."), again);
  }

  @Test
  @Order(4)
  void interrupted_plan_leaves_no_lock_in_s3() throws IOException, InterruptedException {
    Map<String, String> before = inS3();
    shell.sh(LIMIT, "emulator/local-aws fault us-east-1 region-lost").expect(0);

    RunningCommand destruction = RunningCommand.onTerminal(folder, Map.of(), DESTROY);
    destruction.waitUntil("a lock", () -> objects().contains(KEY + ".tflock"), LIMIT);
    destruction.interrupt();
    // Terraform waits for reads that have begun, and the provider repeats those for minutes.
    shell.sh(LIMIT, "emulator/local-aws repair us-east-1 region-lost").expect(0);
    assertInterrupted(destruction);

    assertEquals(before, inS3());
    shell.sh(LIMIT, DESTROY).expect(0);
    assertEquals(Map.of(), inS3());
  }

  /**
   * Runs a command that changes {@code payments-dr-local}, and presses Ctrl-C when so many of its
   * resources are made or left.
   *
   * @return what it said
   */
  private static String interrupted(String command, Predicate<Set<String>> when)
      throws IOException, InterruptedException {
    RunningCommand running = RunningCommand.onTerminal(folder, Map.of(), command);
    running.waitUntil(
        "a state on disk of another size",
        () -> Files.exists(folder.resolve(LOCK)) && onDisk(when),
        LIMIT);
    interrupt(running);
    assertFalse(Files.exists(folder.resolve(LOCK)), running.said());
    assertFalse(Files.exists(folder.resolve(".local-aws/applying")), running.said());
    return running.said();
  }

  /**
   * Subnets and route tables must be complete before the interrupt. An interrupt can cut a request
   * that AWS carries out all the same: its resource is then in no state, and AWS deletes no VPC
   * that still has a subnet or a route table.
   */
  private static Set<String> partsOfVpcs() {
    try {
      JsonNode resources =
          JSON.readTree(folder.resolve("cdktf.out/stacks/payments-dr-local/cdk.tf.json").toFile())
              .path("resource");
      Set<String> addresses = new TreeSet<>();
      for (String type : PARTS_OF_VPCS) {
        resources
            .path(type)
            .fieldNames()
            .forEachRemaining(name -> addresses.add(type + "." + name));
      }
      return addresses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> partsOfVpcs(Set<String> made) {
    return made.stream()
        .filter(address -> PARTS_OF_VPCS.contains(address.split("\\.")[0]))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void interrupt(RunningCommand running) throws IOException, InterruptedException {
    running.interrupt();
    assertInterrupted(running);
  }

  private static void assertInterrupted(RunningCommand running)
      throws IOException, InterruptedException {
    // Killed by the interrupt, or ended with the status that says so.
    assertEquals(130, running.end(LIMIT), running.said());
    assertTrue(running.said().contains(": interrupted; run it again to go on"), running.said());
  }

  /** What a run said that it did to resources, by their addresses. */
  private static Set<String> told(String said, String what) {
    return Pattern.compile("(aws_[\\w.-]+): " + what)
        .matcher(said)
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> onDisk() throws IOException {
    return made(Files.readString(folder.resolve(STATE)));
  }

  /** Not while Terraform makes or writes the file, which then is empty or cut off. */
  private static boolean onDisk(Predicate<Set<String>> when) throws IOException {
    try {
      String state = Files.readString(folder.resolve(STATE));
      return !state.isEmpty() && when.test(made(state).keySet());
    } catch (JsonProcessingException | NoSuchFileException e) {
      return false;
    }
  }

  /** The state in the bucket, beside which nothing may lie. */
  private static Map<String, String> inS3() throws IOException {
    assertEquals(KEY, objects());
    return made(
        shell.sh(LIMIT, "aws s3 cp s3://states/" + KEY + " - --region us-east-2").expect(0).out());
  }

  private static String objects() {
    return shell
        .sh(
            LIMIT,
            "aws s3api list-objects-v2 --bucket states --region us-east-2"
                + " --query 'Contents[].Key' --output text")
        .expect(0)
        .out()
        .strip();
  }

  /** Ids of the resources that a state lists as made, not merely begun, by their addresses. */
  private static Map<String, String> made(String state) throws IOException {
    Map<String, String> ids = new TreeMap<>();
    JsonNode resources = JSON.readTree(state).path("resources");
    assertTrue(resources.isArray(), state);
    for (JsonNode resource : resources) {
      for (JsonNode instance : resource.path("instances")) {
        if (!instance.path("status").asText().equals("tainted")) {
          ids.put(
              resource.path("type").asText() + "." + resource.path("name").asText(),
              instance.at("/attributes/id").asText());
        }
      }
    }
    return ids;
  }
}
