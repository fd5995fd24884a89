package payments.dr.operations.doctor.account;

import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsResponse;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** What a Region must offer. */
class OffersTest {

  private static final String HERE = "us-east-1";
  private static final RegionSettings REGION =
      new RegionSettings(
          HERE, CidrBlock.valueOf("10.0.0.0/16"), List.of("us-east-1a", "us-east-1b"));

  private final FakeAws aws = new FakeAws();

  @Test
  void zone_that_the_account_lacks_is_found_and_letters_are_told() {
    Zones check = new Zones(REGION);

    assertOk(
        aws.on(DescribeAvailabilityZonesRequest.class, zones("us-east-1a", "us-east-1b"))
            .ask(check),
        "us-east-1b is id-us-east-1b");
    assertNotOk(
        FAILS,
        aws.on(DescribeAvailabilityZonesRequest.class, zones("us-east-1a", "us-east-1c"))
            .ask(check),
        "got us-east-1b",
        "availabilityZones");
  }

  @Test
  void zones_that_are_given_by_id_are_looked_for_by_id() {
    aws.on(
        DescribeAvailabilityZonesRequest.class,
        DescribeAvailabilityZonesResponse.builder()
            .availabilityZones(zoneOf("us-east-1a", "use1-az6"), zoneOf("us-east-1b", "use1-az1"))
            .build());
    aws.on(DescribeDbClustersRequest.class, DbClusterNotFoundException.builder().build());
    RegionSettings byId =
        new RegionSettings(HERE, CidrBlock.valueOf("10.0.0.0/16"), List.of("use1-az1", "use1-az3"));
    RegionSettings known =
        new RegionSettings(HERE, CidrBlock.valueOf("10.0.0.0/16"), List.of("use1-az1", "use1-az6"));

    assertOk(aws.ask(new Zones(known)), "use1-az1 is us-east-1b");
    assertNotOk(FAILS, aws.ask(new Zones(byId)), "got use1-az3", "availabilityZones");
    assertOk(orderable("17.7", "us-east-1a", "us-east-1b").ask(database(known)), "use1-az6");
    assertNotOk(
        ATTENTION,
        orderable("17.7", "us-east-1b").ask(database(known)),
        "none in use1-az6",
        "availabilityZones");
    assertNotOk(
        ATTENTION,
        byIdOffering("use1-az1").ask(new InstanceTypeOffered(byId, "t3.medium")),
        "none in use1-az3",
        "instanceType");
  }

  @Test
  void impaired_zone_wants_attention() {
    assertNotOk(
        ATTENTION,
        aws.on(
                DescribeAvailabilityZonesRequest.class,
                DescribeAvailabilityZonesResponse.builder()
                    .availabilityZones(
                        zone("us-east-1a", "available"), zone("us-east-1b", "impaired"))
                    .build())
            .ask(new Zones(REGION)),
        "us-east-1b impaired",
        "AWS Health");
  }

  @Test
  void instance_type_that_a_zone_does_not_offer_is_found() {
    InstanceTypeOffered check = new InstanceTypeOffered(REGION, "t3.medium");

    assertOk(offering("us-east-1a", "us-east-1b").ask(check), "t3.medium");
    assertNotOk(ATTENTION, offering("us-east-1a").ask(check), "none in us-east-1b", "compute");
    assertNotOk(FAILS, offering().ask(check), "none in us-east-1a, us-east-1b", "instanceType");
  }

  @Test
  void missing_machine_image_is_found() {
    MachineImage check = new MachineImage(HERE, "/payments/image:3");

    assertOk(parameter("ami-0123456789abcdef0").ask(check), "by /payments/image:3");
    assertOk(
        parameter("ami-0123456789abcdef0").ask(new MachineImage(HERE, "/payments/image")),
        "today; compute.imageIds would keep it");
    assertNotOk(FAILS, parameter("latest").ask(check), "must name an image", "imageParameter");
    assertNotOk(
        FAILS,
        aws.on(GetParameterRequest.class, ParameterNotFoundException.builder().build()).ask(check),
        "must be there, got none",
        "imageParameter");
  }

