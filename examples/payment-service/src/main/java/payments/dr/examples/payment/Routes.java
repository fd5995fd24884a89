package payments.dr.examples.payment;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the service answers to which request.
 *
 * @param region in which this runs
 */
record Routes(String region, Follower follower, Payments payments, JsonLog log) {

  /** Fit for a path, so that a payment can be asked for by it. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  private static final String KEY_MEANING = "1 to 64 letters, digits and ._~-";
  private static final String PAYMENT = "/payments/";

  /**
   * A request.
   *
   * @param key header {@code Idempotency-Key}; null: none
   */
  record Request(String method, String path, String key, byte[] body) {}

  private record Route(String method, Function<Request, Answer> action) {}

  Answer answer(Request request) {
    Route route = route(request.path());
    if (!route.method().equals(request.method())) {
      return Answer.error(405, "method must be " + route.method()).with("Allow", route.method());
    }
    try {
      return route.action().apply(request);
    } catch (RefusedException e) {
      return Answer.error(e.status(), e.getMessage());
    }
  }

  private Route route(String path) {
    return switch (path) {
      case "/payments" -> new Route("POST", this::pay);
      case "/healthz/payments" -> new Route("GET", request -> probe());
      case "/health.html" -> new Route("GET", request -> Answer.of(200, Map.of("alive", true)));
      default -> new Route("GET", path.startsWith(PAYMENT) ? this::find : request -> unknownPath());
    };
  }

  private Answer pay(Request request) {
    String key = key(request.key());
    Payment payment = Payment.parse(request.body());
    if (follower.writesAreOff()) {
      return writesAreOff();
    }
    return ask(
        Answer.error(409, "the first request with this Idempotency-Key is still under way"),
        connection -> Answer.of(201, Map.of("id", payments.pay(connection, key, payment))));
  }

  private Answer find(Request request) {
    String key = key(request.path().substring(PAYMENT.length()));
    return ask(
        Answer.later("the payment is locked"),
        connection ->
            payments
                .find(connection, key)
                .map(made -> Answer.of(200, made))
                .orElseGet(() -> Answer.error(404, "there is no payment with this key")));
  }

  /**
   * 200 says that a customer could pay here; 204 that another Region takes payments, whose database
   * this Region's follows: fit to take over, even while it must not write. Both need this Region's
   * sessions.
   */
  private Answer probe() {
    if (follower.database() != null && !follower.sessionsAnswer()) {
      return Answer.later("the sessions of " + region + " do not answer");
    }
    return ask(
        Answer.later("another probe is still under way"),
        connection -> {
          if (payments.follows(connection)) {
            return Answer.nothing();
          }
          if (follower.writesAreOff()) {
            return writesAreOff();
          }
          payments.probe(connection);
          return Answer.of(200, Map.of("writes", true));
        });
  }

  private static Answer unknownPath() {
    return Answer.error(404, "path must be /payments, /payments/KEY or that of a health check");
  }

  private Answer writesAreOff() {
    return Answer.later("writes are off in " + region);
  }

  private Answer ask(Answer locked, DatabasePool.Work<Answer> work) {
    DatabasePool database = follower.database();
    if (database == null) {
      return Answer.later("the database of " + region + " is not known yet");
    }
    return ask(database, locked, work).with("Served-By-Generation", database.generation());
  }

  private Answer ask(DatabasePool database, Answer locked, DatabasePool.Work<Answer> work) {
    try {
      return database.transact(work);
    } catch (RefusedException e) {
      return Answer.error(e.status(), e.getMessage());
    } catch (SQLException e) {
      Failure failure = Failure.of(e);
      log.failure(failure, e);
      return switch (failure) {
        case LOCKED -> locked;
        case READ_ONLY -> Answer.later("payments are written in another Region");
        case GONE, OTHER -> Answer.later("the database did not answer as it should");
      };
    }
  }

  private static String key(String value) {
    if (value == null || !KEY.matcher(value).matches()) {
      throw new RefusedException(400, "Idempotency-Key must be " + KEY_MEANING);
    }
    return value;
  }
}
