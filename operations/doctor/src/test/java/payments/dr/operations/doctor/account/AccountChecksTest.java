package payments.dr.operations.doctor.account;

import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;
import static payments.dr.operations.doctor.check.Verdict.NOT_ANSWERABLE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsRequest;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyResponse;
import software.amazon.awssdk.services.rds.model.AccountQuota;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsResponse;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZoneConfig;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Each check of an account sees one that is ready, and what it is there to find. */
class AccountChecksTest {

  private static final String HERE = "us-east-1";
  private static final RegionSettings REGION =
      new RegionSettings(
          HERE, CidrBlock.valueOf("10.0.0.0/16"), List.of("us-east-1a", "us-east-1b"));

  private final FakeAws aws = new FakeAws();

  @Test
  void credentials_of_another_account_are_refused() {
    Credentials check = new Credentials(HERE, "222222222222", "main/accounts/prod.yaml");

    assertOk(aws.on(GetCallerIdentityRequest.class, caller("222222222222")).ask(check), "alice");
    assertNotOk(
        FAILS,
        aws.on(GetCallerIdentityRequest.class, caller("333333333333")).ask(check),
        "must be 222222222222, got 333333333333",
        "main/accounts/prod.yaml");
  }

  @Test
  void region_that_is_off_is_found() {
    RegionEnabled check = new RegionEnabled("ap-south-2", HERE);

    assertOk(aws.on(DescribeRegionsRequest.class, optIn("opted-in")).ask(check), "opted-in");
    assertNotOk(
        FAILS,
        aws.on(DescribeRegionsRequest.class, optIn("not-opted-in")).ask(check),
        "ap-south-2 must be switched on",
        "enable-region");
    assertNotOk(
        FAILS,
        aws.on(DescribeRegionsRequest.class, DescribeRegionsResponse.builder().build()).ask(check),
        "got ap-south-2",
        "regions");
  }

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

    assertOk(parameter("ami-0123456789abcdef0").ask(check), "ami-0123456789abcdef0");
    assertNotOk(FAILS, parameter("latest").ask(check), "must name an image", "imageParameter");
    assertNotOk(
        FAILS,
        aws.on(GetParameterRequest.class, ParameterNotFoundException.builder().build()).ask(check),
        "must be there, got none",
        "imageParameter");
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

  @Test
  void elastic_addresses_that_do_not_fit_are_found() {
    ElasticAddresses check = new ElasticAddresses(HERE, Set.of("nat-a", "nat-b", "nat-c"));

    assertOk(addresses("5", "other", "other").ask(check), "2 of 5 elastic addresses");
    assertOk(addresses("5", "nat-a", "nat-b", "nat-c", "x", "y").ask(check), "0 needed");
    assertNotOk(
        FAILS,
        addresses("5", "x", "y", "z").ask(check),
        "3 of 5 elastic addresses in use, 3 needed",
        "--quota-code L-0263D0A3 --desired-value 6 --region us-east-1");
  }

  @Test
  void limit_that_aws_does_not_tell_is_no_verdict() {
    aws.on(
            DescribeAccountAttributesRequest.class,
            DescribeAccountAttributesResponse.builder().build())
        .on(DescribeAddressesRequest.class, DescribeAddressesResponse.builder().build());

    assertNotOk(
        NOT_ANSWERABLE,
        aws.ask(new ElasticAddresses(HERE, Set.of("nat-a"))),
        "limit of elastic addresses",
        "get-service-quota");
  }

  @Test
  void load_balancers_that_do_not_fit_are_found() {
    LoadBalancers check = new LoadBalancers(HERE, "primary-alb-prod");

    assertOk(balancers("2", "other").ask(check), "1 of 2");
    assertOk(balancers("1", "primary-alb-prod").ask(check), "0 needed");
    assertNotOk(FAILS, balancers("1", "other").ask(check), "1 of 1", "L-53DA6B97");
  }

  @Test
  void database_instances_and_clusters_that_do_not_fit_are_found() {
    DatabaseQuotas check = new DatabaseQuotas(HERE, Map.of("primary-db-cluster-v2-prod", 2));
    aws.on(DescribeDbClustersRequest.class, clusters());

    assertOk(databases(38, 40).ask(check), "38 of 40 database instances");
    assertNotOk(FAILS, databases(39, 40).ask(check), "2 needed", "L-7B6409FD");
    assertNotOk(FAILS, databases(40, 40).ask(check), "1 needed", "L-952B80B8");
    aws.on(
        DescribeDbClustersRequest.class,
        clusters(
            DBCluster.builder()
                .dbClusterIdentifier("primary-db-cluster-v2-prod")
                .dbClusterMembers(
                    DBClusterMember.builder().build(), DBClusterMember.builder().build())
                .build()));
    assertOk(databases(40, 40).ask(check), "40 of 40 database instances in use, 0 needed");
  }

