package payments.dr.lambda.failover;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * What decides a failover is a function of what it is given, and can therefore be simulated. Only
 * the adapters, package {@code aws}, know the world.
 */
@AnalyzeClasses(
    packages = "payments.dr.lambda.failover",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeAdapters.class
    })
class ArchitectureTest {

  private static final Set<String> CLOCK_METHODS =
      Set.of("now", "currentTimeMillis", "nanoTime", "sleep", "random", "randomUUID");

  /** The rules are for everything but the adapters. */
  static final class DoNotIncludeAdapters implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/lambda/failover/aws/");
    }
  }

  @ArchTest
  static final ArchRule decisions_and_ports_know_nothing_but_each_other =
      classes()
          .that()
          .resideInAPackage("payments.dr.lambda.failover")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "payments.dr.lambda.failover",
                  "java.lang..",
                  "java.nio.charset..",
                  "java.security..",
                  "java.time..",
                  "java.util"));

  @ArchTest
  static final ArchRule the_loop_and_the_leases_know_only_ports_and_the_ledger =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "payments.dr.lambda.failover..", "payments.dr.ledger..", "java.."));

  @ArchTest
  static final ArchRule nothing_talks_to_aws =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "payments.dr.lambda.failover.aws..");

  @ArchTest
  static final ArchRule nothing_reads_a_clock_sleeps_or_draws =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "target is a clock, a pause or chance",
                  (JavaAccess<?> access) ->
                      CLOCK_METHODS.contains(access.getTarget().getName())
                          && access.getTargetOwner().getPackageName().startsWith("java.")))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\..*Random.*|java\\.time\\.Clock|java\\.lang\\.Thread");

  @ArchTest
  static final ArchRule nothing_is_remembered_outside_the_ledger =
      fields()
          .that()
          .areStatic()
          .and()
          .areNotFinal()
          .should()
          .notHaveModifier(JavaModifier.STATIC)
          .allowEmptyShould(true);
}
