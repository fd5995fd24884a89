package payments.dr.operations.aws;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * That one of the {@link Obstacle}s was in a call's way. It is thrown when nobody can sign in. When
 * AWS was called, it goes with the SDK's exception, suppressed, as that of {@link AwsAccess}'s
 * clients: the SDK lets nobody throw another class in place of its own.
 */
public final class AwsCallException extends SdkException {

  private static final long serialVersionUID = 1;

  private final Obstacle obstacle;
  private final String region;
  private final transient StsOfRegions stsOfRegions;
  private transient List<StsAnswer> stsAnswers;

  /**
   * Makes the exception of one call.
   *
   * @param obstacle by this call alone
   * @param region that was asked, such as {@code us-east-2}; empty: it came to no call, since
   *     nobody could sign in
   * @param said what came of the call, to go after "got"
   * @param stsOfRegions asked when more must be known
   */
  public AwsCallException(
      Obstacle obstacle,
      Optional<String> region,
      String said,
      Throwable cause,
      StsOfRegions stsOfRegions) {
    super(SdkException.builder().message(said).cause(cause));
    this.obstacle = obstacle;
    this.region = region.orElse(null);
    this.stsOfRegions = stsOfRegions;
  }

  /** Returns the call that a failure came from; empty for another kind of failure. */
  public static Optional<AwsCallException> in(Throwable failed) {
    return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
        .filter(AwsCallException.class::isInstance)
        .map(AwsCallException.class::cast)
        .findFirst();
  }

  /** Returns whether a failure came from an obstacle that waiting may overcome. */
  public static boolean mayPass(Throwable failed) {
    return in(failed).filter(call -> call.obstacle.mayPass()).isPresent();
  }

  /** Returns what came of a call, by this exception if there is one in it. */
  public static String said(SdkException failed) {
    return in(failed).map(Throwable::getMessage).orElse(failed.getMessage());
  }

  /**
   * Returns the obstacle by this call alone: of it, {@code NO_NETWORK} cannot be told from {@code
   * NO_ANSWER}.
   */
  public Obstacle obstacle() {
    return obstacle;
  }

  Optional<String> region() {
    return Optional.ofNullable(region);
  }

  /** Returns what STS of the Regions answers; asked once. */
  public synchronized List<StsAnswer> stsAnswers() {
    if (stsAnswers == null) {
      stsAnswers = List.copyOf(stsOfRegions.ask());
    }
    return stsAnswers;
  }

  /**
   * Returns what is in the way; asks STS of the Regions only where the call alone does not tell.
   */
  public Diagnosis diagnosis() {
    return Diagnosis.of(this);
  }
}
