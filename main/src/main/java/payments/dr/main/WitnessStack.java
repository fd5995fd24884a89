package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;
import payments.dr.backends.TerraformBackends;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.environment.Witness;
import payments.dr.modules.encryption.TableKey;
import payments.dr.modules.encryption.TableKeyProps;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.LedgerTableProps;
import payments.dr.modules.region.AwsRegion;
import software.constructs.Construct;

/**
 * The witness of an environment: one table in a third Region. The environment's own stack refers to
 * it by name alone, and so plans and deploys while that Region is dark.
 */
public final class WitnessStack extends TerraformStack {

  WitnessStack(Construct scope, Witness witness, Account account) {
    super(scope, witness.stackName());
    EnvironmentConfig config = witness.environment().config();
    ProviderVersion.require(this);
    TerraformBackends.attach(this, witness.backend());
    AwsRegion region =
        new AwsRegion(
            this,
            "witness",
            witness.region(),
            Foundation.providers(witness.environment(), account, witness.stackName()));
    TableKey key =
        new TableKey(
            region,
            "encryption",
            new TableKeyProps(witness.tableName(), config.encryption(), config.protectData()));
    LedgerTable ledger =
        new LedgerTable(
            region,
            "ledger",
            new LedgerTableProps(witness.tableName(), key.arn(), config.protectData()));
    new StackOutputs(this).text("witnessTableName", ledger.name());
  }
}
