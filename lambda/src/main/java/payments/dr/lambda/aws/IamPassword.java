package payments.dr.lambda.aws;

import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * Makes passwords of the function's own credentials, without asking anybody; each is good for 15
 * minutes.
 */
public record IamPassword(AwsCredentialsProvider credentials, String region, String user)
    implements Function<DatabaseAddress, String> {

  @Override
  public String apply(DatabaseAddress address) {
    return RdsUtilities.builder()
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .build()
        .generateAuthenticationToken(
            request -> request.hostname(address.host()).port(address.port()).username(user));
  }
}
