package payments.dr.main;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.Witness;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.compute.LeaseRegister;
import payments.dr.modules.compute.LeaseRenewer;
import payments.dr.modules.compute.LeaseRenewerProps;
import payments.dr.modules.compute.RenewerCode;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.region.Region;

/** What renews the lease in each Region, where two of three registers decide who writes. */
final class Renewers {

  private Renewers() {}

  /**
   * Makes it in both Regions; empty where the grade asks for none.
   *
   * @param code called only where it is needed
   */
  static RegionPair<Optional<LeaseRenewer>> pair(
      Environment environment, RegionPair<Foundation> foundations, Supplier<RenewerCode> code) {
    if (environment.config().failover().lease() != LeaseGrade.MAJORITY) {
      return new RegionPair<>(Optional.empty(), Optional.empty());
    }
    RenewerCode jar = code.get();
    return foundations.map(
        foundation ->
            Optional.of(
                new LeaseRenewer(
                    foundation.region(),
                    "lease-renewer",
                    new LeaseRenewerProps(
                        environment.names(),
                        jar,
                        registers(foundation.region().role(), environment, foundations),
                        foundation.keys(),
                        foundation.accessLogs(),
                        environment.config().protectData()))));
  }

  /** Lets each Region's fleet open that Region's databases. */
  static void serve(
      RegionPair<Optional<LeaseRenewer>> renewers,
      RegionPair<Entrance> entrances,
      Databases databases) {
    for (RegionRole role : RegionRole.values()) {
      renewers
          .get(role)
          .ifPresent(renewer -> renewer.serve(entrances.get(role).fleet(), databases.leased(role)));
    }
  }

  private static List<LeaseRegister> registers(
      RegionRole own, Environment environment, RegionPair<Foundation> foundations) {
    Witness witness =
        environment
            .witness()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a lease in three registers must have a witness, got none"));
    Region region = foundations.get(own).region();
    return List.of(
        ledger(foundations.get(own)),
        ledger(foundations.get(own.other())),
        new LeaseRegister(
            witness.region(),
            witness.tableName(),
            "arn:aws:dynamodb:%s:%s:table/%s"
                .formatted(witness.region(), region.accountId(), witness.tableName())));
  }

  private static LeaseRegister ledger(Foundation foundation) {
    LedgerTable ledger = foundation.ledger();
    return new LeaseRegister(foundation.region().name(), ledger.literalName(), ledger.givenArn());
  }
}
