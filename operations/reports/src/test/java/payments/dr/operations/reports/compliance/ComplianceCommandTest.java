package payments.dr.operations.reports.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.compliance.Status;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** On prod's files, and what synthesis makes of them. */
class ComplianceCommandTest {

  private static final String ROOT = "payments.dr.root";
  private static final String GOLDEN = "main/src/test/resources/golden/%s.json";
  private static final String SYNTHESIZED = "cdktf.out/stacks/%s/cdk.tf.json";
  private static final String PROD = "main/environments/prod.yaml";
  private static final List<String> STACKS =
      List.of("account-prod", "payments-dr-prod", "state-account-prod", "state-prod");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path root;
  private String rootBefore;

  @BeforeEach
  void copyProd() throws IOException {
    rootBefore = System.setProperty(ROOT, root.toString());
    copy(PROD, PROD);
    copy("main/accounts/prod.yaml", "main/accounts/prod.yaml");
    for (String stack : STACKS) {
      copy(GOLDEN.formatted(stack), SYNTHESIZED.formatted(stack));
    }
  }

  @AfterEach
  void restoreRoot() {
    if (rootBefore == null) {
      System.clearProperty(ROOT);
    } else {
      System.setProperty(ROOT, rootBefore);
    }
  }

  @Test
  void controls_of_prod_are_told_with_their_rules_and_counted() {
    assertEquals(0, run("prod"));
    String text = out.toString();
    assertTrue(
        text.startsWith(
            "Controls of prod, as account-prod, payments-dr-prod, state-account-prod, state-prod are"
                + " configured\n\nPCI DSS v4.0; "),
        text);
    assertTrue(
        text.contains(
            "\n  1.4.2           covered  bucket-public internet-reaches-more-than-load-balancers(k) ingress-not-from-security-group(k) database-reached-on-other-port(k) peering-joins-whole-networks database-public\n"),
        text);
    assertTrue(text.matches("(?s).*\n\\d+ rules; controls: \\d+ covered, \\d+ partly .*"), text);
    assertEquals("", err.toString());
  }

  @Test
  void counts_of_the_json_add_up() throws IOException {
    assertEquals(0, run("prod", "--format", "json"));
    JsonNode report = new ObjectMapper().readTree(out.toString());
    int counted = 0;
    for (Status status : Status.values()) {
      counted += report.at("/counts/" + status.word()).asInt();
    }

    assertTrue(report.path("kept").asBoolean());
    assertEquals(report.path("controls").size(), counted);
    assertTrue(report.at("/counts/covered").asInt() > 0, report::toPrettyString);
    assertTrue(report.at("/counts/outOfReach").asInt() > 0, report::toPrettyString);
    assertEquals(0, report.at("/counts/broken").asInt());
  }

  @Test
  void a_broken_rule_is_told_with_where_and_what() throws IOException {
    replace(
        SYNTHESIZED.formatted("payments-dr-prod"),
        "\"drop_invalid_header_fields\": true",
        "\"drop_invalid_header_fields\": false");

    assertEquals(3, run("prod"));
    String text = out.toString();
    assertTrue(text.contains("\n  ELB.4           broken   invalid-headers-kept\n"), text);
    assertTrue(text.contains("\nbroken aws_lb.dr_load-balancer_"), text);
    assertTrue(text.contains("got drop_invalid_header_fields is false"), text);
  }

  @Test
  void an_expired_exception_is_told() throws IOException {
    Files.writeString(
        root.resolve(PROD),
        Files.readString(root.resolve(PROD))
            + "security: {exceptions: [{rule: invalid-headers-kept, address: aws_lb.x_1, reason: until the client is"
            + " mended, expires: 2020-01-01}]}\n");

    assertEquals(3, run("prod"));
    assertTrue(
        out.toString().contains("\nbroken " + PROD + ": security.exceptions[0].expires must be "),
        out::toString);
  }

  @Test
  void a_stack_that_is_not_synthesized_is_asked_for() throws IOException {
    Files.delete(root.resolve(SYNTHESIZED.formatted("state-prod")));

    assertEquals(1, run("prod"));
    assertTrue(err.toString().contains("state-prod\"; run `make synth`"), err::toString);
  }

  private int run(String... arguments) {
    CommandLine command =
        SomeCommands.of(ComplianceCommand.class)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "compliance";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return command.execute(all);
  }

  private void copy(String from, String to) throws IOException {
    Files.createDirectories(root.resolve(to).getParent());
    Files.copy(ProjectCopy.PROJECT.resolve(from), root.resolve(to));
  }

  private void replace(String file, String part, String by) throws IOException {
    String text = Files.readString(root.resolve(file));
    assertTrue(text.contains(part), () -> file + " lacks " + part);
    Files.writeString(root.resolve(file), text.replaceFirst(part, by));
  }
}
