package payments.dr.configuration.failover;

/** How far the failover controller goes by itself. */
public enum FailoverMode {
  /** Fails over when its signals agree; asks a human only on a veto. */
  AUTO,
  /** Notices, prepares nothing, and fails over once a human has approved. */
  APPROVAL,
  /** Says what it would do. */
  OBSERVE
}
