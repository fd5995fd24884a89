package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

class ReviewCommandTest {

  private static final String STACK = "payments-dr-staging";
  private static final String TOPIC = "aws_sns_topic.dr_alerts_topic_1A2B3C4D";
  private static final String CLUSTER = "aws_rds_cluster.dr_database-v2_aurora_cluster_1A2B3C4D";
  private static final String SUBNET = "aws_subnet.dr_network_public_1A2B3C4D";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void plan_with_everything_in_it_is_shown_as_markdown() throws IOException {
    TestPlan plan =
        TestPlan.of(STACK)
            .with(
                CLUSTER,
                "{'actions': ['update'],"
                    + " 'before': {'global_cluster_identifier': 'g', 'master_password': 'a|b'},"
                    + " 'after': {'global_cluster_identifier': null, 'master_password': 'c'},"
                    + " 'before_sensitive': {'master_password': true}}")
            .with(
                SUBNET, "{'actions': ['delete', 'create'], 'before': {'a': 1}, 'after': {'a': 2}}")
            .with(TOPIC, "{'actions': ['update'], 'before': {'name': 'b'}, 'after': {'name': 'a'}}")
            .with("aws_mystery.thing", "{'actions': ['create'], 'before': null, 'after': {}}")
            .withMove("aws_vpc.old", "aws_vpc.dr_network_vpc_1A2B3C4D")
            .withDrift(
                TOPIC, "{'actions': ['update'], 'before': {'name': 'a'}, 'after': {'name': 'b'}}")
            .withDrift(SUBNET, "{'actions': ['update'], 'before': {'b': 1}, 'after': {'b': 2}}");

    assertEquals(3, review(plan, "--stack", emptyStack()));
    assertEquals(
        """
        # Plan of payments-dr-staging: refused

        1 to create, 2 to update, 1 to replace, 0 to delete, 0 to forget.

        ## Refused

        **`%1$s`** global_cluster_identifier is removed or changed (rule `cluster-detached`)

        Why: Terraform calls RemoveFromGlobalCluster: the Region keeps a copy that stands still, \
        and AWS lets no existing cluster join again.

        Remediation: put global_cluster_identifier back before applying; what was detached already \
        can never join again.

        | Attribute | Before | After |
        |---|---|---|
        | `global_cluster_identifier` | `"g"` | `(none)` |
        | `master_password` | `(sensitive)` | `(sensitive)` |

        ## Needs approval

        **`aws_mystery.thing`** is created (rule `unknown-changed`)

        Why: nobody has said yet what it can do.

        Remediation: compare the values before and after with what you mean to change.

        **`%2$s`** differs in name (rule `drift-found`)

        Why: the plan undoes it, and somebody had a reason for it.

        Remediation: ask who changed it; bring it into the configuration, or approve that it is undone.

        | Attribute | Before | After |
        |---|---|---|
        | `name` | `"a"` | `"b"` |

        **`%3$s`** is replaced (rule `traffic-interrupted`)

        Why: requests fail until the new one serves; addresses can change.

        Remediation: make the new one beside the old, move traffic, then remove the old.

        | Attribute | Before | After |
        |---|---|---|
        | `a` | `1` | `2` |

        ## Changes

        | Capability | Region | create | update | replace | delete | forget |
        |---|---|---:|---:|---:|---:|---:|
        | database | dr | | 1 | | | |
        | network | dr | | | 1 | | |
        | notification | dr | | 1 | | | |
        | unknown | unknown | 1 | | | | |

        ## Moved

        - `aws_vpc.dr_network_vpc_1A2B3C4D` from `aws_vpc.old`

        ## Drift

        - `%2$s` (update): name

        ## Types that no rule knows

        - `aws_mystery.thing` (create)

        <details><summary>database (dr): 1 to update</summary>

        `%1$s` (update)

        | Attribute | Before | After |
        |---|---|---|
        | `global_cluster_identifier` | `"g"` | `(none)` |
        | `master_password` | `(sensitive)` | `(sensitive)` |

        </details>

        <details><summary>network (dr): 1 to replace</summary>

        `%3$s` (replace)

        | Attribute | Before | After |
        |---|---|---|
        | `a` | `1` | `2` |

        </details>

        <details><summary>notification (dr): 1 to update</summary>

        `%2$s` (update)

        | Attribute | Before | After |
        |---|---|---|
        | `name` | `"b"` | `"a"` |

        </details>

        <details><summary>unknown (unknown): 1 to create</summary>

        `aws_mystery.thing` (create)

        </details>

        <details><summary>1 refreshed in values that the configuration does not set</summary>

        - `%3$s`: b

        </details>

        The rules, with their reasons: docs/review-rules.md
        """
            .formatted(CLUSTER, TOPIC, SUBNET),
        out.toString());
  }

  @Test
  void json_says_the_same() throws IOException {
    TestPlan plan =
        TestPlan.of(STACK)
            .with(CLUSTER, "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}");

    assertEquals(3, review(plan, "--format", "json", "--stack", emptyStack()));
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertEquals(STACK, report.path("stack").asText());
    assertEquals("refused", report.path("verdict").asText());
    assertEquals(3, report.path("exitCode").asInt());
    assertEquals("generation-destroyed", report.at("/findings/0/rule").asText());
    assertEquals(CLUSTER, report.at("/findings/0/address").asText());
    assertEquals(1, report.at("/summary/0/delete").asInt());
    assertEquals(CLUSTER, report.at("/changes/0/address").asText());
    assertEquals("a", report.at("/changes/0/attributes/0/path").asText());
  }

