package payments.dr.operations.rehearse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.CommandFailedException;

/**
 * Waits until the environment's public name answers the deep probe, for which the application has
 * committed a row.
 */
record ApplicationAnswers(URI probe, Duration limit, InstantSource clock, Runnable pause)
    implements Step.Action {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int OK = 200;

  static ApplicationAnswers of(Environment environment, Runnable pause) {
    return new ApplicationAnswers(
        URI.create(
            "https://pay.%s%s"
                .formatted(
                    environment.config().dns().domainName(),
                    environment.config().failover().probePath())),
        LIMIT,
        InstantSource.system(),
        pause);
  }

  @Override
  public void run() {
    var end = clock.instant().plus(limit);
    String got = ask();
    while (!got.equals("status " + OK)) {
      if (clock.instant().isAfter(end)) {
        throw new CommandFailedException(
            "%s must answer %d, got %s: the fleet's image must bring examples/payment-service as payments.service, and the database its schema.sql; see docs/deploy/application.md"
                .formatted(probe, OK, got));
      }
      pause.run();
      got = ask();
    }
  }

  private String ask() {
    try {
      return "status "
          + HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(probe).timeout(ANSWER).build(), BodyHandlers.discarding())
              .statusCode();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + probe, e);
    }
  }
}
