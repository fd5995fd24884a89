package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * Whether the VPC of a Region fits into the account's limit, which only Service Quotas tells.
 *
 * @param vpc tag {@code Name} of that VPC
 */
public record Vpcs(String where, String vpc) implements Check {

  private static final String SERVICE = "vpc";
  private static final String CODE = "L-F678F1CE";

  @Override
  public String name() {
    return "VPCs";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("ec2:DescribeVpcs"), ServiceQuota.PERMISSION);
  }

  @Override
  public Result ask(Clients aws) {
    List<Vpc> used = aws.ec2(where).describeVpcsPaginator().vpcs().stream().toList();
    boolean there = used.stream().anyMatch(this::isOurs);
    return new Quota(
            "VPCs",
            there ? 0 : 1,
            used.size(),
            new ServiceQuota(SERVICE, CODE).limit(aws, where),
            SERVICE,
            CODE)
        .result(where);
  }

  private boolean isOurs(Vpc one) {
    return one.tags().stream().anyMatch(tag -> tag.key().equals("Name") && tag.value().equals(vpc));
  }
}
