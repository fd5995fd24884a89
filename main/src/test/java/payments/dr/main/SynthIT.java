package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** The app as {@code cdktf.json} starts it. */
class SynthIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** The launcher may build, which must not happen under tests that run from what is built here. */
  @TempDir static Path checkout;

  @TempDir Path outdir;

  @BeforeAll
  static void copy() throws IOException {
    ProjectCopy.builtInto(checkout);
  }

  @Test
  void lazy_loading_of_the_provider_changes_no_byte() throws IOException {
    Map<String, String> lazy = synthesize("on", "lazy");
    Map<String, String> plain = synthesize("off", "plain");

    assertFalse(lazy.isEmpty());
    assertEquals(plain, lazy);
  }

  @Test
  void an_unexpected_provider_index_is_loaded_as_it_is() throws IOException {
    Path index = outdir.resolve("@cdktf/provider-aws/lib/index.js");
    Files.createDirectories(index.getParent());
    Files.writeString(index, "exports.vpc = require(\"./vpc\");\nexports.answer = 40 + 2;\n");
    Files.writeString(index.resolveSibling("vpc.js"), "exports.loaded = true;\n");

    String printed = printedByIndex("p.answer, p.vpc.loaded");

    assertEquals("42 true\n", printed);
  }

  @Test
  void a_known_provider_index_loads_nothing_before_its_use() throws IOException {
    Path index = outdir.resolve("@cdktf/provider-aws/lib/index.js");
    Files.createDirectories(index.getParent());
    Files.writeString(
        index,
        "exports.vpc = exports.lb = void 0;\n"
            + "exports.vpc = require(\"./vpc\");\nexports.lb = require(\"./lb\");\n");
    Files.writeString(index.resolveSibling("vpc.js"), "exports.loaded = true;\n");
    Files.writeString(index.resolveSibling("lb.js"), "throw new Error('must not load');\n");

    String printed = printedByIndex("Object.keys(p).join(), p.vpc.loaded");

    assertEquals("vpc,lb true\n", printed);
  }

  @Test
  void bad_configuration_ends_with_status_1_one_line_a_fault_and_no_stack_trace() {
    Shell.Result result =
        new Shell(
                checkout,
                Map.of(
                    "CDKTF_OUTDIR",
                    outdir.resolve("untouched").toString(),
                    "ENVIRONMENT_SUFFIX",
                    "Bad_Suffix"))
            .sh(LIMIT, "main/synth")
            .expect(1);

    assertTrue(result.err().contains("ENVIRONMENT_SUFFIX"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertFalse(Files.exists(outdir.resolve("untouched")));
  }

  @Test
  void an_environment_that_misses_its_recovery_target_is_refused_before_anything_is_written()
      throws IOException {
    Path project = projectWithProd(180, LocalDate.now(ZoneOffset.UTC).toString());

    Shell.Result result = synthesizeProd(project, "untouched").expect(1);

    assertTrue(
        result
            .err()
            .startsWith(
                "main/environments/prod.yaml: failover.rtoTargetSeconds must be at least 314, got"
                    + " 300: "),
        result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertFalse(Files.exists(outdir.resolve("untouched")));
  }

  @Test
  void the_age_of_a_measurement_is_told_and_changes_no_byte() throws IOException {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    Shell.Result fresh = synthesizeProd(projectWithProd(97, today), "fresh").expect(0);
    Shell.Result old = synthesizeProd(projectWithProd(97, "2020-01-02"), "old").expect(0);

    assertFalse(fresh.err().contains("warning"), fresh.err());
    assertTrue(
        old.err()
            .contains(
                "warning: main/measurements/prod.yaml: promote must be measured within 90 days, got"
                    + " 2020-01-02, "),
        old.err());
    String stack = "stacks/payments-dr-prod/cdk.tf.json";
    assertEquals(
        Files.readString(outdir.resolve("fresh").resolve(stack)),
        Files.readString(outdir.resolve("old").resolve(stack)));
  }

  @Test
  void a_suffix_adds_an_environment_made_from_dev() throws IOException {
    new Shell(checkout, Map.of("CDKTF_OUTDIR", outdir.toString(), "ENVIRONMENT_SUFFIX", "pr123"))
        .sh(LIMIT, "main/synth")
        .expect(0);

    String throwAway = Files.readString(outdir.resolve("stacks/payments-dr-pr123/cdk.tf.json"));
    assertTrue(throwAway.contains("primary-vpc-pr123"));
    assertFalse(throwAway.contains("primary-vpc-dev"));
  }

  private Path projectWithProd(int promoteSeconds, String date) throws IOException {
    Path project = Files.createTempDirectory(outdir, "project");
    for (String file : List.of("main/environments/prod.yaml", "main/accounts/prod.yaml")) {
      Files.createDirectories(project.resolve(file).getParent());
      Files.copy(SynthesizedStacks.PROJECT.resolve(file), project.resolve(file));
    }
    Files.createDirectories(project.resolve("main/measurements"));
    Files.writeString(
        project.resolve("main/measurements/prod.yaml"),
        """
        environment: prod
        account: "222222222222"
        kind: aws
        figures:
          - {figure: promote, seconds: %d, date: %s}
        """
            .formatted(promoteSeconds, date));
    return project;
  }

  private Shell.Result synthesizeProd(Path project, String folder) {
    return new Shell(
            checkout,
            Map.of(
                "CDKTF_OUTDIR",
                outdir.resolve(folder).toString(),
                "PAYMENTS_DR_ROOT",
                project.toString()))
        .sh(LIMIT, "main/synth");
  }

  /** What a Node process with the preload prints of the provider index {@code p} in this folder. */
  private String printedByIndex(String expression) {
    return new Shell(outdir, Map.of())
        .sh(
            LIMIT,
            "node --require '%s' -e 'const p = require(\"./@cdktf/provider-aws/lib\"); console.log(%s)'"
                .formatted(SynthesizedStacks.PROJECT.resolve("main/jsii-preload.cjs"), expression))
        .expect(0)
        .out();
  }

  private Map<String, String> synthesize(String lazy, String folder) throws IOException {
    Path target = outdir.resolve(folder);
    new Shell(
            checkout, Map.of("CDKTF_OUTDIR", target.toString(), "PAYMENTS_DR_LAZY_PROVIDER", lazy))
        .sh(LIMIT, "main/synth")
        .expect(0);
    Map<String, String> stacks = new TreeMap<>();
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(path -> path.endsWith("cdk.tf.json")).toList()) {
        stacks.put(target.relativize(file).toString(), Files.readString(file));
      }
    }
    return stacks;
  }
}
