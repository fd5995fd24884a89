package payments.dr.lambda.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

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

  public Probe(URL url, SSLSocketFactory tls, ExecutorService threads) {
    this(url, tls, threads, LIMIT);
  }

  /** The better answer of two attempts. */
  ProbeAnswer look() throws InterruptedException {
    List<Callable<ProbeAnswer>> attempts = Collections.nCopies(ATTEMPTS, this::attempt);
    List<ProbeAnswer> answers = new ArrayList<>();
    for (Future<ProbeAnswer> attempt :
        threads.invokeAll(attempts, limit.toMillis(), TimeUnit.MILLISECONDS)) {
      answers.add(answer(attempt));
    }
    return Collections.min(answers);
  }

  private ProbeAnswer attempt() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls);
    }
    connection.setConnectTimeout((int) limit.toMillis());
    connection.setReadTimeout((int) limit.toMillis());
    connection.setInstanceFollowRedirects(false);
    // Customers that come now find no connection open either.
    connection.setRequestProperty("Connection", "close");
    try {
      return ProbeAnswer.of(connection.getResponseCode());
    } finally {
      connection.disconnect();
    }
  }

  private static ProbeAnswer answer(Future<ProbeAnswer> attempt) throws InterruptedException {
    try {
      return attempt.get();
    } catch (CancellationException e) {
      return ProbeAnswer.FAILED;
    } catch (ExecutionException e) {
      // Without an address nothing was looked at; every other failure is what customers meet, too.
      return e.getCause() instanceof IOException && !(e.getCause() instanceof UnknownHostException)
          ? ProbeAnswer.FAILED
          : ProbeAnswer.UNCLEAR;
    }
  }
}
