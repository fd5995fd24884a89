package payments.dr.operations.doctor.account;

import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;
import static payments.dr.operations.doctor.check.Verdict.NOT_ANSWERABLE;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsRequest;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyResponse;
import software.amazon.awssdk.services.rds.model.AccountQuota;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;

/** What must fit into the limits of an account. */
class QuotasTest {

  private static final String HERE = "us-east-1";

  private final FakeAws aws = new FakeAws();

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
  void code_storage_that_fills_up_is_found() {
    CodeStorage check = new CodeStorage(HERE, "failover-lambda-prod");

    assertOk(codeStorage(3, 80).ask(check), "3 of 80 MiB");
    assertOk(codeStorage(64, 80).ask(check), "64 of 80 MiB");
    assertNotOk(
        ATTENTION,
        codeStorage(65, 80).ask(check),
        "65 of 80 MiB",
        "delete-function --function-name failover-lambda-prod --qualifier VERSION");
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

  @Test
  void fleet_whose_processors_do_not_fit_is_found() {
    InstanceQuota check = new InstanceQuota(HERE, "t3.medium", 6, "dr-application-prod");
    aws.on("servicequotas:GetServiceQuota", "{'Quota': {'Value': 16.0}}");

    assertOk(
        running(instance("t3.medium", "dr-application-prod"), instance("m7g.large", "other"))
            .ask(check),
        "6 of 16 standard vCPUs in use, 10 needed");
    assertOk(running(instance("g4dn.xlarge", "other")).ask(check), "0 of 16");
    assertNotOk(
        FAILS,
        running(
                instance("t3.medium", "other"),
                instance("t3.medium", "other"),
                instance("t3.medium", "other"))
            .ask(check),
        "6 of 16 standard vCPUs in use, 12 needed",
        "L-1216C47A");
    assertNotOk(
        NOT_ANSWERABLE,
        aws.ask(new InstanceQuota(HERE, "g4dn.xlarge", 6, "dr-application-prod")),
        "limit of g4dn.xlarge",
        "list-service-quotas");
  }

  private FakeAws running(Instance... instances) {
    return aws.on(
            DescribeInstancesRequest.class,
            DescribeInstancesResponse.builder()
                .reservations(Reservation.builder().instances(instances).build())
                .build())
        .on(
            DescribeInstanceTypesRequest.class,
            DescribeInstanceTypesResponse.builder()
                .instanceTypes(processors("t3.medium", 2), processors("m7g.large", 4))
                .build());
  }

  private static InstanceTypeInfo processors(String type, int count) {
    return InstanceTypeInfo.builder()
        .instanceType(type)
        .vCpuInfo(info -> info.defaultVCpus(count))
        .build();
  }

  private static Instance instance(String type, String name) {
    return Instance.builder()
        .instanceType(type)
        .tags(
            software.amazon.awssdk.services.ec2.model.Tag.builder().key("Name").value(name).build())
        .build();
  }

  @Test
  void capacity_units_that_the_region_may_not_hold_are_found() {
    CapacityUnits check = new CapacityUnits(HERE, 100);
    String name = "Reserved Application Load Balancer Capacity Units (LCUs) per ";

    assertOk(units(name + "Region", 15000).ask(check), "15000 reserved capacity units allowed");
    assertNotOk(FAILS, units(name + "Region", 0).ask(check), "0 reserved", "L-0A0A0A0A");
    assertNotOk(
        NOT_ANSWERABLE,
        units(name + "Application Load Balancer", 15000).ask(check),
        "must be told by AWS",
        "list-service-quotas");
  }

  private FakeAws units(String name, int value) {
    return aws.on(
        "servicequotas:ListServiceQuotas",
        "{'Quotas': [{'QuotaName': '%s', 'QuotaCode': 'L-0A0A0A0A', 'Value': %d}]}"
            .formatted(name, value));
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

  private FakeAws codeStorage(long used, long limit) {
    return aws.on(
        GetAccountSettingsRequest.class,
        GetAccountSettingsResponse.builder()
            .accountUsage(usage -> usage.totalCodeSize(used << 20))
            .accountLimit(account -> account.totalCodeSize(limit << 20))
            .build());
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
}