  @Test
  void new_accounts_concurrency_of_10_is_found() {
    FunctionConcurrency check =
        new FunctionConcurrency(HERE, "failover-lambda-prod", "222222222222", 4);

    assertOk(concurrency(1000, 1000, null).ask(check), "4 to reserve");
    assertOk(concurrency(104, 104, null).ask(check), "4 to reserve");
    assertOk(concurrency(1000, 100, 4).ask(check), "0 to reserve");
    assertNotOk(FAILS, concurrency(10, 10, null).ask(check), "10 of 10", "L-B99A9384");
    assertNotOk(FAILS, concurrency(103, 103, null).ask(check), "at least 100", "L-B99A9384");
  }

  @Test
  void missing_state_bucket_is_found() {
    StateBucket check = new StateBucket("us-east-2", "acme-state-prod", "payments-dr-prod", "prod");

    assertOk(
        aws.on(HeadBucketRequest.class, HeadBucketResponse.builder().build()).ask(check),
        "acme-state-prod");
    assertNotOk(
        FAILS,
        aws.on(HeadBucketRequest.class, NoSuchBucketException.builder().build()).ask(check),
        "got none",
        "make bootstrap ENV=prod");
    assertNotOk(
        FAILS,
        aws.on(HeadBucketRequest.class, S3Exception.builder().statusCode(301).build()).ask(check),
        "another Region",
        "state.region");
  }

  @Test
  void zone_that_is_not_delegated_is_found() {
    DnsSettings dns = dns();
    aws.on(
            ListHostedZonesByNameRequest.class,
            ListHostedZonesByNameResponse.builder()
                .hostedZones(named("payments.example.com."))
                .build())
        .on(GetHostedZoneRequest.class, served("payments.example.com.", "ns-1.awsdns.org"));

    assertOk(aws.ask(zone(dns, Set.of("ns-1.awsdns.org"))), "delegated to ns-1.awsdns.org");
    assertNotOk(
        ATTENTION, aws.ask(zone(dns, Set.of())), "got no delegation", "certificates wait for that");
    assertNotOk(
        ATTENTION,
        aws.ask(zone(dns, Set.of("ns.other.org"))),
        "got [ns.other.org]",
        "parent domain");
    assertOk(aws.ask(new HostedZone(dns, Optional.empty())), "nobody delegates to a local AWS");
    assertNotOk(
        NOT_ANSWERABLE,
        aws.ask(
            new HostedZone(
                dns,
                Optional.of(
                    domain -> {
                      throw new NameServersUnknownException("no resolver", null);
                    }))),
        "no resolver",
        "machine");
  }

  @Test
  void zone_that_is_still_to_be_made_wants_attention() {
    aws.on(
        ListHostedZonesByNameRequest.class,
        ListHostedZonesByNameResponse.builder().hostedZones(named("pay.example.com.")).build());

    assertNotOk(
        ATTENTION, aws.ask(zone(dns(), Set.of())), "none of payments.example.com yet", "README.md");
  }

  @Test
  void existing_zone_is_held_against_the_settings() {
    DnsSettings dns = dns("hostedZoneId", "Z0123", "nameServers", List.of("ns-1.awsdns.org"));
    Set<String> delegated = Set.of("ns-1.awsdns.org");

    aws.on(GetHostedZoneRequest.class, served("example.com.", "ns-1.awsdns.org"));
    assertOk(aws.ask(zone(dns, delegated)), "example.com");
    aws.on(GetHostedZoneRequest.class, served("example.org.", "ns-1.awsdns.org"));
    assertNotOk(FAILS, aws.ask(zone(dns, delegated)), "got example.org", "hostedZoneId");
    aws.on(GetHostedZoneRequest.class, served("example.com.", "ns-2.awsdns.org"));
    assertNotOk(FAILS, aws.ask(zone(dns, delegated)), "must be [ns-2", "failover controller");
    aws.on(GetHostedZoneRequest.class, NoSuchHostedZoneException.builder().build());
    assertNotOk(FAILS, aws.ask(zone(dns, delegated)), "got Z0123", "hostedZoneId");
  }

  @Test
  void role_of_aws_config_that_somebody_else_made_is_found() {
    ConfigServiceRole check = new ConfigServiceRole("account-prod", "222222222222");

    assertOk(
        aws.on(GetRoleRequest.class, NoSuchEntityException.builder().build()).ask(check),
        "account-prod makes it");
    assertOk(role("AWS Config of account-prod").ask(check), "of account-prod");
    assertNotOk(FAILS, role("made by the console").ask(check), "exists already", "import");
  }

