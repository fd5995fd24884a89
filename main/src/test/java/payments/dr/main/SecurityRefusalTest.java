package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.Configuration;

/** Synthesis stops at what breaks a rule, unless the environment's file excuses it. */
class SecurityRefusalTest {

  private static final String LOCK = "backup:\n  vaultLock:";
  private static final String DR_VAULT = "aws_backup_vault.dr_backup_vault_53934D96";
  private static final String PRIMARY_VAULT = "aws_backup_vault.primary_backup_vault_21246E0F";

  @TempDir Path project;

  @Test
  void all_violations_of_all_stacks_are_told_at_once() throws IOException {
    unlock("prod", "");
    unlock("staging", "");

    List<String> lines = refusal();

    assertEquals(4, lines.size(), lines::toString);
    for (String environment : List.of("prod", "staging")) {
      for (String vault : List.of(DR_VAULT, PRIMARY_VAULT)) {
        String line =
            "payments-dr-%s: %s breaks security rule vault-not-locked (vault locks cannot be removed): got no aws_backup_vault_lock_configuration (allowed: aws_backup_vault_lock_configuration with changeable_for_days 3 to 30, min_retention_days 1 or more); set backup.vaultLock with changeableForDays 3 to 30; an exception goes to main/environments/%s.yaml: security.exceptions"
                .formatted(environment, vault, environment);
        assertTrue(lines.contains(line), () -> line + " is not in " + lines);
      }
    }
  }

  /** Which no default could be: who is told, and a lock that nobody can undo. */
  @Test
  void a_file_with_required_keys_only_is_told_which_settings_its_data_needs() throws IOException {
    unlock("prod", "");
    String file = "main/environments/prod.yaml";
    write(file, Files.readString(project.resolve(file)).replaceAll("notification:\n.*\n", ""));

    List<String> lines = refusal();

    assertEquals(4, lines.size(), lines::toString);
    for (String fix :
        List.of(
            "; set backup.vaultLock with changeableForDays 3 to 30;",
            "; set notification.emails;")) {
      assertEquals(2, lines.stream().filter(line -> line.contains(fix)).count(), lines::toString);
    }
  }

  /** And the exception that nothing needs is told beside the violation that nothing excuses. */
  @Test
  void an_exception_excuses_its_own_address_only() throws IOException {
    unlock(
        "prod",
        exception("vault-not-locked", DR_VAULT)
            + exception("load-balancer-deletable", "aws_lb.x_1"));

    List<String> lines = refusal();

    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("payments-dr-prod: " + PRIMARY_VAULT), lines::toString);
    assertTrue(
        lines
            .get(1)
            .startsWith(
                "main/environments/prod.yaml: security.exceptions[1].address must be of a resource"
                    + " that rule load-balancer-deletable looks at here"
                    + " (aws_lb.dr_load-balancer_4FFDF891, "),
        lines::toString);
  }

  @Test
  void what_was_synthesized_before_stays_when_a_stack_is_refused() throws IOException {
    unlock("prod", "");
    Path written =
        Files.writeString(Files.createDirectory(project.resolve("out")).resolve("older"), "fit");
    Path jar = Files.writeString(project.resolve("function.jar"), "no code");
    Synthesis synthesis =
        new Synthesis(
            Configuration.read(project, Optional.empty()),
            FunctionJar.at(jar),
            new RenewerJar(jar),
            SynthesizedStacks.TODAY);

    assertThrows(StackChecks.UnfitException.class, () -> synthesis.into(written.getParent()));

    try (Stream<Path> files = Files.list(written.getParent())) {
      assertEquals(List.of(written), files.toList());
    }
    try (Stream<Path> files = Files.list(project)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".out-")));
    }
  }

  @Test
  void production_takes_no_relief_from_its_kind() {
    Configuration configuration = Configuration.read(SynthesizedStacks.PROJECT, Optional.empty());
    configuration.environments().stream()
        .filter(environment -> List.of("prod", "staging").contains(environment.name()))
        .forEach(
            environment -> {
              assertTrue(environment.config().protectData(), environment::name);
              assertEquals(
                  List.of(), environment.config().security().exceptions(), environment::name);
            });
  }

  private List<String> refusal() {
    return assertThrows(
            StackChecks.UnfitException.class, () -> SynthesizedStacks.synthesize(project))
        .getMessage()
        .lines()
        .toList();
  }

  private static String exception(String rule, String address) {
    return "    - {rule: %s, address: %s, reason: until the auditor has agreed, expires: 2026-12-31}\n"
        .formatted(rule, address);
  }

  private void unlock(String environment, String exceptions) throws IOException {
    String file = "main/environments/" + environment + ".yaml";
    String yaml = Files.readString(SynthesizedStacks.PROJECT.resolve(file));
    assertTrue(yaml.contains(LOCK), () -> file + " lacks " + LOCK);
    write(
        file,
        yaml.substring(0, yaml.indexOf(LOCK))
            + (exceptions.isEmpty() ? "" : "security:\n  exceptions:\n" + exceptions));
    String account = environment.equals("prod") ? "prod" : "nonprod";
    String accountFile = "main/accounts/" + account + ".yaml";
    write(accountFile, Files.readString(SynthesizedStacks.PROJECT.resolve(accountFile)));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(project.resolve(file).getParent());
    Files.writeString(project.resolve(file), text);
  }
}
