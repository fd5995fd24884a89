package payments.dr.lambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Security;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import payments.dr.lambda.aws.AwsClients;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.SystemClock;

/** What AWS Lambda calls. An event only wakes the controller; nothing in it is read. */
public final class FailoverHandler implements RequestStreamHandler {

  static {
    // A database's or load balancer's address may have moved since the last tick.
    Security.setProperty("networkaddress.cache.ttl", "5");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
  }

  private final RegionController function;

  /**
   * Makes the handler from the function's environment variables.
   *
   * @throws IllegalArgumentException with everything that is wrong with the environment variables
   */
  public FailoverHandler() {
    SystemClock clock = new SystemClock();
    this.function =
        new RegionController(
            new Wiring(
                FunctionConfiguration.of(System.getenv()),
                AwsClients.ofTheFunction(),
                threads(),
                new JsonLog(System.out, clock)),
            clock);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    function.run();
  }

  /** As many as are needed: one that hangs in a name's resolution must not hold up the others. */
  private static ExecutorService threads() {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "look");
          thread.setDaemon(true);
          return thread;
        });
  }
}
