package payments.dr.operations;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The row of {@code operations} in CONTRIBUTING.md; {@code main} holds the other rows. */
@AnalyzeClasses(packages = "payments.dr", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule operations_reads_configuration_and_settings_only =
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
  static final ArchRule budget_reads_files_only =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.operations.budget..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "payments.dr.lambda..", "payments.dr.ledger..");
}
