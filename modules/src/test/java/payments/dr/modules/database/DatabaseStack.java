package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.modules.database.v2.DatabaseV2;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.network.Network;
import payments.dr.modules.region.RegionPair;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

/** A stack with one database, its pointers, and outputs that show what it tells others. */
record DatabaseStack(TestStack test) {

  static final DatabaseSettings DEFAULTS =
      new DatabaseSettings(null, null, null, null, null, null, null, null, null, null, null, null);

  static DatabaseStack of(Path outdir, DatabaseSettings settings, boolean protectData) {
    TestStack test = new TestStack(outdir);
    RegionPair<EncryptionKeys> keys = test.keys();
    RegionPair<Network> networks = test.networks(keys);
    RegionPair<String> applications =
        test.regions()
            .zip(
                networks,
                (region, network) ->
                    SecurityGroup.Builder.create(region, "application")
                        .provider(region.provider())
                        .name(TestStack.NAMES.regional(region.role(), "application-sg"))
                        .vpcId(network.vpcId())
                        .build()
                        .getId());
    DatabaseV2 database =
        new DatabaseV2(
            "database-v2",
            new DatabaseProps(
                TestStack.NAMES,
                settings,
                test.regions(),
                networks,
                keys,
                applications,
                protectData,
                Optional.empty()));
    RegionPair<DatabasePointer> pointers =
        test.regions()
            .map(
                region ->
                    new DatabasePointer(
                        region,
                        "database-pointer",
                        new DatabasePointerProps(TestStack.NAMES, database)));
    database
        .applicationStatements()
        .zip(pointers, (data, pointer) -> concat(data, pointer.applicationStatements()))
        .zip(
            test.regions(),
            (statements, region) ->
                TerraformOutput.Builder.create(test.stack(), region.role().id() + "_application")
                    .value(PolicyDocument.of(statements))
                    .build());
    TerraformOutput.Builder.create(test.stack(), "global_writer_endpoint")
        .value(database.globalWriterEndpoint())
        .build();
    return new DatabaseStack(test);
  }

  SynthesizedStack synthesize() {
    return test.synthesize();
  }

  private static List<Statement> concat(List<Statement> some, List<Statement> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
