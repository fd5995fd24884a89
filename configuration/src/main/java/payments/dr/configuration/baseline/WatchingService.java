package payments.dr.configuration.baseline;

/** What watches an account, and may exist only once in it or in a Region. */
public enum WatchingService {
  /** AWS Config: its role, recorders and delivery channels. */
  CONFIG,
  /** The detectors. */
  GUARDDUTY,
  /** The hubs with their standards, and the aggregator of findings. */
  SECURITY_HUB,
  /** The analyzers of access from outside. */
  ACCESS_ANALYZER
}
