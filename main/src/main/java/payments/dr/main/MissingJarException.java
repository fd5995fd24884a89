package payments.dr.main;

import java.nio.file.Path;

/** Thrown when a jar that is deployed was not built. */
final class MissingJarException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param what the jar, for humans
   * @param module of Maven that builds it
   * @param file where it must be
   */
  MissingJarException(String what, String module, Path file) {
    super(
        what
            + " must exist, found none at "
            + file.toAbsolutePath()
            + "; build it with `mvn -q -pl "
            + module
            + " -am -DskipTests package`");
  }
}
