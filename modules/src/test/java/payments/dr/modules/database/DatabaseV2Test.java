package payments.dr.modules.database;

import payments.dr.configuration.database.DatabaseGeneration;

/** The current line of PostgreSQL, names with a suffix. */
class DatabaseV2Test extends DatabaseTest {

  DatabaseV2Test() {
    super(DatabaseGeneration.V2, "-v2", "17.7", 6432);
  }
}
