package payments.dr.operations.rehearse;

import java.time.Duration;

/**
 * One step of a rehearsal.
 *
 * @param name one word, by which the journal knows it
 * @param what it does, in one line, as the terminal shows it
 * @param atMost how long it may take on AWS
 * @param cleansUp whether it removes something: such a step also runs when the hours are over
 */
record Step(String name, String what, Duration atMost, boolean cleansUp, Action action) {

  /** What a step does; it can be done again when it was killed in between. */
  @FunctionalInterface
  interface Action {

    /**
     * @throws payments.dr.operations.console.CommandFailedException when it did not succeed; what
     *     the message says is told to the user
     */
    void run();
  }

  static Step of(String name, String what, Duration atMost, Action action) {
    return new Step(name, what, atMost, false, action);
  }

  static Step cleaningUp(String name, String what, Duration atMost, Action action) {
    return new Step(name, what, atMost, true, action);
  }
}
