package payments.dr.operations.doctor.account;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/**
 * Whether the processors of a whole fleet fit into the account's limit: a failover launches all of
 * them at once.
 *
 * @param type such as {@code t3.medium}
 * @param instances most that the fleet runs
 * @param name tag {@code Name} of the fleet's instances
 */
public record InstanceQuota(String where, String type, int instances, String name)
    implements Check {

  private static final String SERVICE = "ec2";

  /** Running On-Demand Standard instances; families of other letters have limits of their own. */
  private static final String CODE = "L-1216C47A";

  private static final String STANDARD = "[acdhimrtz]\\d.*";

  @Override
  public String name() {
    return "instance quota";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("ec2:DescribeInstanceTypes"),
        Permission.of("ec2:DescribeInstances"),
        ServiceQuota.PERMISSION);
  }

  @Override
  public Result ask(Clients aws) {
    if (!type.matches(STANDARD)) {
      return Result.notAnswerable(
          "limit of %s must be that of families A, C, D, H, I, M, R, T and Z, got another"
              .formatted(type),
          "aws service-quotas list-service-quotas --service-code ec2 --region " + where);
    }
    Ec2Client ec2 = aws.ec2(where);
    List<Instance> running =
        ec2
            .describeInstancesPaginator(
                request ->
                    request.filters(
                        Filter.builder()
                            .name("instance-state-name")
                            .values("pending", "running")
                            .build()))
            .reservations()
            .stream()
            .flatMap(reservation -> reservation.instances().stream())
            .filter(instance -> instance.instanceTypeAsString().matches(STANDARD))
            .filter(instance -> instance.instanceLifecycle() == null)
            .toList();
    Map<String, Integer> processors = processors(ec2, running);
    int ours = (int) running.stream().filter(this::isOurs).count();
    return new Quota(
            "standard vCPUs",
            Math.max(0, instances - ours) * processors.get(type),
            running.stream().mapToInt(it -> processors.get(it.instanceTypeAsString())).sum(),
            new ServiceQuota(SERVICE, CODE).limit(aws, where),
            SERVICE,
            CODE)
        .result(where);
  }

  /** Of the fleet's type and of each that runs: the limit counts what a type has by default. */
  private Map<String, Integer> processors(Ec2Client ec2, List<Instance> running) {
    Set<String> types =
        running.stream()
            .map(Instance::instanceTypeAsString)
            .collect(Collectors.toCollection(TreeSet::new));
    types.add(type);
    return ec2
        .describeInstanceTypesPaginator(request -> request.instanceTypesWithStrings(types))
        .instanceTypes()
        .stream()
        .collect(
            Collectors.toMap(
                InstanceTypeInfo::instanceTypeAsString, info -> info.vCpuInfo().defaultVCpus()));
  }

  private boolean isOurs(Instance instance) {
    return instance.tags().stream()
        .anyMatch(tag -> tag.key().equals("Name") && tag.value().equals(name));
  }
}
