package payments.dr.renewer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

class IamPasswordTest {

  private static final Database DATABASE =
      new Database("v1", "db.cluster-abc.us-east-1.rds.amazonaws.com", 5432, "paymentsdb");

  /** AWS's own code takes the time of the machine, which the password tells. */
  @Test
  void it_is_what_the_sdk_of_rds_makes() {
    AwsCredentials credentials = AwsSessionCredentials.create("AKIDEXAMPLE", "secret", "token/+=");
    StaticCredentialsProvider provider = StaticCredentialsProvider.create(credentials);
    String expected =
        RdsUtilities.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(provider)
            .build()
            .generateAuthenticationToken(
                request ->
                    request
                        .hostname(DATABASE.host())
                        .port(DATABASE.port())
                        .username("payments_renewer"));
    Clock then = Clock.fixed(Instant.parse(time(expected)), ZoneOffset.UTC);

    assertEquals(
        parts(expected),
        parts(new IamPassword(provider, "us-east-1", then).of("payments_renewer", DATABASE)));
  }

  /** In whichever order they stand: what is signed is sorted. */
  private static Set<String> parts(String password) {
    return Set.of(password.split("[?&]"));
  }

  /** {@code X-Amz-Date=20260101T000000Z}. */
  private static String time(String password) {
    return password.replaceFirst(
        ".*X-Amz-Date=(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z.*", "$1-$2-$3T$4:$5:$6Z");
  }
}
