package payments.dr.operations.doctor.account;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * Whether the elastic addresses of the NAT gateways fit into the account's limit.
 *
 * @param names tags {@code Name} of those addresses
 */
public record ElasticAddresses(String where, Set<String> names) implements Check {

  private static final String LIMIT = "vpc-max-elastic-ips";

  @Override
  public String name() {
    return "elastic addresses";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("ec2:DescribeAccountAttributes"), Permission.of("ec2:DescribeAddresses"));
  }

  @Override
  public Result ask(Clients aws) {
    Ec2Client ec2 = aws.ec2(where);
    OptionalInt limit =
        ec2
            .describeAccountAttributes(request -> request.attributeNamesWithStrings(LIMIT))
            .accountAttributes()
            .stream()
            .filter(attribute -> attribute.attributeName().equals(LIMIT))
            .flatMap(attribute -> attribute.attributeValues().stream())
            .mapToInt(value -> Integer.parseInt(value.attributeValue()))
            .findFirst();
    List<Address> used = ec2.describeAddresses().addresses();
    long ours = used.stream().filter(this::isOurs).count();
    return new Quota(
            "elastic addresses", names.size() - (int) ours, used.size(), limit, "ec2", "L-0263D0A3")
        .result(where);
  }

  private boolean isOurs(Address address) {
    return address.tags().stream()
        .anyMatch(tag -> tag.key().equals("Name") && names.contains(tag.value()));
  }
}
