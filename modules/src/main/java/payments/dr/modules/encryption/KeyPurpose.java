package payments.dr.modules.encryption;

import java.util.Locale;

/** What a customer-managed key protects; one key each, so that one grant opens one thing. */
public enum KeyPurpose {
  /** Aurora storage, session table, database secrets: what crosses Regions. */
  DATA,
  /** Recovery points in the backup vault. */
  BACKUP,
  /** Volumes of the fleet. */
  COMPUTE,
  /** CloudWatch log groups. */
  LOGS,
  /** Alert topics. */
  NOTIFICATIONS,
  /** Metric archive in S3 and on its way there. */
  STORAGE;

  /** Lower-case name, as construct id and in the alias. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