  @Test
  void backup_that_is_off_is_found() {
    BackupOptIn check = new BackupOptIn(HERE, "account-prod", "prod");
    String settings = "{'ResourceTypeOptInPreference': {'Aurora': %s, 'DynamoDB': true}}";

    assertOk(
        aws.on("backup:DescribeRegionSettings", settings.formatted("true")).ask(check), "Aurora");
    assertNotOk(
        ATTENTION,
        aws.on("backup:DescribeRegionSettings", settings.formatted("false")).ask(check),
        "got off for Aurora",
        "aws backup update-region-settings --region us-east-1");
    assertNotOk(
        ATTENTION,
        aws.on("backup:DescribeRegionSettings", "{}").ask(check),
        "off for Aurora, DynamoDB",
        "make deploy ENV=prod STACKS=account-prod");
  }

  @Test
  void recorder_that_somebody_else_made_is_found() {
    ConfigRecorder check =
        new ConfigRecorder(HERE, "account-prod", "acme-primary-records-account-prod");
    aws.on("config:DescribeConfigurationRecorders", "{'ConfigurationRecorders': []}")
        .on("config:DescribeDeliveryChannels", "{'DeliveryChannels': []}");

    assertOk(aws.ask(check), "account-prod makes it");
    aws.on(
        "config:DescribeConfigurationRecorders",
        "{'ConfigurationRecorders': [{'name': 'default'}]}");
    assertNotOk(FAILS, aws.ask(check), "\"default\" into no bucket", "terraform import");
    aws.on("config:DescribeDeliveryChannels", channel("landing-zone"));
    assertNotOk(FAILS, aws.ask(check), "\"default\" into landing-zone", "baseline.enabled: false");
    aws.on("config:DescribeDeliveryChannels", channel("acme-primary-records-account-prod"));
    assertOk(aws.ask(check), "records into acme-primary-records-account-prod");
  }

  private static String channel(String bucket) {
    return "{'DeliveryChannels': [{'name': 'default', 's3BucketName': '%s'}]}".formatted(bucket);
  }

  @Test
  void detector_that_somebody_else_made_is_found() {
    ThreatDetection check =
        new ThreatDetection(HERE, "account-prod", "primary-guardduty-account-prod", "222222222222");

    assertOk(aws.on("guardduty:ListDetectors", "{'detectorIds': []}").ask(check), "makes it");
    aws.on("guardduty:ListDetectors", "{'detectorIds': ['d1']}");
    assertNotOk(
        FAILS, aws.on("guardduty:GetDetector", "{'tags': {}}").ask(check), "detector d1", "import");
    assertOk(
        aws.on("guardduty:GetDetector", "{'tags': {'Name': 'primary-guardduty-account-prod'}}")
            .ask(check),
        "detector d1 of account-prod");
  }

  @Test
  void security_hub_that_is_on_before_the_account_stack_is_found() {
    SecurityStandards check =
        new SecurityStandards(
            HERE, "account-prod", StateBackend.S3.of("acme-state", "us-east-2", "account-prod"));

    assertOk(
        aws.refuses("securityhub:DescribeHub", "InvalidAccessException").ask(check),
        "account-prod switches it on");
    aws.on("securityhub:DescribeHub", "{'HubArn': 'arn'}");
    assertNotOk(
        FAILS,
        aws.on(ListObjectsV2Request.class, ListObjectsV2Response.builder().build()).ask(check),
        "got Security Hub",
        "import");
    assertNotOk(
        FAILS,
        aws.on(ListObjectsV2Request.class, NoSuchBucketException.builder().build()).ask(check),
        "got Security Hub",
        "import");
    assertOk(
        aws.on(
                ListObjectsV2Request.class,
                ListObjectsV2Response.builder()
                    .contents(S3Object.builder().key("account-prod/terraform.tfstate").build())
                    .build())
            .ask(check),
        "account-prod has a state");
  }

  @Test
  void vpc_that_does_not_fit_is_found() {
    Vpcs check = new Vpcs(HERE, "primary-vpc-prod");
    aws.on("servicequotas:GetServiceQuota", "{'Quota': {'Value': 5.0}}");

    assertOk(vpcs("default", "x", "y", "z").ask(check), "4 of 5 VPCs");
    assertOk(vpcs("default", "x", "y", "z", "primary-vpc-prod").ask(check), "0 needed");
    assertNotOk(FAILS, vpcs("default", "x", "y", "z", "a").ask(check), "5 of 5", "L-F678F1CE");
    assertNotOk(
        NOT_ANSWERABLE,
        aws.refuses("servicequotas:GetServiceQuota", "NoSuchResourceException").ask(check),
        "limit of VPCs",
        "get-service-quota");
  }

  private FakeAws vpcs(String... names) {
    return aws.on(
        DescribeVpcsRequest.class,
        DescribeVpcsResponse.builder()
            .vpcs(
                Stream.of(names)
                    .map(
                        name ->
                            Vpc.builder()
                                .tags(Tag.builder().key("Name").value(name).build())
                                .build())
                    .toList())
            .build());
  }

