package payments.dr.operations.migration.sessions;

/** The two generations that sessions move between. */
final class Generations {

  static final String FROM = "v1";
  static final String TO = "v2";

  private Generations() {}

  static String other(String generation) {
    return generation.equals(FROM) ? TO : FROM;
  }
}
