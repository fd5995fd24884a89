package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.ec2_capacity_reservation.Ec2CapacityReservation;
import java.util.List;
import java.util.Map;
import payments.dr.modules.network.Tier;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * EC2's capacity for the instances that a failover launches, held in each zone of a fleet:
 * On-Demand Capacity Reservations. Without them a launch takes what is left in a zone, and after
 * the loss of a Region everybody launches elsewhere.
 *
 * <p>They are open: whichever instance of that type runs in the zone takes a place, those that run
 * already, too. A targeted one would bind the fleet to a group of reservations, and so refuse
 * launches that go beyond it.
 */
final class ReservedCapacity extends Component {

  ReservedCapacity(Fleet fleet, String id, Region region, FleetProps props) {
    super(fleet, id);
    List<String> zones = props.network().availabilityZones();
    List<String> names = props.network().zoneNames(Tier.APPLICATION);
    int reserved = props.settings().size(region.role()).reserved();
    for (int i = 0; i < zones.size(); i++) {
      int share = share(reserved, zones.size(), i);
      if (share > 0) {
        Ec2CapacityReservation.Builder.create(this, zones.get(i))
            .provider(region.provider())
            .availabilityZone(names.get(i))
            .instanceType(props.settings().instanceType())
            .instancePlatform("Linux/UNIX")
            .instanceCount(share)
            .instanceMatchCriteria("open")
            .endDateType("unlimited")
            .tags(Map.of("Name", props.names().regional(region.role(), "capacity-" + zones.get(i))))
            .build();
      }
    }
  }

  /** Auto Scaling keeps zones balanced, so that the first ones get what does not divide. */
  private static int share(int reserved, int zones, int zone) {
    return reserved / zones + (zone < reserved % zones ? 1 : 0);
  }
}
