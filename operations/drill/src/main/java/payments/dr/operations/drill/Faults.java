package payments.dr.operations.drill;

/** Breaks something in an environment, and repairs it. */
interface Faults {

  /**
   * @throws payments.dr.operations.console.CommandFailedException when it cannot be broken here
   */
  void inject(InjectedFault fault);

  /** Does nothing when that is not broken. */
  void repair(InjectedFault fault);
}
