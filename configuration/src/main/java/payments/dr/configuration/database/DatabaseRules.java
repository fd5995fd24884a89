package payments.dr.configuration.database;

import java.util.List;
import payments.dr.configuration.settings.Faults;

/** What the settings of every generation keep to. */
final class DatabaseRules {

  static final String IDENTIFIER = "[a-z][a-z0-9_]{0,62}";
  static final String IDENTIFIER_MEANING =
      "1 to 63 lower-case letters, digits and underscores, a letter first";

  private static final List<String> RESERVED_DATABASES =
      List.of("postgres", "rdsadmin", "template0", "template1");
  private static final List<String> RESERVED_USERS = List.of("admin", "postgres", "rdsadmin");

  private DatabaseRules() {}

  static void primary(Faults faults, ClusterSettings primary) {
    if (primary.instances() < 1) {
      faults.add("primary.instances", "be 1 to 15", primary.instances());
    }
    if (primary.epoch() > 1) {
      // The original was given a password and a database, which no later member may have.
      faults.add(
          "primary.epoch", "be 1, because only a DR cluster can be made anew", primary.epoch());
    }
  }

  static void names(Faults faults, String database, String master, String application) {
    refuseReserved(faults, "databaseName", RESERVED_DATABASES, database);
    refuseReserved(faults, "masterUsername", RESERVED_USERS, master);
    refuseReserved(faults, "applicationUsername", RESERVED_USERS, application);
    if (application.equals(master)) {
      faults.add("applicationUsername", "differ from masterUsername", application);
    }
  }

  private static void refuseReserved(
      Faults faults, String key, List<String> reserved, String given) {
    if (reserved.contains(given)) {
      faults.add(key, "be none of " + String.join(", ", reserved), given);
    }
  }
}
