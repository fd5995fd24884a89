package payments.dr.modules.failover.controller;

/** Where the functions put metrics of their own. */
public final class FunctionMetrics {

  /** The one namespace that their roles may write into. */
  public static final String NAMESPACE = "PaymentsDr";

  private FunctionMetrics() {}
}
