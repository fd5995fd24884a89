package payments.dr.operations.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.modules.syntax.AllowedModuleDependencies.allow;
import static com.tngtech.archunit.library.modules.syntax.ModuleDependencyScope.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.modules.syntax.ModuleRuleDefinition.modules;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rows of {@code operations} in docs/develop/modules-and-imports.md; {@code main} holds the
 * other rows.
 */
@AnalyzeClasses(
    packages = "payments.dr",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

  /** Maven hands the tests of other modules over as jars. */
  static final class NoTestJars implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  /** The first eight are {@code operations/common}; no capability imports another one. */
  @ArchTest
  static final ArchRule operations_import_along_this_table =
      modules()
          .definedByPackages("payments.dr.operations.(*)..")
          .should()
          .respectTheirAllowedDependencies(
              allow()
                  .fromModule("aws")
                  .toModules("console", "encoding")
                  .fromModule("terraform")
                  .toModules("console", "encoding")
                  .fromModule("ledger")
                  .toModules("console", "encoding", "aws")
                  .fromModule("postgres")
                  .toModules("console", "encoding", "aws")
                  .fromModule("controller")
                  .toModules("console", "encoding", "aws", "ledger")
                  .fromModule("commandline")
                  .toModules("console", "aws")
                  .fromModule("database")
                  .toModules("console", "encoding", "ledger", "postgres")
                  .fromModule("doctor")
                  .toModules("console", "encoding", "aws")
                  .fromModule("drill")
                  .toModules("console", "encoding", "aws", "postgres", "terraform", "controller")
                  .fromModule("migration")
                  .toModules(
                      "console", "encoding", "aws", "ledger", "postgres", "terraform", "controller")
                  .fromModule("orders")
                  .toModules("console", "encoding", "aws", "controller")
                  .fromModule("reconcile")
                  .toModules("console", "encoding", "aws", "ledger", "postgres")
                  .fromModule("rehearse")
                  .toModules("console", "encoding", "aws")
                  .fromModule("reports")
                  .toModules("console", "encoding", "terraform")
                  .fromModule("restore")
                  .toModules("console", "encoding", "aws", "postgres")
                  .fromModule("review")
                  .toModules("console", "encoding", "aws", "ledger", "terraform", "controller")
                  .fromModule("state")
                  .toModules("console", "encoding", "terraform")
                  .fromModule("cli")
                  .toModules(
                      "console",
                      "commandline",
                      "database",
                      "doctor",
                      "drill",
                      "migration",
                      "orders",
                      "reconcile",
                      "rehearse",
                      "reports",
                      "restore",
                      "review",
                      "state"),
              consideringOnlyDependenciesInAnyPackage("payments.dr.operations.."));

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("payments.dr.operations.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule operations_build_on_configuration_compliance_ledger_and_controller_only =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.operations..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("payments.dr..")
                  .and(
                      resideOutsideOfPackages(
                          "payments.dr.operations..",
                          "payments.dr.configuration..",
                          "payments.dr.compliance..",
                          "payments.dr.ledger..",
                          "payments.dr.lambda..")));

  @ArchTest
  static final ArchRule nothing_builds_on_operations =
      noClasses()
          .that()
          .resideOutsideOfPackage("payments.dr.operations..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("payments.dr.operations..");

  /** Loading one class of CDKTF's would start a Node process. */
  @ArchTest
  static final ArchRule operations_synthesizes_nothing =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.operations..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hashicorp..", "software.constructs..", "software.amazon.jsii..");

  /** Asked before anything is deployed, and while nothing answers. */
  @ArchTest
  static final ArchRule reports_read_files_only =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.operations.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "payments.dr.lambda..", "payments.dr.ledger..");
}
