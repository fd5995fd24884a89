package payments.dr.ledger.lease;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * How far this machine's clock may be off, at most, by what AWS stamps its answers with. A stamp is
 * of a whole second, and of some moment between call and answer: what these leave open counts as an
 * error, so that half a second and half of the call is the least it tells. Zero before the first
 * answer.
 */
public final class ClockError implements ExecutionInterceptor, Supplier<Duration> {

  private static final ExecutionAttribute<Instant> SENT = new ExecutionAttribute<>("lease.sent");
  private static final Duration STAMP = Duration.ofSeconds(1);

  private final InstantSource clock;
  private volatile Duration newest = Duration.ZERO;

  /**
   * Makes the measurement, to be added to the clients of the registers.
   *
   * @param clock the one that leases are counted by
   */
  public ClockError(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Duration get() {
    return newest;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    attributes.putAttribute(SENT, clock.instant());
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    Instant received = clock.instant();
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .ifPresent(date -> stamped(date, attributes.getAttribute(SENT), received));
  }

  private void stamped(String date, Instant sent, Instant received) {
    try {
      newest =
          between(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME), sent, received);
    } catch (DateTimeException e) {
      // What cannot be read says nothing, and takes nothing back that was known.
      return;
    }
  }

  /** The largest error with which such a stamp could come of such a call. */
  private static Duration between(ZonedDateTime date, Instant sent, Instant received) {
    Duration ahead = Duration.between(date.toInstant(), received);
    Duration behind = Duration.between(sent, date.toInstant().plus(STAMP));
    return ahead.compareTo(behind) > 0 ? ahead : behind;
  }
}
