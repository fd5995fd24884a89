package payments.dr.operations.aws;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks STS of all Regions who calls, when one Region does not answer. */
@FunctionalInterface
public interface StsOfRegions {

  /** Their answers, the primary Region's first; it takes up to 8 s. */
  List<StsAnswer> ask();

  /**
   * STS of each of an environment's Regions: it needs no permission, and its endpoint in a Region
   * nothing of another Region.
   *
   * @param aws by whose credentials they are asked; asked by nobody, they say no, and are reached
   */
  static StsOfRegions of(AwsAccess aws) {
    Executor eachInItsThread = task -> new Thread(task, "sts").start();
    return () ->
        aws.regions().stream()
            .map(region -> CompletableFuture.supplyAsync(() -> ask(aws, region), eachInItsThread))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
  }

  private static StsAnswer ask(AwsAccess aws, String region) {
    try {
      return new StsAnswer(region, Optional.empty(), "as " + Caller.arn(aws, region));
    } catch (SdkException e) {
      Obstacle met =
          AwsCallException.in(e).map(AwsCallException::obstacle).orElse(Obstacle.REFUSED);
      return new StsAnswer(region, Optional.of(met), AwsCallException.said(e));
    }
  }
}
