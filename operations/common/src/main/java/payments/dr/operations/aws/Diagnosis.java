package payments.dr.operations.aws;

import static java.util.stream.Collectors.joining;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What is in the way, by a call that failed and by what STS of all Regions says.
 *
 * <p>That nobody answers in a Region is believed only when AWS elsewhere, or STS there, has told
 * this machine who calls: then the network works, and somebody is signed in.
 *
 * @param stsAnswers empty: the call alone told
 */
public record Diagnosis(Obstacle obstacle, AwsCallException failed, List<StsAnswer> stsAnswers) {

  private static final String NO_REGION = "this says nothing about any Region";

  static Diagnosis of(AwsCallException failed) {
    if (failed.obstacle() != Obstacle.NO_ANSWER) {
      return new Diagnosis(failed.obstacle(), failed, List.of());
    }
    List<StsAnswer> all = failed.stsAnswers();
    return new Diagnosis(
        failed.region().isPresent() ? judged(all) : judgedUnsigned(all), failed, all);
  }

  private static Obstacle judged(List<StsAnswer> all) {
    return all.stream().anyMatch(StsAnswer::knowsCaller)
        ? Obstacle.NO_ANSWER
        : all.stream()
            .filter(StsAnswer::reached)
            .findFirst()
            .flatMap(StsAnswer::obstacle)
            .orElse(Obstacle.NO_NETWORK);
  }

  /** Whoever signs people in did not answer, but somebody may. */
  private static Obstacle judgedUnsigned(List<StsAnswer> all) {
    return all.stream().anyMatch(StsAnswer::reached) ? Obstacle.NOT_SIGNED_IN : Obstacle.NO_NETWORK;
  }

  /**
   * Returns one line for a person: what is in the way, how that is known, what to do.
   *
   * @param failure that the call's came to
   */
  public String text(RuntimeException failure) {
    return text(failure instanceof SdkException ? failed.getMessage() : failure.getMessage());
  }

  /** Returns the diagnosis by the call alone. */
  public String text() {
    return text(failed.getMessage());
  }

  private String text(String what) {
    String known = stsAnswers.stream().map(answer -> "; " + answer).collect(joining());
    return headline() + ": " + what + known + "; " + remediation();
  }

  /** Returns whether that Region does not know the keys, whatever they may do. */
  public boolean refusesKeys() {
    return obstacle == Obstacle.REFUSED
        && failed.getCause() instanceof AwsServiceException answer
        && Obstacle.isOfKeys(answer);
  }

  private String headline() {
    return obstacle == Obstacle.NO_ANSWER
        ? obstacle.headline() + " in " + failed.region().orElseThrow()
        : obstacle.headline();
  }

  private String remediation() {
    return switch (obstacle) {
      case NOT_SIGNED_IN ->
          "%s, then see `aws sts get-caller-identity`; %s".formatted(SignIn.advice(), NO_REGION);
      case NO_NETWORK ->
          "mend network, VPN, proxy or name servers of this machine, or go to another; "
              + NO_REGION;
      case REFUSED -> whatIsMissing() + "; " + NO_REGION;
      case THROTTLED -> "that Region lives: try again in a minute";
      case NO_ANSWER ->
          "network and sign-in of this machine work; ask from another network, too, before you call that Region lost";
    };
  }

  private String whatIsMissing() {
    if (failed.region().isEmpty() && SignIn.needsCode()) {
      return SignIn.advice();
    }
    if (failed.getCause() instanceof AwsServiceException answer && answer.isClockSkewException()) {
      return "set this machine's clock";
    }
    if (refusesKeys()) {
      return "sign in anew, or switch that Region on in the account; see `aws sts get-caller-identity`";
    }
    return "have that permission given to the caller, or sign in as another; see `aws sts get-caller-identity`";
  }
}
