package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * How often AWS was asked to move the writer in an incident, and what became of it. Each time is
 * noted before the call, so that a call that nobody answered is known, too.
 *
 * @param times how often AWS was asked, at most: an invocation may have died before its call
 * @param refusals how many of these calls AWS answered with a refusal
 * @param lastAt when the newest was noted; {@link Instant#EPOCH}: never
 * @param refusal the newest refusal; empty: none
 * @param withdrawn why AWS is asked no more; empty: it is
 * @param aborted whether a human said so
 */
public record Asking(
    int times, int refusals, Instant lastAt, String refusal, String withdrawn, boolean aborted) {

  public static final Asking NONE = new Asking(0, 0, Instant.EPOCH, "", "", false);

  /**
   * Within which a call that was noted takes effect for everybody to see, or never: 8 s until an
   * old look is dropped, 5 s for the call, and as much again for AWS.
   */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);

  /** Returns this with one more call; a tick that was frozen notes it with its own, older time. */
  public Asking asked(Instant now) {
    return new Asking(
        times + 1, refusals, now.isAfter(lastAt) ? now : lastAt, refusal, withdrawn, aborted);
  }

  /** Returns this after AWS refused one of the calls. */
  public Asking refused(String reason) {
    return new Asking(times, refusals + 1, lastAt, reason, withdrawn, aborted);
  }

  /** Returns this after one of the calls was dropped before it left. */
  public Asking dropped() {
    return new Asking(times - 1, refusals, lastAt, refusal, withdrawn, aborted);
  }

  /** Returns this after a decision to ask no more; the first reason stands. */
  public Asking withdraw(String why) {
    return withdrawn.isEmpty() ? new Asking(times, refusals, lastAt, refusal, why, aborted) : this;
  }

  /** Returns this after a human's decision to ask no more. */
  public Asking abort(String why) {
    return new Asking(times, refusals, lastAt, refusal, why, true);
  }

  /** Returns this for a new decision, which a call that nobody saw the end of still counts for. */
  public Asking anew() {
    return unseen() ? new Asking(1, 0, lastAt, "", "", false) : NONE;
  }

  /** Returns whether AWS did not refuse each call, however long ago. */
  public boolean unseen() {
    return times > refusals;
  }

  /** Returns whether AWS was not asked, and still may be. */
  public boolean fresh() {
    return times == 0 && withdrawn.isEmpty();
  }

  public boolean isWithdrawn() {
    return !withdrawn.isEmpty();
  }

  /** Returns whether AWS was asked, and took no call. */
  public boolean allRefused() {
    return times > 0 && refusals == times;
  }

  /** Returns whether a writer that is seen at rest now cannot be moved by a call of before. */
  public boolean over(Instant now) {
    return !unseen() || Duration.between(lastAt, now).compareTo(SEEN_WITHIN) >= 0;
  }
}
