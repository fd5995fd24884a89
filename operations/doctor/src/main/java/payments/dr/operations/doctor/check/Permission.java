package payments.dr.operations.doctor.check;

/**
 * A right that a check needs.
 *
 * @param action such as {@code ec2:DescribeRegions}
 * @param resource ARN, or {@code *} for actions that AWS gives for all resources only
 * @param through host name of the service that alone may use the right in the caller's name, such
 *     as {@code s3.us-east-2.amazonaws.com}; empty: the caller uses it
 */
public record Permission(String action, String resource, String through) {

  public Permission(String action, String resource) {
    this(action, resource, "");
  }

  public static Permission of(String action) {
    return new Permission(action, "*");
  }
}
