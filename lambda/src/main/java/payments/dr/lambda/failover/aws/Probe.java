package payments.dr.lambda.failover.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import payments.dr.lambda.failover.Vote;

/**
 * The deep probe of one Region, over the internet as customers come. The application answers 200
 * once it has committed what a payment needs, and 204 where it follows a Region that does. Tried
 * twice at once, each on a connection of its own; one success is enough.
 *
 * @param tls verifies the server
 * @param limit within which the answer must come, at least a millisecond
 */
public record Probe(URL url, SSLSocketFactory tls, ExecutorService threads, Duration limit) {

  /** Route 53's checkers want a status within two seconds of connecting, too. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final int ATTEMPTS = 2;
  private static final int COMMITTED = HttpURLConnection.HTTP_OK;

  public Probe(URL url, SSLSocketFactory tls, ExecutorService threads) {
    this(url, tls, threads, LIMIT);
  }

  /**
   * Whether the Region does its part: DOWN when it gave no answer or one that says so, UNKNOWN for
   * any that says neither.
   */
  Vote look() throws InterruptedException {
    return look(Probe::verdict);
  }

  /** Whether the Region commits payments, not only follows. */
  boolean commits() throws InterruptedException {
    return look(status -> status == COMMITTED ? Vote.UP : Vote.DOWN) == Vote.UP;
  }

  private Vote look(IntFunction<Vote> verdict) throws InterruptedException {
    List<Callable<Vote>> attempts = Collections.nCopies(ATTEMPTS, () -> attempt(verdict));
    List<Vote> votes =
        threads.invokeAll(attempts, limit.toMillis(), TimeUnit.MILLISECONDS).stream()
            .map(Probe::vote)
            .toList();
    if (votes.contains(Vote.UP)) {
      return Vote.UP;
    }
    return votes.contains(Vote.UNKNOWN) ? Vote.UNKNOWN : Vote.DOWN;
  }

  private Vote attempt(IntFunction<Vote> verdict) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls);
    }
    connection.setConnectTimeout((int) limit.toMillis());
    connection.setReadTimeout((int) limit.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    // Customers that come now find no connection open either.
    connection.setRequestProperty("Connection", "close");
    try {
      return verdict.apply(connection.getResponseCode());
    } finally {
      connection.disconnect();
    }
  }

  /** A firewall's 403 or a redirect says nothing of payments. */
  private static Vote verdict(int status) {
    if (status / 100 == 2) {
      return Vote.UP;
    }
    return status / 100 == 5 ? Vote.DOWN : Vote.UNKNOWN;
  }

  private static Vote vote(Future<Vote> attempt) {
    try {
      return attempt.get();
    } catch (CancellationException e) {
      return Vote.DOWN;
    } catch (ExecutionException e) {
      // Without an address nothing was looked at; every other failure is what customers meet, too.
      return e.getCause() instanceof IOException && !(e.getCause() instanceof UnknownHostException)
          ? Vote.DOWN
          : Vote.UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Vote.UNKNOWN;
    }
  }
}
