package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;
import java.util.Map;
import payments.dr.backends.StateBuckets;
import payments.dr.backends.StateBucketsProps;
import payments.dr.backends.TerraformBackends;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/**
 * The buckets that keep the states of an environment or an account, its own among them: made by
 * {@code ./dr state bootstrap}, which begins with a state on disk.
 */
public final class StateStack extends TerraformStack {

  public StateStack(Construct scope, RemoteState state) {
    super(scope, state.stackName());
    ProviderVersion.require(this);
    TerraformBackends.attach(this, state.backend());
    ProviderSettings shared =
        new ProviderSettings(
            state.account().id(),
            state.regions().dr(),
            state.account().localAws(),
            Map.of(
                "Project", "payments-dr",
                "Stack", state.stackName(),
                "Owner", state.team()));
    RegionPair<Region> regions =
        new RegionPair<>(
            new Region(this, RegionRole.PRIMARY, state.regions().primary(), shared),
            new Region(this, RegionRole.DR, state.regions().dr(), shared));
    new StateBuckets(
        "state",
        new StateBucketsProps(
            state.backend().bucket(),
            regions,
            state.encryption(),
            state.storage(),
            state.protectData()));
  }
}
