package payments.dr.modules.database;

import payments.dr.configuration.database.DatabaseGeneration;

/** PostgreSQL 14 on its own port, names without a suffix. */
class DatabaseV1Test extends DatabaseTest {

  DatabaseV1Test() {
    super(DatabaseGeneration.V1, "", "14.20", 5432);
  }
}
