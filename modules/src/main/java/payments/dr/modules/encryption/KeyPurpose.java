package payments.dr.modules.encryption;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a customer-managed key protects; one key each, so that one grant opens one thing. */
public enum KeyPurpose {
  /** What crosses Regions: Aurora storage, session table, database secrets; and the ledger. */
  DATA,
  /** Recovery points in the backup vault. */
  BACKUP,
  /** Volumes of the fleet, and the environment of the failover function. */
  COMPUTE,
  /** CloudWatch log groups. */
  LOGS,
  /** Alert topics, and the queue of failed invocations. */
  NOTIFICATIONS,
  /** Metric archive in S3 and on its way there, exported rows of the audit trail, programs. */
  STORAGE,
  /** Terraform state, which outlives the environment it describes. */
  STATE,
  /** What AWS services record about the account. */
  AUDIT;

  /** What an environment itself encrypts. */
  public static final Set<KeyPurpose> OF_ENVIRONMENT =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(STATE, AUDIT)));

  /** Lower-case name, as construct id and in the alias. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
