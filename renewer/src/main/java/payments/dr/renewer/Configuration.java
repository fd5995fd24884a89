package payments.dr.renewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the program is started with.
 *
 * @param environment such as {@code prod}
 * @param region in which this runs
 * @param registers of the lease: the own Region's ledger, the other's, the witness
 * @param databases name of the parameter that says where the databases are
 * @param rootCertificates file with the certificates that a database's may lead to; empty: the
 *     roots of Amazon RDS for the Region
 */
record Configuration(
    String environment,
    String region,
    List<Register> registers,
    String databases,
    Optional<String> rootCertificates) {

  private static final List<String> REGISTERS =
      List.of("OWN_REGISTER", "OTHER_REGISTER", "WITNESS_REGISTER");

  /**
   * A table that holds the lease.
   *
   * @param region that it stands in
   */
  record Register(String region, String table) {

    private static final Pattern FORM = Pattern.compile("([a-z0-9-]+)/([\\w.-]+)");

    private static Optional<Register> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      return matcher.matches()
          ? Optional.of(new Register(matcher.group(1), matcher.group(2)))
          : Optional.empty();
    }
  }

  /**
   * @param variables {@code ENVIRONMENT}, {@code AWS_REGION}, {@code DATABASES_PARAMETER}, {@code
   *     OWN_REGISTER}, {@code OTHER_REGISTER}, {@code WITNESS_REGISTER}, perhaps {@code
   *     PGSSLROOTCERT}; the AWS SDK heeds {@code AWS_ENDPOINT_URL} by itself
   * @throws IllegalArgumentException with all that is missing or no such value
   */
  static Configuration of(Map<String, String> variables) {
    List<String> wrong = new ArrayList<>();
    String environment = text(variables, "ENVIRONMENT", wrong);
    String region = text(variables, "AWS_REGION", wrong);
    String databases = text(variables, "DATABASES_PARAMETER", wrong);
    List<Register> registers = new ArrayList<>();
    for (String name : REGISTERS) {
      String value = variables.getOrDefault(name, "");
      Register.parse(value)
          .ifPresentOrElse(
              registers::add,
              () -> wrong.add("%s must be <region>/<table>, got \"%s\"".formatted(name, value)));
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "environment variables of the lease renewer: " + String.join("; ", wrong));
    }
    return new Configuration(
        environment,
        region,
        registers,
        databases,
        Optional.ofNullable(variables.get("PGSSLROOTCERT")));
  }

  private static String text(Map<String, String> variables, String name, List<String> wrong) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      wrong.add(name + " must be set, got nothing");
    }
    return value;
  }
}
