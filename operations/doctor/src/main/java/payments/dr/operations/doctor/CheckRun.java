package payments.dr.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Diagnosis;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks checks, several at once. One that AWS does not answer, or that fails at an answer which it
 * does not expect, is told so, and the others go on; only when nobody is signed in, or this machine
 * has no network, is there nothing to go on with.
 */
final class CheckRun implements AutoCloseable {

  /** Few enough that no service throttles. */
  private static final int AT_ONCE = 6;

  /** Characters of a message that are told: one line must stay one. */
  private static final int LONGEST = 200;

  private static final Pattern MISSING = Pattern.compile("to perform: ([\\w-]+:\\w+)");

  private final Clients clients;
  private final Consumer<Answer> told;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final List<Answer> answers = new ArrayList<>();

  /**
   * @param told is given each answer, in the order in which the checks are
   */
  CheckRun(Clients clients, Consumer<Answer> told) {
    this.clients = clients;
    this.told = told;
  }

  /**
   * Asks one check.
   *
   * @throws SdkException when nobody is signed in, or this machine has no network
   */
  Result ask(Check check) {
    return tell(answer(check)).result();
  }

  /**
   * Asks all of them.
   *
   * @throws SdkException when nobody is signed in, or this machine has no network
   */
  void ask(List<Check> checks) {
    Executor executor = threads;
    List<CompletableFuture<Answer>> asked =
        checks.stream()
            .map(check -> CompletableFuture.supplyAsync(() -> answer(check), executor))
            .toList();
    try {
      asked.forEach(answer -> tell(answer.join()));
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** All so far. */
  List<Answer> answers() {
    return List.copyOf(answers);
  }

  private Answer tell(Answer answer) {
    answers.add(answer);
    told.accept(answer);
    return answer;
  }

  private Answer answer(Check check) {
    try {
      return new Answer(check, check.ask(clients));
    } catch (SdkException e) {
      return new Answer(check, notAnswerable(check, e));
    } catch (RuntimeException e) {
      return new Answer(
          check,
          Result.notAnswerable(
              "got " + shortened(e.toString()),
              "this is a fault of the check; the other checks do not depend on it"));
    }
  }

  private static Result notAnswerable(Check check, SdkException failed) {
    AwsCallException call = AwsCallException.in(failed).orElse(null);
    if (call == null) {
      return Result.notAnswerable(
          "got " + answer(failed), "ask again; the other checks do not depend on it");
    }
    Diagnosis diagnosis = call.diagnosis();
    String found = "got " + AwsCallException.said(failed);
    return switch (diagnosis.obstacle()) {
      case NOT_SIGNED_IN, NO_NETWORK -> throw failed;
      case REFUSED ->
          Result.notAnswerable(
              found,
              diagnosis.refusesKeys()
                  ? "sign in anew, or switch that Region on in the account"
                  : permissions(check, found));
      case THROTTLED -> Result.notAnswerable(found, "ask again in a minute");
      case NO_ANSWER ->
          Result.notAnswerable(found, "ask again; if it stays, see AWS Health for that Region");
    };
  }

  /** The action that AWS names, or all that the check needs. */
  private static String permissions(Check check, String said) {
    Matcher named = MISSING.matcher(said);
    Stream<String> actions =
        named.find()
            ? Stream.of(named.group(1))
            : check.permissions().stream().map(Permission::action);
    return "have the caller allowed %s; --policy prints all that is needed"
        .formatted(String.join(" and ", actions.toList()));
  }

  /** Such as that a local AWS has no such call. */
  private static String answer(SdkException failed) {
    String said =
        failed instanceof AwsServiceException answer && answer.awsErrorDetails() != null
            ? "HTTP %d, %s: %s"
                .formatted(
                    answer.statusCode(),
                    answer.awsErrorDetails().errorCode(),
                    answer.awsErrorDetails().errorMessage())
            : String.valueOf(failed.getMessage());
    return shortened(said);
  }

  private static String shortened(String said) {
    String line = said.lines().findFirst().orElse("no message");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
