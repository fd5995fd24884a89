package payments.dr.main;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.modules.syntax.AllowedModuleDependencies.allow;
import static com.tngtech.archunit.library.modules.syntax.ModuleDependencyScope.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.modules.syntax.ModuleRuleDefinition.modules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Who may import whom; docs/develop/modules-and-imports.md shows the same table. */
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

  @ArchTest
  static final ArchRule maven_modules_build_on_each_other_one_way =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy("payments.dr.main..")
          .layer("backends")
          .definedBy("payments.dr.backends..")
          .layer("modules")
          .definedBy("payments.dr.modules..")
          .layer("configuration")
          .definedBy("payments.dr.configuration..")
          .layer("compliance")
          .definedBy("payments.dr.compliance..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("backends")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("modules")
          .mayOnlyBeAccessedByLayers("main", "backends")
          .whereLayer("configuration")
          .mayOnlyBeAccessedByLayers("main", "backends", "modules")
          .whereLayer("compliance")
          .mayOnlyBeAccessedByLayers("main", "configuration");

  @ArchTest
  static final ArchRule backends_know_only_what_their_buckets_are_made_of =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.backends..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("payments.dr.modules..")
                  .and(
                      JavaClass.Predicates.resideOutsideOfPackages(
                          "payments.dr.modules.iam..",
                          "payments.dr.modules.encryption..",
                          "payments.dr.modules.storage..",
                          "payments.dr.modules.region..")));

  /**
   * Loading one class of CDKTF's would start a Node process: the operator's command reads these.
   */
  @ArchTest
  static final ArchRule configuration_synthesizes_nothing =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.configuration..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hashicorp..", "software.constructs..", "software.amazon.jsii..");

  @ArchTest
  static final ArchRule rules_know_one_class_of_cdktf_and_nothing_of_ours =
      classes()
          .that()
          .resideInAPackage("payments.dr.compliance..")
          .and()
          .doNotHaveSimpleName("SecurityPolicy")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("payments.dr.compliance..", "com.fasterxml.jackson..", "java..");

  @ArchTest
  static final ArchRule settings_import_along_this_table =
      modules()
          .definedByPackages("payments.dr.configuration.(*)..")
          .should()
          .respectTheirAllowedDependencies(
              allow()
                  .fromModule("region")
                  .toModules("settings")
                  .fromModule("naming")
                  .toModules("region")
                  .fromModule("backup")
                  .toModules("settings")
                  .fromModule("baseline")
                  .toModules("settings", "region")
                  .fromModule("compute")
                  .toModules("settings", "region")
                  .fromModule("database")
                  .toModules("settings", "region")
                  .fromModule("encryption")
                  .toModules("settings")
                  .fromModule("failover")
                  .toModules("settings", "storage")
                  .fromModule("firewall")
                  .toModules("settings")
                  .fromModule("monitoring")
                  .toModules("settings")
                  .fromModule("network")
                  .toModules("settings")
                  .fromModule("notification")
                  .toModules("settings")
                  .fromModule("measurement")
                  .toModules("settings")
                  .fromModule("environment")
                  .toModules(
                      "settings",
                      "region",
                      "naming",
                      "backup",
                      "baseline",
                      "compute",
                      "database",
                      "encryption",
                      "failover",
                      "firewall",
                      "measurement",
                      "monitoring",
                      "network",
                      "notification",
                      "security",
                      "state",
                      "storage")
                  .fromModule("recovery")
                  .toModules(
                      "settings", "compute", "database", "failover", "measurement", "environment")
                  .fromModule("security")
                  .toModules("settings")
                  .fromModule("state")
                  .toModules("settings", "region")
                  .fromModule("storage")
                  .toModules("settings"),
              consideringOnlyDependenciesInAnyPackage("payments.dr.configuration.*.."));

  @ArchTest
  static final ArchRule capabilities_import_along_this_table =
      modules()
          .definedByPackages("payments.dr.modules.(*)..")
          .should()
          .respectTheirAllowedDependencies(
              allow()
                  .fromModule("region")
                  .toModules("reference")
                  .fromModule("iam")
                  .toModules("reference", "region")
                  .fromModule("encryption")
                  .toModules("reference", "region", "iam")
                  .fromModule("storage")
                  .toModules("reference", "region", "iam")
                  .fromModule("network")
                  .toModules("reference", "region", "iam", "encryption")
                  .fromModule("notification")
                  .toModules("reference", "region", "iam", "encryption")
                  .fromModule("compute")
                  .toModules("reference", "region", "iam", "encryption", "storage", "network")
                  .fromModule("database")
                  .toModules("reference", "region", "iam", "encryption", "network")
                  .fromModule("baseline")
                  .toModules("reference", "region", "iam", "encryption", "storage")
                  .fromModule("firewall")
                  .toModules("reference", "region", "encryption")
                  .fromModule("failover")
                  .toModules("reference", "region", "iam", "encryption", "storage")
                  .fromModule("monitoring")
                  .toModules("reference", "region", "iam", "encryption", "storage")
                  .fromModule("backup")
                  .toModules("reference", "region", "iam", "encryption"),
              consideringOnlyDependenciesInAnyPackage("payments.dr.modules.."));

  @ArchTest
  static final ArchRule capabilities_form_no_cycle =
      slices().matching("payments.dr.modules.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shared_database_code_knows_no_generation =
      noClasses()
          .that()
          .resideInAPackage("payments.dr.modules.database")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("payments.dr.modules.database.*..");

  @ArchTest
  static final ArchRule generations_know_nothing_of_each_other =
      slices()
          .matching("payments.dr.modules.database.(v*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule settings_and_props_are_records =
      classes()
          .that()
          .haveSimpleNameEndingWith("Settings")
          .or()
          .haveSimpleNameEndingWith("Props")
          .and()
          .areNotNestedClasses()
          .should()
          .beRecords();
}