  /** GitHub refuses longer comments; the file has the whole. */
  @Test
  void long_review_is_cut_at_whole_sections_and_says_what_it_leaves_out() throws IOException {
    TestPlan plan = TestPlan.of(STACK);
    for (int i = 0; i < 3000; i++) {
      plan.with(
          "aws_subnet.dr_network_x" + i + "_1A2B3C4D",
          "{'actions': ['update'], 'before': {'cidr': 1}, 'after': {'cidr': 2}}");
    }
    plan.with(
        "aws_sns_topic.dr_alerts_topic_1A2B3C4D",
        "{'actions': ['update'], 'before': {'name': 'b'}, 'after': {'name': 'a'}}");
    Path whole = folder.resolve("review.json");

    assertEquals(2, review(plan, "--stack", emptyStack(), "--json", whole.toString()));
    assertTrue(out.toString().length() < 65_536, () -> "" + out.toString().length());
    assertTrue(out.toString().contains("**3000 addresses** (rule `traffic-changed`)"));
    assertTrue(out.toString().contains("and 2950 more"));
    assertTrue(out.toString().contains("<details><summary>notification (dr): 1 to update"));
    assertTrue(out.toString().contains("characters:** changes of network (dr). The whole is in"));
    assertEquals(3001, new ObjectMapper().readTree(whole.toFile()).path("changes").size());
  }

  /** Policies with long names, beside keys that go. */
  @Test
  void each_address_that_is_refused_stands_in_the_comment_however_long_the_words_are()
      throws IOException {
    TestPlan plan = TestPlan.of(STACK);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String role = "aws_iam_role.dr_x" + i + "_role_1A2B3C4D";
      String key = "aws_kms_key.dr_encryption_x" + i + "_1A2B3C4D";
      refused.add(role);
      refused.add(key);
      plan.with(key, "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}");
      plan.with(
          role,
          "{'actions': ['update'], 'before': {'assume_role_policy': '%s'}, 'after': {'assume_role_policy': '%s'}}"
              .formatted(trust("123456789012", ""), trust("999999999999", "x".repeat(900))));
    }

    assertEquals(3, review(plan, "--stack", emptyStack()));
    String comment = out.toString();
    String part =
        comment.substring(comment.indexOf("## Refused"), comment.indexOf("## Needs approval"));
    assertTrue(comment.length() < 65_536, () -> "" + comment.length());
    assertTrue(part.contains("**120 addresses** (rule `principal-widened`)"), part);
    assertEquals(List.of(), refused.stream().filter(it -> !part.contains(it)).toList());
    assertTrue(comment.contains("characters:** details of Refused"), comment);
  }

  private static String trust(String account, String path) {
    return ("{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"sts:AssumeRole\\\","
            + "\\\"Principal\\\":{\\\"AWS\\\":\\\"arn:aws:iam::%s:role/%s\\\"}}]}")
        .formatted(account, path);
  }

  /** Whoever may name a tag must not write the page. */
  @Test
  void nothing_in_a_plan_forges_a_heading_or_a_tag() throws IOException {
    TestPlan plan =
        TestPlan.of(STACK)
            .with(
                TOPIC,
                "{'actions': ['update'], 'before': {}, 'after': {'tags':"
                    + " {'\\n# Plan: clean\\n': '</details>`<b>'}}}")
            .put(
                "checks",
                List.of(
                    Map.of(
                        "status",
                        "fail",
                        "instances",
                        List.of(
                            Map.of(
                                "problems",
                                List.of(Map.of("message", "\n# Plan: clean\n<img> [a](b)")))))));

    assertEquals(2, review(plan, "--stack", emptyStack()));
    assertEquals(1, out.toString().lines().filter(line -> line.startsWith("# ")).count());
    assertTrue(out.toString().contains("# Plan: clean &lt;img> \\[a](b)"), out.toString());
    assertTrue(out.toString().contains("`\"</details>'<b>\"`"), out.toString());
  }

  @Test
  void plan_without_changes_is_clean() throws IOException {
    assertEquals(0, review(TestPlan.of(STACK), "--stack", emptyStack()));
    assertTrue(out.toString().startsWith("# Plan of payments-dr-staging: clean\n"));
  }

  @Test
  void plan_of_another_project_is_not_judged() throws IOException {
    assertEquals(1, review(TestPlan.of("theirs")));
    assertTrue(err.toString().contains("plan must name one stack of this project"), err.toString());
    assertTrue(err.toString().endsWith("got theirs\n"), err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.json | plan must be a file or -, got \"nowhere.json\"",
        "--format xml - | Invalid value for option '--format': expected one of [markdown, json]"
            + " (case-sensitive) but was 'xml'",
        "- --nonsense | Unknown option: '--nonsense'"
      })
  void wrong_usage_gets_one_line_and_the_way_to_the_help(String arguments, String message) {
    assertEquals(1, run(arguments.split(" ")));
    assertEquals("dr: " + message, err.toString().lines().findFirst().orElse(""));
  }

  private String emptyStack() throws IOException {
    Files.writeString(folder.resolve("cdk.tf.json"), "{}");
    return folder.toString();
  }

  private int review(TestPlan plan, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("plan.json"), plan.json());
    String[] arguments = new String[options.length + 1];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = file.toString();
    return run(arguments);
  }

  private int run(String... arguments) {
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    String[] all = new String[arguments.length + 1];
    all[0] = "review";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine command = SomeCommands.of(ReviewCommand.class);
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(all);
  }
}
