package payments.dr.modules.testing;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.network.NetworkSettings;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.compute.Certificate;
import payments.dr.modules.compute.CertificateProps;
import payments.dr.modules.compute.Fleet;
import payments.dr.modules.compute.FleetProps;
import payments.dr.modules.compute.LeaseRenewer;
import payments.dr.modules.compute.LoadBalancer;
import payments.dr.modules.compute.LoadBalancerProps;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.EncryptionProps;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.NetworkProps;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;

/** A stack with two Regions, ready for the construct under test. */
public final class TestStack {

  public static final ResourceNames NAMES = new ResourceNames("test", "acme");
  public static final String ACCOUNT = "123456789012";

  /** Defaults throughout. */
  public static final ComputeSettings COMPUTE = SettingsFactory.of(ComputeSettings.class);

  private static final RegionPair<RegionSettings> SETTINGS =
      new RegionPair<>(
          new RegionSettings(
              "us-east-1",
              CidrBlock.valueOf("10.0.0.0/16"),
              List.of("us-east-1a", "us-east-1b", "us-east-1c")),
          new RegionSettings(
              "us-east-2",
              CidrBlock.valueOf("10.1.0.0/16"),
              List.of("us-east-2a", "us-east-2b", "us-east-2c")));

  private final ComputeSettings compute;
  private final RegionPair<RegionSettings> places;
  private final TerraformStack stack;
  private final RegionPair<Region> regions;

  /**
   * @param outdir a temporary directory: CDKTF's testing app leaves its own behind
   */
  public TestStack(Path outdir) {
    this(outdir, SETTINGS, COMPUTE);
  }

  /** The same with settings of its own. */
  public TestStack(Path outdir, RegionPair<RegionSettings> places, ComputeSettings compute) {
    this.places = places;
    this.compute = compute;
    stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "test");
    ProviderSettings shared =
        new ProviderSettings(
            ACCOUNT,
            "us-east-2",
            false,
            new TreeMap<>(Map.of("Environment", "test", "CommitAuthor", "somebody")));
    regions =
        new RegionPair<>(
            new Region(stack, RegionRole.PRIMARY, places.primary().name(), shared),
            new Region(stack, RegionRole.DR, places.dr().name(), shared));
  }

  public TerraformStack stack() {
    return stack;
  }

  public RegionPair<Region> regions() {
    return regions;
  }

  /** Real keys of both Regions, protected as in production. */
  public RegionPair<EncryptionKeys> keys() {
    return keys(true);
  }

  public RegionPair<EncryptionKeys> keys(boolean protectData) {
    return EncryptionKeys.pair(
        "encryption",
        new EncryptionProps(
            (role, purpose) -> NAMES.regional(role, purpose.id()),
            SettingsFactory.of(EncryptionSettings.class),
            regions,
            EnumSet.allOf(KeyPurpose.class),
            protectData));
  }

  /** Real networks of both Regions with their default settings. */
  public RegionPair<Network> networks(RegionPair<EncryptionKeys> keys) {
    return networks(keys, SettingsFactory.of(NetworkSettings.class));
  }

  public RegionPair<Network> networks(RegionPair<EncryptionKeys> keys, NetworkSettings settings) {
    return regions.zip(
        keys,
        (region, regionKeys) ->
            new Network(
                region,
                "network",
                new NetworkProps(NAMES, settings, places.get(region.role()), regionKeys)));
  }

  /** Real access log buckets of both Regions. */
  public RegionPair<AccessLogs> accessLogs() {
    return regions.map(
        region ->
            new AccessLogs(
                region,
                "access-logs",
                new AccessLogsProps(
                    NAMES.bucket(region.role(), "access-logs"),
                    SettingsFactory.of(StorageSettings.class),
                    true,
                    true)));
  }

  /** Real load balancers of both Regions, with certificates and default settings. */
  public RegionPair<LoadBalancer> loadBalancers(
      RegionPair<Network> networks, RegionPair<AccessLogs> accessLogs) {
    RegionPair<Certificate> certificates =
        Certificate.pair(
            "certificate", new CertificateProps(NAMES, "pay.example.com", "Z0PUBLIC", regions));
    return new RegionPair<>(
        loadBalancer(RegionRole.PRIMARY, networks, accessLogs, certificates),
        loadBalancer(RegionRole.DR, networks, accessLogs, certificates));
  }

  /** Real fleets of both Regions with their default settings. */
  public RegionPair<Fleet> fleets(
      RegionPair<Network> networks,
      RegionPair<LoadBalancer> loadBalancers,
      RegionPair<EncryptionKeys> keys) {
    return fleets(networks, loadBalancers, keys, RegionPair.of(Optional.empty()));
  }

  /** The same that renew a lease. */
  public RegionPair<Fleet> fleets(
      RegionPair<Network> networks,
      RegionPair<LoadBalancer> loadBalancers,
      RegionPair<EncryptionKeys> keys,
      RegionPair<Optional<LeaseRenewer>> renewers) {
    return new RegionPair<>(
        fleet(RegionRole.PRIMARY, networks, loadBalancers, keys, renewers),
        fleet(RegionRole.DR, networks, loadBalancers, keys, renewers));
  }

  public SynthesizedStack synthesize() {
    return SynthesizedStack.of(stack);
  }

  private LoadBalancer loadBalancer(
      RegionRole role,
      RegionPair<Network> networks,
      RegionPair<AccessLogs> accessLogs,
      RegionPair<Certificate> certificates) {
    return new LoadBalancer(
        regions.get(role),
        "load-balancer",
        new LoadBalancerProps(
            NAMES,
            compute,
            networks.get(role),
            accessLogs.get(role),
            Optional.of(certificates.get(role)),
            true));
  }

  private Fleet fleet(
      RegionRole role,
      RegionPair<Network> networks,
      RegionPair<LoadBalancer> loadBalancers,
      RegionPair<EncryptionKeys> keys,
      RegionPair<Optional<LeaseRenewer>> renewers) {
    return new Fleet(
        regions.get(role),
        "fleet",
        new FleetProps(
            NAMES,
            compute,
            networks.get(role),
            loadBalancers.get(role),
            keys.get(role),
            renewers.get(role)));
  }
}
