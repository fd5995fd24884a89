package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/**
 * Whether each zone of a Region offers the fleet's instance type.
 *
 * @param type such as {@code t3.medium}
 */
public record InstanceTypeOffered(RegionSettings region, String type) implements Check {

  @Override
  public String name() {
    return "instance type";
  }

  @Override
  public String where() {
    return region.name();
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("ec2:DescribeInstanceTypeOfferings"));
  }

  @Override
  public Result ask(Clients aws) {
    List<String> offering =
        aws
            .ec2(where())
            .describeInstanceTypeOfferingsPaginator(
                request ->
                    request
                        .locationType(
                            region.zonesAreIds()
                                ? LocationType.AVAILABILITY_ZONE_ID
                                : LocationType.AVAILABILITY_ZONE)
                        .filters(Filter.builder().name("instance-type").values(type).build()))
            .instanceTypeOfferings()
            .stream()
            .filter(offer -> type.equals(offer.instanceTypeAsString()))
            .map(InstanceTypeOffering::location)
            .toList();
    return Offer.of(type, region, offering, "compute.instanceType");
  }
}
