package payments.dr.operations.doctor.check;

/**
 * A right that a check needs.
 *
 * @param action such as {@code ec2:DescribeRegions}
 * @param resource ARN, or {@code *} for actions that AWS gives for all resources only
 */
public record Permission(String action, String resource) {

  public static Permission of(String action) {
    return new Permission(action, "*");
  }
}
