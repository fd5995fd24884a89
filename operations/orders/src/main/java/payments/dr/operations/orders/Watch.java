package payments.dr.operations.orders;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import payments.dr.ledger.LedgerException;
import payments.dr.operations.controller.ControllerView;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Looks at a controller again and again, until it is interrupted: in place on a terminal, elsewhere
 * with a line for each change.
 */
final class Watch {

  /** Waits between two looks. */
  interface Waiting {

    /**
     * @throws InterruptedException when the watch is over
     */
    void pass(Duration time) throws InterruptedException;
  }

  /** Less than a tick of the controller, which is 5 s. */
  private static final Duration EVERY = Duration.ofSeconds(2);

  // Of ECMA-48: the cursor to the upper left corner, and erasing from it.
  private static final String HOME = "\033[H";
  private static final String ERASE_LINE = "\033[K";
  private static final String ERASE_SCREEN = "\033[J";

  private final PrintWriter out;
  private final boolean terminal;
  private final Waiting waiting;
  private String last = "";

  /**
   * @param terminal whether {@code out} is one that understands ECMA-48
   */
  Watch(PrintWriter out, boolean terminal, Waiting waiting) {
    this.out = out;
    this.terminal = terminal;
    this.waiting = waiting;
  }

  /**
   * Looks until it is interrupted.
   *
   * @param status the whole status, for a terminal
   * @throws LedgerException when the first look fails; later ones are told and repeated
   * @throws SdkException the same
   */
  void run(Supplier<ControllerView> looks, Function<ControllerView, String> status) {
    ControllerView view = looks.get();
    if (terminal) {
      out.print(HOME + ERASE_SCREEN);
    }
    try {
      while (true) {
        look(view, status);
        waiting.pass(EVERY);
        view = lookAgain(looks, view);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(ControllerView view, Function<ControllerView, String> status) {
    try {
      show(view, status);
    } catch (LedgerException | SdkException e) {
      tell(view, e);
    }
  }

  private ControllerView lookAgain(Supplier<ControllerView> looks, ControllerView before)
      throws InterruptedException {
    while (true) {
      try {
        return looks.get();
      } catch (LedgerException | SdkException e) {
        tell(before, e);
        waiting.pass(EVERY);
      }
    }
  }

  private void tell(ControllerView before, RuntimeException e) {
    String failure =
        "no answer since %s, asked again every %d s: %s"
            .formatted(before.now(), EVERY.toSeconds(), e.getMessage());
    if (terminal) {
      out.print(HOME + failure + ERASE_LINE + System.lineSeparator());
      out.flush();
    } else {
      line(before.now(), failure);
    }
  }

  private void show(ControllerView view, Function<ControllerView, String> status) {
    if (!terminal) {
      line(view.now(), headline(view));
      return;
    }
    StringBuilder picture = new StringBuilder(HOME);
    picture.append(
        "%s at %s; Ctrl-C ends%s%n"
            .formatted(
                view.environment().name(), view.now().truncatedTo(ChronoUnit.SECONDS), ERASE_LINE));
    status
        .apply(view)
        .lines()
        .forEach(line -> picture.append(line).append(ERASE_LINE).append(System.lineSeparator()));
    out.print(picture.append(ERASE_SCREEN));
    out.flush();
  }

  private void line(Instant at, String what) {
    if (!what.equals(last)) {
      out.printf("%s  %s%n", at, what);
      out.flush();
      last = what;
    }
  }

  /** What changes with the controller, and not with the time. */
  private static String headline(ControllerView view) {
    String phase = view.phase().map(Enum::name).orElse("no controller");
    String seen = view.last().map(last -> StatusText.headline(last.seen())).orElse("");
    String order =
        view.waiting().map(waiting -> "; " + waiting.kind() + " is not read yet").orElse("");
    return phase
        + (view.silent() ? ", SILENT" : "")
        + (view.control().pause().isPresent() ? ", PAUSED" : "")
        + seen
        + order;
  }
}
