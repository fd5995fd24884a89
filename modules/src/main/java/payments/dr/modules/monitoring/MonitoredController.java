package payments.dr.modules.monitoring;

/**
 * The names under which the failover controller of one Region reports.
 *
 * @param environment the only dimension of its own metrics
 * @param namespace of its own metrics
 * @param failureQueueName where its failed starts are kept
 */
public record MonitoredController(
    String environment, String namespace, String functionName, String failureQueueName) {

  /** How many looks of an invocation ended well. */
  Metric ticks() {
    return own(Metric.sum(namespace, "Ticks"));
  }

  /** How often a database said that another Region writes. */
  Metric follows() {
    return own(Metric.sum(namespace, "Follows"));
  }

  /** How many heartbeats this Region committed: none while the other one writes. */
  Metric heartbeats() {
    return own(Metric.sum(namespace, "Heartbeats"));
  }

  /** Seconds since the newest heartbeat that this Region read; told while the other one writes. */
  Metric heartbeatAge() {
    return own(Metric.maximum(namespace, "HeartbeatAgeSeconds"));
  }

  /**
   * Milliseconds that the Region that follows was behind, at the worst look of an invocation; told
   * where the controller looks.
   */
  Metric measuredLag() {
    return own(Metric.maximum(namespace, "ReplicationLagMillis"));
  }

  /** 1 while the engine versions of the Regions differ, else 0; told where the controller looks. */
  Metric engineVersionsDiffer() {
    return own(Metric.maximum(namespace, "EngineVersionsDiffer"));
  }

  /**
   * 1 while Route 53's checkers call the primary Region down, else 0; told where the controller
   * looks. Route 53's own metrics exist in us-east-1 only.
   */
  Metric externalDown() {
    return own(Metric.maximum(namespace, "ExternalDown"));
  }

  /** Seconds since the DR Region's controller looked; told in the primary Region. */
  Metric drTickAge() {
    return own(Metric.maximum(namespace, "DrTickAgeSeconds"));
  }

  /** How many attempts to export rows of the audit trail failed. */
  Metric failedAuditExports() {
    return own(Metric.sum(namespace, "FailedAuditExports"));
  }

  Metric measuredRecoveryTime() {
    return own(Metric.maximum(namespace, "MeasuredRtoSeconds"));
  }

  Metric measuredLoss() {
    return own(Metric.maximum(namespace, "MeasuredRpoSeconds"));
  }

  Metric invocations() {
    return ofFunction(Metric.sum("AWS/Lambda", "Invocations"));
  }

  Metric errors() {
    return ofFunction(Metric.sum("AWS/Lambda", "Errors"));
  }

  Metric failures() {
    return Metric.maximum("AWS/SQS", "ApproximateNumberOfMessagesVisible")
        .of("QueueName", failureQueueName);
  }

  private Metric own(Metric metric) {
    return metric.of("Environment", environment);
  }

  private Metric ofFunction(Metric metric) {
    return metric.of("FunctionName", functionName);
  }
}
