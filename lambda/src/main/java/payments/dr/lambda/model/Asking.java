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
 */
public record Asking(int times, int refusals, Instant lastAt, String refusal, String withdrawn) {

  public static final Asking NONE = new Asking(0, 0, Instant.EPOCH, "", "");

  /**
   * Within which a call that was noted takes effect for everybody to see, or never: 8 s until an
   * old look is dropped, 10 s for the call with its repetition, and as much again for AWS.
   */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);

  public Asking asked(Instant now) {
    return new Asking(times + 1, refusals, now, refusal, withdrawn);
  }

  public Asking refused(String reason) {
    return new Asking(times, refusals + 1, lastAt, reason, withdrawn);
  }

  /** Returns this after a decision to ask no more; the first reason stands. */
  public Asking withdraw(String why) {
    return withdrawn.isEmpty() ? new Asking(times, refusals, lastAt, refusal, why) : this;
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
    return refusals == times || Duration.between(lastAt, now).compareTo(SEEN_WITHIN) >= 0;
  }
}
