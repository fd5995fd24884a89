package payments.dr.modules.failover.controller;

import java.util.List;
import java.util.Optional;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.region.Region;

/**
 * What the controllers of both Regions need.
 *
 * @param databases each deployed generation: which one is active, the ledger says
 * @param topicArns plain texts: each Region's alert topic
 * @param witness the lease's third register; empty below the grade {@code majority}
 */
public record FailoverControllerProps(
    ResourceNames names,
    FailoverSettings settings,
    FunctionCode code,
    RegionPair<Region> regions,
    RegionPair<EncryptionKeys> keys,
    RegionPair<FunctionNetwork> networks,
    RegionPair<LedgerTable> ledgers,
    RegionPair<AuditArchive> archives,
    List<ControlledDatabase> databases,
    Traffic traffic,
    StandbyFleet standby,
    RegionPair<String> topicArns,
    Optional<WitnessRegister> witness) {

  public FailoverControllerProps {
    databases = List.copyOf(databases);
    if (witness.isPresent() != (settings.lease() == LeaseGrade.MAJORITY)) {
      throw new IllegalArgumentException(
          "witness must be there for the lease majority, and for no other, got %s with %s"
              .formatted(witness, settings.lease()));
    }
  }

  /** Of the function, in each Region the same. */
  String functionName() {
    return names.global("failover-lambda");
  }

  /** Of each Region's bus, for notices and forwarded alarms. */
  String busName() {
    return names.global("failover");
  }

  /** Plain text. */
  String busArn(Region region) {
    return arn("events", region, "event-bus/" + busName());
  }

  /** {@code arn:aws:<service>:<region>:<account>:<resource>}. */
  static String arn(String service, Region region, String resource) {
    return "arn:aws:" + service + ":" + region.name() + ":" + region.accountId() + ":" + resource;
  }
}
