package payments.dr.operations.database;

/**
 * One thing that a database must have.
 *
 * @param what as a noun phrase with a verb, such as {@code role payments_owner exists}
 * @param where a condition in SQL: whether the server has a use for it
 * @param holds a condition in SQL: whether it is so already
 * @param sql what makes it so
 */
record SetupStep(String what, String where, String holds, String sql) {

  static SetupStep of(String what, String holds, String sql) {
    return new SetupStep(what, "true", holds, sql);
  }

  /**
   * @param application name of the application's role, as the settings check it: nothing to quote
   *     but reserved words
   */
  SetupStep with(String application) {
    return new SetupStep(
        what.replace("{application}", application),
        where.replace("{application}", application),
        holds.replace("{application}", application),
        sql.replace("{application}", '"' + application + '"'));
  }
}
