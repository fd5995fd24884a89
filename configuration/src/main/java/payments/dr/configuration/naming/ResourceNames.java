package payments.dr.configuration.naming;

import payments.dr.configuration.region.RegionRole;

/**
 * Makes every AWS name: {@code {role}-{resource}-{environment}} in one Region, {@code
 * {resource}-{environment}} where there is one for both.
 *
 * @param environment 1 to 20 characters: load balancers and target groups stop at 32, of which
 *     {@code primary-alb-} takes 12
 * @param bucketPrefix in front of S3 names, which are global across all AWS accounts; empty for a
 *     local AWS
 */
public record ResourceNames(String environment, String bucketPrefix) {

  /** Lower-case letters, digits and single hyphens, as the strictest service (RDS) wants them. */
  public static final String ENVIRONMENT_PATTERN = "(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*";

  public static final String ENVIRONMENT_MEANING =
      "1 to 20 lower-case letters, digits and single hyphens, a letter first";

  public ResourceNames {
    if (!environment.matches(ENVIRONMENT_PATTERN)) {
      throw new IllegalArgumentException(
          "environment must be " + ENVIRONMENT_MEANING + ", got \"" + environment + "\"");
    }
  }

  /** {@code primary-vpc-dev}. */
  public String regional(RegionRole role, String resource) {
    return role.id() + "-" + resource + "-" + environment;
  }

  /** {@code backup-plan-dev}. */
  public String global(String resource) {
    return resource + "-" + environment;
  }

  /** {@code acme-primary-metrics-dev}. */
  public String bucket(RegionRole role, String resource) {
    return prefixed(regional(role, resource));
  }

  /** {@code acme-state-dev}. */
  public String bucket(String resource) {
    return prefixed(global(resource));
  }

  /** {@code /payments/dev/primary/database/active}: path of an SSM parameter or log group. */
  public String path(String resource) {
    return "/payments/" + environment + "/" + resource;
  }

  private String prefixed(String bucket) {
    return bucketPrefix.isEmpty() ? bucket : bucketPrefix + "-" + bucket;
  }
}
