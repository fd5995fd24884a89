package payments.dr.operations.postgres;

import java.nio.file.Path;

/** Where the password of one role at one address comes from; no text form has it. */
interface Password {

  /**
   * @throws payments.dr.operations.console.BadInputException saying where it was looked for
   */
  String read();

  /** A password file that libpq accepts, readable for this user only. */
  Path file();
}
