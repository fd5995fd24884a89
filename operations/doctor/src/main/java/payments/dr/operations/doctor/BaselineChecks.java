package payments.dr.operations.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.configuration.baseline.AdoptionSettings;
import payments.dr.configuration.baseline.RegionAdoptionSettings;
import payments.dr.configuration.baseline.WatchingService;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.doctor.account.ConfigRecorder;
import payments.dr.operations.doctor.account.ConfigServiceRole;
import payments.dr.operations.doctor.account.DeliveryChannel;
import payments.dr.operations.doctor.account.FindingAggregator;
import payments.dr.operations.doctor.account.OutsideAccess;
import payments.dr.operations.doctor.account.SecurityStandards;
import payments.dr.operations.doctor.account.Single;
import payments.dr.operations.doctor.account.StackState;
import payments.dr.operations.doctor.account.ThreatDetection;
import payments.dr.operations.doctor.check.Check;

/**
 * Lists what is asked of what an account may have only once, as {@code modules.baseline} names it.
 * Nothing is asked of services that are left to others.
 */
final class BaselineChecks {

  private final Account account;
  private final AdoptionSettings adopt;

  BaselineChecks(Account account) {
    this.account = account;
    this.adopt = account.config().baseline().adopt();
  }

  List<Check> all() {
    Set<WatchingService> watched = account.config().baseline().watched();
    return watched.stream().flatMap(this::of).toList();
  }

  private Stream<Check> of(WatchingService service) {
    return switch (service) {
      case CONFIG ->
          Stream.concat(
              Stream.of(
                  new ConfigServiceRole(
                      account.config().id(),
                      single(service, "configRole", given(adopt.configRole())))),
              roles().flatMap(this::config));
      case GUARDDUTY -> roles().map(this::guardDuty);
      case SECURITY_HUB -> state().stream().flatMap(this::securityHub);
      case ACCESS_ANALYZER -> roles().map(this::accessAnalyzer);
    };
  }

  private Stream<Check> config(RegionRole role) {
    String bucket = account.names().bucket(role, "records");
    return Stream.of(
        new ConfigRecorder(
            role,
            region(role),
            bucket,
            state(),
            single(WatchingService.CONFIG, role.id() + ".recorder", adopted(role).recorder())),
        new DeliveryChannel(
            region(role),
            bucket,
            single(WatchingService.CONFIG, role.id() + ".channel", adopted(role).channel())));
  }

  private Check guardDuty(RegionRole role) {
    return new ThreatDetection(
        region(role),
        account.names().regional(role, "guardduty"),
        account.config().id(),
        single(WatchingService.GUARDDUTY, role.id() + ".detector", adopted(role).detector()));
  }

  private Stream<Check> securityHub(StackState state) {
    WatchingService service = WatchingService.SECURITY_HUB;
    return Stream.concat(
        roles()
            .map(
                role ->
                    new SecurityStandards(
                        role,
                        region(role),
                        state,
                        single(
                            service,
                            role.id() + ".securityHub",
                            given(adopted(role).securityHub())))),
        Stream.of(
            new FindingAggregator(
                region(RegionRole.DR),
                state,
                single(service, "findingAggregator", adopt.findingAggregator()))));
  }

  private Check accessAnalyzer(RegionRole role) {
    return new OutsideAccess(
        region(role),
        account.names().regional(role, "external-access"),
        single(WatchingService.ACCESS_ANALYZER, role.id() + ".analyzer", adopted(role).analyzer()));
  }

  private Single single(WatchingService service, String key, String adopted) {
    return new Single(
        account.stackName(),
        "main/accounts/" + account.name() + ".yaml",
        key,
        Optional.ofNullable(adopted),
        service);
  }

  /** A switch that is off says nothing. */
  private static String given(boolean adopted) {
    return adopted ? "true" : null;
  }

  private RegionAdoptionSettings adopted(RegionRole role) {
    return adopt.regions().get(role);
  }

  /** Where the stack's state is, if that can be asked. */
  private Optional<StackState> state() {
    return account.backend(account.stackName()) instanceof StateBackend.S3 s3
        ? Optional.of(new StackState(s3, account.config().id()))
        : Optional.empty();
  }

  private String region(RegionRole role) {
    return account.config().regions().get(role);
  }

  private static Stream<RegionRole> roles() {
    return Stream.of(RegionRole.values());
  }
}
