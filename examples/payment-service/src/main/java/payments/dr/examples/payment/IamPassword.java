package payments.dr.examples.payment;

import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * Makes passwords of the instance's own credentials, without asking anybody; each is good for 15
 * minutes, and for signing in only.
 */
record IamPassword(AwsCredentialsProvider credentials, String region)
    implements Function<DatabaseLocation, String> {

  static IamPassword ofTheInstance(String region) {
    return new IamPassword(DefaultCredentialsProvider.builder().build(), region);
  }

  @Override
  public String apply(DatabaseLocation pointer) {
    return RdsUtilities.builder()
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .build()
        .generateAuthenticationToken(
            request ->
                request.hostname(pointer.writer()).port(pointer.port()).username(pointer.user()));
  }
}
