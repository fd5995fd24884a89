package payments.dr.lambda;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.modules.syntax.AllowedModuleDependencies.allow;
import static com.tngtech.archunit.library.modules.syntax.ModuleDependencyScope.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.modules.syntax.ModuleRuleDefinition.modules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * What decides a failover is a function of what it is given, and can therefore be simulated. Only
 * the adapters, package {@code aws}, know the world.
 */
@AnalyzeClasses(
    packages = "payments.dr.lambda",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final Set<String> CLOCK_METHODS =
      Set.of("now", "currentTimeMillis", "nanoTime", "sleep", "random", "randomUUID");

  /** Everything but the adapters, and the function that puts it together. */
  private static final DescribedPredicate<JavaClass> CORE =
      resideInAnyPackage(
              "payments.dr.lambda.model",
              "payments.dr.lambda.port",
              "payments.dr.lambda.rules",
              "payments.dr.lambda.loop",
              "payments.dr.lambda.lease",
              "payments.dr.lambda.orders")
          .as("the core");

  @ArchTest
  static final ArchRule packages_import_along_this_table =
      modules()
          .definedByPackages("payments.dr.lambda.(*)..")
          .should()
          .respectTheirAllowedDependencies(
              allow()
                  .fromModule("port")
                  .toModules("model")
                  .fromModule("rules")
                  .toModules("model", "port")
                  .fromModule("orders")
                  .toModules("model", "port")
                  .fromModule("lease")
                  .toModules("model", "port")
                  .fromModule("loop")
                  .toModules("model", "port", "rules", "orders")
                  .fromModule("aws")
                  .toModules("model", "port")
                  .fromModule("handler")
                  .toModules("model", "port", "rules", "orders", "lease", "loop", "aws"),
              consideringOnlyDependenciesInAnyPackage("payments.dr.lambda.."));

  @ArchTest
  static final ArchRule decisions_know_nothing_but_the_model =
      classes()
          .that()
          .resideInAnyPackage(
              "payments.dr.lambda.model", "payments.dr.lambda.port", "payments.dr.lambda.rules")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "payments.dr.lambda.model",
                  "payments.dr.lambda.port",
                  "payments.dr.lambda.rules",
                  "java.lang..",
                  "java.nio.charset..",
                  "java.security..",
                  "java.time..",
                  "java.util",
                  "java.util.function"));

  @ArchTest
  static final ArchRule the_core_knows_ports_and_the_ledger_only =
      classes()
          .that(CORE)
          .should()
          .onlyDependOnClassesThat(
              CORE.or(resideInAnyPackage("payments.dr.ledger..", "java..")).as("core or ledger"));

  @ArchTest
  static final ArchRule the_core_reads_no_clock_and_neither_sleeps_nor_draws =
      noClasses()
          .that(CORE)
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
          .areDeclaredInClassesThat(CORE)
          .and()
          .areStatic()
          .and()
          .areNotFinal()
          .should()
          .notHaveModifier(JavaModifier.STATIC)
          .allowEmptyShould(true);
}
