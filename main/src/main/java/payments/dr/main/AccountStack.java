package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;
import java.util.Map;
import payments.dr.backends.TerraformBackends;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.AccountConfig;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.backup.BackupOptIn;
import payments.dr.modules.baseline.AccountBaseline;
import payments.dr.modules.baseline.AccountBaselineProps;
import payments.dr.modules.baseline.Handover;
import payments.dr.modules.monitoring.LogDelivery;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/**
 * What exists once in an AWS account, whichever environments live there. Deployed before the first
 * of them, and never destroyed with one.
 */
public final class AccountStack extends TerraformStack {

  public AccountStack(Construct scope, Account account) {
    super(scope, account.stackName());
    AccountConfig config = account.config();
    ProviderVersion.require(this);
    TerraformBackends.attach(this, account.backend(account.stackName()));
    ProviderSettings shared =
        new ProviderSettings(
            config.id(),
            config.regions().dr(),
            config.localAws(),
            Map.of(
                "Project", "payments-dr", "Stack", account.stackName(), "Owner", config.owner()));
    RegionPair<Region> regions =
        new RegionPair<>(
            new Region(this, RegionRole.PRIMARY, config.regions().primary(), shared),
            new Region(this, RegionRole.DR, config.regions().dr(), shared));
    regions.map(region -> new BackupOptIn(region, "backup"));
    regions.map(region -> new LogDelivery(region, "log-delivery", account.names()));
    AccountBaselineProps baseline =
        new AccountBaselineProps(account.names(), config.baseline(), regions);
    if (config.baseline().enabled()) {
      new AccountBaseline(baseline);
    }
    Handover.in(this, baseline);
  }
}
