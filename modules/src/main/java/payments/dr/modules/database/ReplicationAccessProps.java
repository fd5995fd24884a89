package payments.dr.modules.database;

import java.util.List;
import payments.dr.configuration.region.RegionRole;

/**
 * Which clusters of one Region are to reach each other.
 *
 * @param members the cluster of each deployed generation
 */
public record ReplicationAccessProps(List<Member> members) {

  public ReplicationAccessProps {
    members = List.copyOf(members);
  }

  public static ReplicationAccessProps of(List<PaymentsDatabase> deployed, RegionRole role) {
    return new ReplicationAccessProps(
        deployed.stream()
            .map(
                database ->
                    new Member(
                        database.generation().id(),
                        database.securityGroupIds().get(role),
                        database.port()))
            .toList());
  }

  /** One generation's cluster: part of construct ids, who it is, and where it listens. */
  public record Member(String generation, String securityGroupId, int port) {}
}
