package payments.dr.modules.testing;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.EncryptionProps;
import payments.dr.modules.encryption.EncryptionSettings;
import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.NetworkProps;
import payments.dr.modules.network.NetworkSettings;
import payments.dr.modules.region.CidrBlock;
import payments.dr.modules.region.ProviderSettings;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;
import payments.dr.modules.region.RegionRole;
import payments.dr.modules.region.RegionSettings;

/** A stack with two Regions, ready for the construct under test. */
public final class TestStack {

  public static final ResourceNames NAMES = new ResourceNames("test", "acme");
  public static final String ACCOUNT = "123456789012";

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

  private final TerraformStack stack;
  private final RegionPair<Region> regions;

  /**
   * @param outdir a temporary directory: CDKTF's testing app leaves its own behind
   */
  public TestStack(Path outdir) {
    stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "test");
    ProviderSettings shared =
        new ProviderSettings(ACCOUNT, "us-east-2", false, Map.of("Environment", "test"));
    regions =
        new RegionPair<>(
            new Region(stack, RegionRole.PRIMARY, SETTINGS.primary(), shared),
            new Region(stack, RegionRole.DR, SETTINGS.dr(), shared));
  }

  public TerraformStack stack() {
    return stack;
  }

  public RegionPair<Region> regions() {
    return regions;
  }

  /** Real keys of both Regions. */
  public RegionPair<EncryptionKeys> keys() {
    return EncryptionKeys.pair(
        "encryption", new EncryptionProps(NAMES, new EncryptionSettings(null, null), regions));
  }

  /** Real networks of both Regions with their default settings. */
  public RegionPair<Network> networks(RegionPair<EncryptionKeys> keys) {
    return regions.zip(
        keys,
        (region, regionKeys) ->
            new Network(
                region,
                "network",
                new NetworkProps(NAMES, new NetworkSettings(null, null, null), regionKeys)));
  }

  public SynthesizedStack synthesize() {
    return SynthesizedStack.of(stack);
  }
}
