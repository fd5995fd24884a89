package payments.dr.modules.failover;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.route53_health_check.Route53HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.PrivateBucket;

/**
 * A switch that moves traffic with one S3 write and no control plane: while the object {@value
 * #KEY} or {@value #HOLD_KEY} exists in the bucket of either Region, the health check {@link
 * #healthCheckId()} is unhealthy and DNS answers with the DR Region. The first turns the route
 * within seconds in both directions, the second keeps it for minutes when nobody sees the first.
 *
 * <p>The objects are never Terraform's: whoever moves traffic puts and deletes them, and an apply
 * must not move traffic.
 */
public final class TrafficLatch {

  /** The object whose presence sends traffic to the DR Region. */
  public static final String KEY = "latch/dr-active";

  /** The object that keeps traffic there; taken away some time before traffic is to leave. */
  public static final String HOLD_KEY = "latch/dr-held";

  private final TrafficLatchProps props;
  private final RegionPair<PrivateBucket> buckets;
  private final String healthCheckId;
  private final List<String> healthCheckIds;

  /** Makes one construct named {@code id} in each Region; the health checks live in the DR one. */
  public TrafficLatch(String id, TrafficLatchProps props) {
    this.props = props;
    RegionPair<Component> scopes = props.regions().map(region -> new Component(region, id));
    buckets =
        new RegionPair<>(
            bucket(scopes.primary(), props.regions().primary()),
            bucket(scopes.dr(), props.regions().dr()));
    Component scope = scopes.dr();
    List<String> seen = new ArrayList<>();
    for (RegionRole role : RegionRole.values()) {
      // The threshold counts both ways: the fast check turns the route within seconds, the slow one
      // holds it through an outage of S3 or of the checkers' view of it. On two objects, because a
      // planned way back takes the hold away before the writer moves.
      seen.add(objectCheck(scope, role, "fast", KEY, ControllerPace.LATCH_SET_THRESHOLD));
      seen.add(objectCheck(scope, role, "slow", HOLD_KEY, ControllerPace.LATCH_HOLD_THRESHOLD));
    }
    Route53HealthCheck.Builder.create(scope, "dr-active")
        .provider(props.regions().dr().provider())
        .type("CALCULATED")
        .childHealthThreshold(1)
        .childHealthchecks(seen)
        .invertHealthcheck(true)
        .tags(Map.of("Name", props.names().global("dr-active")))
        .lifecycle(lifecycle())
        .build();
    healthCheckId = Reference.to(scope, Route53HealthCheck.TF_RESOURCE_TYPE, "dr-active").id();
    seen.add(healthCheckId);
    healthCheckIds = List.copyOf(seen);
  }

  /** Healthy while nothing is latched, unhealthy while the DR Region must serve. */
  public String healthCheckId() {
    return healthCheckId;
  }

  /** Of {@link #healthCheckId()} and of those that look at the objects. */
  public List<String> healthCheckIds() {
    return healthCheckIds;
  }

  /**
   * The buckets that {@link #KEY} and {@link #HOLD_KEY} are put into to move traffic: both, of
   * which one is enough.
   */
  public RegionPair<String> bucketNames() {
    return buckets.map(PrivateBucket::name);
  }

  /** The texts, not references: who moves traffic needs neither Region to know where. */
  public RegionPair<String> bucketLiteralNames() {
    return buckets.map(PrivateBucket::literalName);
  }

  public RegionPair<String> bucketArns() {
    return buckets.map(PrivateBucket::arn);
  }

  private PrivateBucket bucket(Component scope, Region region) {
    String name = props.names().bucket(region.role(), "latch");
    // Checkers sign nothing, so they are known by address alone; that also keeps the policy from
    // counting as public, which the bucket's public access block would refuse.
    Statement read =
        Statement.allow("ReadByHealthCheckers")
            .toAws("*")
            .actions("s3:GetObject")
            .on("arn:aws:s3:::" + name + "/latch/*")
            .when("IpAddress", "aws:SourceIp", HealthCheckers.IPV4_RANGES.toArray(String[]::new));
    // S3's own keys: anonymous reads cannot use KMS.
    return new PrivateBucket(
        scope,
        "objects",
        region,
        new BucketProps(
            name,
            null,
            null,
            props.accessLogs().get(region.role()),
            List.of(read),
            !props.protectData()));
  }

  private String objectCheck(
      Component scope, RegionRole role, String speed, String key, int threshold) {
    Region region = props.regions().get(role);
    Route53HealthCheck.Builder.create(scope, role.id() + "-" + speed)
        .provider(props.regions().dr().provider())
        .type("HTTPS")
        .fqdn(buckets.get(role).name() + ".s3." + region.name() + ".amazonaws.com")
        .port(443)
        .resourcePath("/" + key)
        .enableSni(true)
        .requestInterval(ControllerPace.LATCH_INTERVAL_SECONDS)
        .failureThreshold(threshold)
        .regions(HealthCheckers.REGIONS)
        .tags(Map.of("Name", props.names().regional(role, "latch-" + speed)))
        .lifecycle(lifecycle())
        .build();
    return Reference.to(scope, Route53HealthCheck.TF_RESOURCE_TYPE, role.id() + "-" + speed).id();
  }

  /**
   * Until Route 53 has data it takes a new check as healthy, which here means that an object was
   * seen: a replaced check sends customers to the DR Region for about two minutes.
   */
  private TerraformResourceLifecycle lifecycle() {
    return TerraformResourceLifecycle.builder().preventDestroy(props.protectData()).build();
  }
}
