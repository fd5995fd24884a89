package payments.dr.operations.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Ends with status 0 when credentials are looked for where the SDK's own chain looks, in its order.
 * Run where it finds none: its failure then names its places.
 */
final class SdkChain {

  private SdkChain() {}

  public static void main(String[] arguments) {
    List<String> own =
        SignIn.places().stream().map(place -> place.provider().getClass().getSimpleName()).toList();
    List<String> sdks = sdks();
    if (!own.equals(sdks)) {
      System.err.println("places must be " + sdks + ", got " + own);
      System.exit(1);
    }
  }

  private static List<String> sdks() {
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      chain.resolveCredentials();
      throw new IllegalStateException("there must be no credentials here");
    } catch (SdkClientException e) {
      String places = e.getMessage().split("credentialsProviders=\\[")[1].split("\\]\\)")[0];
      return Stream.of(places.split(", ")).map(place -> place.replaceAll("\\(.*", "")).toList();
    }
  }
}
