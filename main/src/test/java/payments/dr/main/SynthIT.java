package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
  void what_the_preload_leaves_out_changes_no_byte() throws IOException {
    Map<String, String> lazy = synthesize("on", "lazy");
    Map<String, String> plain = synthesize("off", "plain");

    assertFalse(lazy.isEmpty());
    assertEquals(plain, lazy);
  }

  @Test
  void an_environment_alone_has_the_stacks_it_stands_on_in_the_same_bytes() throws IOException {
    Map<String, String> all = synthesize("on", "all");

    Map<String, String> alone = synthesize("on", "alone", "prod");

    assertEquals(
        Stream.of("account-prod", "payments-dr-prod", "state-account-prod", "state-prod")
            .map(SynthIT::file)
            .collect(Collectors.toSet()),
        alone.keySet());
    all.keySet().retainAll(alone.keySet());
    assertEquals(all, alone);
  }

  @Test
  void an_environment_alone_leaves_the_folders_of_other_stacks_as_they_are() throws IOException {
    String older = "{\"not\": \"synthesized\"}";
    Path other = outdir.resolve(file("payments-dr-dev"));
    Path kept = other.resolveSibling(".terraform/modules");
    Files.createDirectories(kept);
    Files.writeString(other, older);

    new Shell(checkout, Map.of("CDKTF_OUTDIR", outdir.toString()))
        .sh(LIMIT, "scripts/synth prod")
        .expect(0);

    assertTrue(Files.exists(outdir.resolve(file("payments-dr-prod"))));
    assertEquals(older, Files.readString(other));
    assertTrue(Files.exists(kept));
  }

  @Test
  void an_unknown_environment_is_refused_with_those_there_are() {
    for (String names : List.of("pord", "prod staging")) {
      Shell.Result result =
          new Shell(checkout, Map.of("CDKTF_OUTDIR", outdir.resolve("untouched").toString()))
              .sh(LIMIT, "main/synth " + names)
              .expect(1);

      assertEquals(
          "environment must be one of dev, local, prod, staging, got \"%s\"\n".formatted(names),
          result.err());
      assertFalse(Files.exists(outdir.resolve("untouched")));
    }
  }

  /** Each is a message to Node and back; `make bench` tells the numbers of all stacks. */
  @Test
  void cdktf_is_asked_for_little_beyond_what_is_made() throws IOException {
    Path counted = outdir.resolve("round-trips.json");
    new Shell(
            checkout,
            Map.of(
                "CDKTF_OUTDIR",
                outdir.toString(),
                "NODE_OPTIONS",
                "--require \"%s\""
                    .formatted(SynthesizedStacks.PROJECT.resolve("bench/round-trips.cjs")),
                "ROUND_TRIPS",
                counted.toString()))
        .sh(LIMIT, "main/synth prod")
        .expect(0);
    Map<String, Integer> sent =
        new ObjectMapper().readValue(counted.toFile(), new TypeReference<>() {});
    int all = sent.values().stream().mapToInt(Integer::intValue).sum();

    assertTrue(sent.get("create") > 500, sent::toString);
    assertTrue(sent.get("get") < 30, sent::toString);
    assertTrue(all < 1150, sent::toString);
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
    Path project = projectWithProd(220, LocalDate.now(ZoneOffset.UTC).toString());

    Shell.Result result = synthesizeProd(project, "untouched").expect(1);

    assertTrue(
        result
            .err()
            .startsWith(
                "main/environments/prod.yaml: failover.rtoTargetSeconds must be at least 310, got"
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
    String stack = file("payments-dr-prod");
    assertEquals(
        Files.readString(outdir.resolve("fresh").resolve(stack)),
        Files.readString(outdir.resolve("old").resolve(stack)));
  }

  @Test
  void a_suffix_adds_an_environment_made_from_dev() throws IOException {
    new Shell(checkout, Map.of("CDKTF_OUTDIR", outdir.toString(), "ENVIRONMENT_SUFFIX", "pr123"))
        .sh(LIMIT, "main/synth")
        .expect(0);

    String throwAway = Files.readString(outdir.resolve(file("payments-dr-pr123")));
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

  /** Where a stack's JSON is, seen from the folder that is synthesized into. */
  private static String file(String stack) {
    return "stacks/" + stack + "/cdk.tf.json";
  }

  private Map<String, String> synthesize(String lazy, String folder, String... environment)
      throws IOException {
    Path target = outdir.resolve(folder);
    new Shell(
            checkout, Map.of("CDKTF_OUTDIR", target.toString(), "PAYMENTS_DR_LAZY_PROVIDER", lazy))
        .sh(LIMIT, "main/synth " + String.join(" ", environment))
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
