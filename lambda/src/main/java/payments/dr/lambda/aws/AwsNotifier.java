package payments.dr.lambda.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.port.PortException;

/** Tells all channels at once; each keeps trying while the tick goes on. */
public final class AwsNotifier implements Notifier {

  /** The act waits for this long: its look must not grow too old meanwhile. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String environment;
  private final List<Channel> channels;
  private final MoveMetrics metrics;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final JsonLog log;

  public AwsNotifier(
      String environment,
      List<Channel> channels,
      MoveMetrics metrics,
      ExecutorService threads,
      InstantSource clock,
      JsonLog log) {
    this.environment = environment;
    this.channels = channels;
    this.metrics = metrics;
    this.threads = threads;
    this.clock = clock;
    this.log = log;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a metric
  @Override
  public void tell(State from, Decision decision, Observation seen) {
    Map<String, Object> notice = Notice.of(environment, from, decision, seen, clock.instant());
    log.line("phase", notice);
    String text = JsonText.text(notice);
    CompletableFuture.runAsync(() -> metrics.put(from, decision.next()), threads);
    awaitOne(channels.stream().map(channel -> tell(channel, text)).toList());
  }

  @Override
  public void trouble(RuntimeException failure) {
    log.trouble("tick failed", failure);
  }

  private CompletableFuture<Void> tell(Channel channel, String text) {
    return CompletableFuture.runAsync(() -> channel.tell(text), threads)
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                log.trouble("notice was not taken by " + channel, failure);
              }
            });
  }

  /** One that is still trying is no failure. */
  private static void awaitOne(List<CompletableFuture<Void>> told) {
    try {
      Race.firstGood(told).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new PortException("nobody could be told", e.getCause());
    } catch (TimeoutException e) {
      // Each tells the log when it gives up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