  private static GetCallerIdentityResponse caller(String account) {
    return GetCallerIdentityResponse.builder()
        .account(account)
        .arn("arn:aws:sts::" + account + ":assumed-role/operator/alice")
        .build();
  }

  private static DescribeRegionsResponse optIn(String status) {
    return DescribeRegionsResponse.builder()
        .regions(
            Region.builder().regionName(HERE).optInStatus("opt-in-not-required").build(),
            Region.builder().regionName("ap-south-2").optInStatus(status).build())
        .build();
  }

  private static DescribeAvailabilityZonesResponse zones(String... names) {
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(Stream.of(names).map(name -> zone(name, "available")).toList())
        .build();
  }

  private static AvailabilityZone zone(String name, String state) {
    return AvailabilityZone.builder().zoneName(name).zoneId("id-" + name).state(state).build();
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
    return new DatabaseOffered(
        REGION, "v2", "primary-db-cluster-v2-prod", "17.7", "db.r6g.large", "databases.v2.primary");
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

  private FakeAws addresses(String limit, String... names) {
    return aws.on(
            DescribeAccountAttributesRequest.class,
            DescribeAccountAttributesResponse.builder()
                .accountAttributes(
                    AccountAttribute.builder()
                        .attributeName("vpc-max-elastic-ips")
                        .attributeValues(
                            AccountAttributeValue.builder().attributeValue(limit).build())
                        .build())
                .build())
        .on(
            DescribeAddressesRequest.class,
            DescribeAddressesResponse.builder()
                .addresses(
                    Stream.of(names)
                        .map(
                            name ->
                                Address.builder()
                                    .tags(Tag.builder().key("Name").value(name).build())
                                    .build())
                        .toList())
                .build());
  }

  private FakeAws balancers(String limit, String... names) {
    return aws.on(
            DescribeAccountLimitsRequest.class,
            DescribeAccountLimitsResponse.builder()
                .limits(Limit.builder().name("application-load-balancers").max(limit).build())
                .build())
        .on(
            DescribeLoadBalancersRequest.class,
            DescribeLoadBalancersResponse.builder()
                .loadBalancers(
                    Stream.of(names)
                        .map(
                            name ->
                                LoadBalancer.builder()
                                    .type(LoadBalancerTypeEnum.APPLICATION)
                                    .loadBalancerName(name)
                                    .build())
                        .toList())
                .build());
  }

  private FakeAws databases(long used, long max) {
    return aws.on(
        software.amazon.awssdk.services.rds.model.DescribeAccountAttributesRequest.class,
        software.amazon.awssdk.services.rds.model.DescribeAccountAttributesResponse.builder()
            .accountQuotas(quota("DBInstances", used, max), quota("DBClusters", used, max))
            .build());
  }

  private static AccountQuota quota(String name, long used, long max) {
    return AccountQuota.builder().accountQuotaName(name).used(used).max(max).build();
  }

  private FakeAws concurrency(int all, int unreserved, Integer reserved) {
    return aws.on(
            GetAccountSettingsRequest.class,
            GetAccountSettingsResponse.builder()
                .accountLimit(
                    limit ->
                        limit.concurrentExecutions(all).unreservedConcurrentExecutions(unreserved))
                .build())
        .on(
            GetFunctionConcurrencyRequest.class,
            reserved == null
                ? software.amazon.awssdk.services.lambda.model.ResourceNotFoundException.builder()
                    .build()
                : GetFunctionConcurrencyResponse.builder()
                    .reservedConcurrentExecutions(reserved)
                    .build());
  }

  private static DnsSettings dns(Object... more) {
    Object[] all =
        Stream.concat(Stream.of("domainName", "payments.example.com"), Stream.of(more)).toArray();
    return SettingsFactory.of(DnsSettings.class, all);
  }

  private static HostedZone zone(DnsSettings dns, Set<String> delegated) {
    return new HostedZone(dns, Optional.of(domain -> delegated));
  }

  private static software.amazon.awssdk.services.route53.model.HostedZone named(String name) {
    return software.amazon.awssdk.services.route53.model.HostedZone.builder()
        .id("/hostedzone/Z1")
        .name(name)
        .config(HostedZoneConfig.builder().privateZone(false).build())
        .build();
  }

  private static GetHostedZoneResponse served(String name, String... servers) {
    return GetHostedZoneResponse.builder()
        .hostedZone(zone -> zone.id("/hostedzone/Z1").name(name))
        .delegationSet(set -> set.nameServers(servers))
        .build();
  }

  private FakeAws role(String description) {
    return aws.on(
        GetRoleRequest.class,
        GetRoleResponse.builder()
            .role(role -> role.description(description).arn("arn:aws:iam::222222222222:role/x"))
            .build());
  }
}
