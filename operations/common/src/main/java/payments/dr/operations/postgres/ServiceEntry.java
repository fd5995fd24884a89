package payments.dr.operations.postgres;

import java.util.Map;
import java.util.Optional;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.operations.console.BadInputException;

/**
 * An entry of libpq's service file.
 *
 * @param passwordFile its {@code passfile}
 */
record ServiceEntry(Address address, Optional<String> passwordFile) {

  /**
   * What the entry of that name says; what it leaves out comes from the settings, and the roots of
   * a cluster of Aurora's are those of its Region.
   *
   * @throws BadInputException when it has no host, holds a password, or its port is none
   */
  static ServiceEntry of(String service, Map<String, String> values, GenerationSettings settings) {
    if (values.containsKey("password")) {
      throw new BadInputException(
          "service " + service + " must have its password in a password file, got \"password\"");
    }
    if (!values.containsKey("host")) {
      throw new BadInputException(
          "service " + service + " must have a host, the name in the server's certificate");
    }
    return new ServiceEntry(
        new Address(
            values.get("host"),
            Optional.ofNullable(values.get("hostaddr")),
            Optional.ofNullable(values.get("port"))
                .map(port -> port(service, port))
                .orElse(settings.port()),
            values.getOrDefault("dbname", settings.databaseName()),
            values.getOrDefault("user", settings.masterUsername()),
            values.getOrDefault("sslmode", Address.VERIFIED),
            Optional.ofNullable(values.get("sslrootcert"))
                .or(() -> RootFile.ofHost(values.get("host")))),
        Optional.ofNullable(values.get("passfile")));
  }

  private static int port(String service, String given) {
    if (!given.matches("[1-9]\\d{0,4}")) {
      throw new BadInputException(
          "port of service " + service + " must be 1 to 65535, got \"" + given + "\"");
    }
    return Integer.parseInt(given);
  }
}
