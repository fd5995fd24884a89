package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows a person how far the copy is: a bar on a terminal, a line now and then elsewhere. */
final class CopyProgress implements Predicate<Copier.Progress>, AutoCloseable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int QUIET_ROUNDS = 5;

  private final boolean once;
  private final ProgressBar bar =
      System.console() == null
          ? null
          : new ProgressBarBuilder()
              .setTaskName("sessions")
              .setUnit(" items", 1)
              .setInitialMax(-1)
              .showSpeed()
              .build();
  private Instant next = Instant.EPOCH;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean interrupted;
  private int quiet;
  private boolean following;

  /**
   * @param once whether to end when nothing is left to copy
   */
  CopyProgress(boolean once) {
    this.once = once;
  }

  /** Lets an interrupt end it in order: it keeps how far it came and gives its lease back. */
  void endInOrder() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  interrupted = true;
                  try {
                    ended.await(SessionTableClients.CALL.toSeconds(), TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  @Override
  public boolean test(Copier.Progress progress) {
    boolean begins = progress.following() && !following;
    following = progress.following();
    String text =
        "%d items copied, %s, %d s behind"
            .formatted(
                progress.items(),
                following ? "following" : "copying",
                progress.round().lag().toSeconds());
    if (bar != null) {
      bar.stepTo(progress.items());
      bar.setExtraMessage(following ? "following, lag " + progress.round().lag() : "");
    } else if (begins || !Instant.now().isBefore(next)) {
      next = Instant.now().plus(BETWEEN_LINES);
      System.out.println(text);
    }
    quiet = following && progress.round().empty() ? quiet + 1 : 0;
    return !interrupted && (!once || quiet < QUIET_ROUNDS);
  }

  @Override
  public void close() {
    ended.countDown();
    if (bar != null) {
      bar.close();
    }
  }
}