  @Test
  void pinned_image_must_be_there_and_the_same_in_both_regions() {
    PinnedImage check = new PinnedImage(HERE, "ami-1", "us-east-2", "ami-2");

    assertOk(images(image("ami-1", "al2023-9"), image("ami-2", "al2023-9")).ask(check), "al2023-9");
    assertNotOk(
        ATTENTION,
        images(image("ami-1", "al2023-10"), image("ami-2", "al2023-9")).ask(check),
        "got al2023-10, and al2023-9 in us-east-2",
        "compute.imageIds");
    assertNotOk(FAILS, images().ask(check), "image ami-1 must be there", "compute.imageIds");
    assertNotOk(
        FAILS,
        images(Image.builder().imageId("ami-1").state("failed").build()).ask(check),
        "must be available, got failed",
        "compute.imageIds");
    assertNotOk(
        FAILS,
        aws.on(
                DescribeImagesRequest.class,
                Ec2Exception.builder()
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("InvalidAMIID.NotFound").build())
                    .build())
            .ask(check),
        "image ami-1 must be there",
        "compute.imageIds");
  }

  private FakeAws images(Image... images) {
    return aws.on(
        DescribeImagesRequest.class,
        asked ->
            DescribeImagesResponse.builder()
                .images(
                    Stream.of(images)
                        .filter(image -> asked.imageIds().contains(image.imageId()))
                        .toList())
                .build());
  }

  private static Image image(String id, String name) {
    return Image.builder().imageId(id).name(name).state("available").build();
  }

  @Test
  void withdrawn_engine_version_is_found_before_there_is_a_cluster() {
    aws.on(DescribeDbClustersRequest.class, DbClusterNotFoundException.builder().build());

    assertOk(orderable("17.7", "us-east-1a", "us-east-1b").ask(database()), "17.7");
    assertNotOk(
        FAILS,
        orderable("17.9", "us-east-1a", "us-east-1b").ask(database()),
        "Aurora PostgreSQL 17.7 on db.r6g.large must be offered",
        "databases.v2.primary.instanceClass");
    assertNotOk(
        ATTENTION,
        orderable("17.7", "us-east-1b").ask(database()),
        "none in us-east-1a",
        "availabilityZones");
  }

  @Test
  void cluster_that_aws_has_upgraded_is_asked_for_by_its_own_version() {
    aws.on(
        DescribeDbClustersRequest.class,
        clusters(DBCluster.builder().engineVersion("17.9").build()));

    assertOk(orderable("17.9", "us-east-1a", "us-east-1b").ask(database()), "17.9");
    assertNotOk(
        ATTENTION,
        orderable("17.10", "us-east-1a", "us-east-1b").ask(database()),
        "got no offer any more; what runs goes on",
        "upgrade");
  }

  private static DescribeAvailabilityZonesResponse zones(String... names) {
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(Stream.of(names).map(name -> zone(name, "available")).toList())
        .build();
  }

  private static AvailabilityZone zone(String name, String state) {
    return AvailabilityZone.builder().zoneName(name).zoneId("id-" + name).state(state).build();
  }

  private static AvailabilityZone zoneOf(String name, String id) {
    return AvailabilityZone.builder().zoneName(name).zoneId(id).state("available").build();
  }

  /** Offers nothing to who asks by name. */
  private FakeAws byIdOffering(String id) {
    return aws.on(
        DescribeInstanceTypeOfferingsRequest.class,
        asked ->
            DescribeInstanceTypeOfferingsResponse.builder()
                .instanceTypeOfferings(
                    Stream.of(
                            InstanceTypeOffering.builder()
                                .instanceType("t3.medium")
                                .location(id)
                                .build())
                        .filter(any -> asked.locationType() == LocationType.AVAILABILITY_ZONE_ID)
                        .toList())
                .build());
  }

  private FakeAws offering(String... zones) {
    return aws.on(
        DescribeInstanceTypeOfferingsRequest.class,
        DescribeInstanceTypeOfferingsResponse.builder()
            .instanceTypeOfferings(
                Stream.of(zones)
                    .map(
                        zone ->
                            InstanceTypeOffering.builder()
                                .instanceType("t3.medium")
                                .location(zone)
                                .build())
                    .toList())
            .build());
  }

  private FakeAws parameter(String value) {
    return aws.on(
        GetParameterRequest.class,
        GetParameterResponse.builder().parameter(parameter -> parameter.value(value)).build());
  }

  private static DatabaseOffered database() {
    return database(REGION);
  }

  private static DatabaseOffered database(RegionSettings region) {
    return new DatabaseOffered(
        region, "v2", "primary-db-cluster-v2-prod", "17.7", "db.r6g.large", "databases.v2.primary");
  }

  private FakeAws orderable(String version, String... zones) {
    return aws.on(
        DescribeOrderableDbInstanceOptionsRequest.class,
        asked ->
            DescribeOrderableDbInstanceOptionsResponse.builder()
                .orderableDBInstanceOptions(
                    Stream.of(option(zones))
                        .filter(any -> asked.engineVersion().equals(version))
                        .toList())
                .build());
  }

  private static OrderableDBInstanceOption option(String... zones) {
    return OrderableDBInstanceOption.builder()
        .supportsGlobalDatabases(true)
        .availabilityZones(
            Stream.of(zones)
                .map(
                    name ->
                        software.amazon.awssdk.services.rds.model.AvailabilityZone.builder()
                            .name(name)
                            .build())
                .toList())
        .build();
  }

  private static DescribeDbClustersResponse clusters(DBCluster... clusters) {
    return DescribeDbClustersResponse.builder().dbClusters(clusters).build();
  }
}
