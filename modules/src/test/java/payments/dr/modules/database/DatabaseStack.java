package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.configuration.database.ClusterSettings;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.database.GenerationsSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.database.v1.DatabaseV1;
import payments.dr.modules.database.v2.DatabaseV2;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.network.Network;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

/**
 * Stacks with one database, its pointers, and outputs that show what it tells others.
 *
 * @param folder for what CDKTF leaves behind
 */
record DatabaseStack(DatabaseGeneration generation, Path folder) {

  GenerationSettings defaults() {
    return settings(null, null, null, null);
  }

  GenerationSettings settings(
      ClusterSettings primary, ClusterSettings dr, Integer passwordVersion, Integer rpoBound) {
    return SettingsFactory.of(
            GenerationsSettings.class,
            generation.id(),
            SettingsFactory.group(
                "primary",
                primary,
                "dr",
                dr,
                "passwordVersion",
                passwordVersion,
                "rpoBoundSeconds",
                rpoBound))
        .of(generation);
  }

  /**
   * @param name of a folder of its own
   * @param finalSnapshot null unless it retires
   */
  SynthesizedStack synthesize(
      String name, GenerationSettings settings, boolean protectData, String finalSnapshot) {
    TestStack test = new TestStack(folder.resolve(generation.id() + "-" + name));
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
    PaymentsDatabase database =
        create(
            new DatabaseProps(
                TestStack.NAMES,
                settings,
                test.regions(),
                networks,
                keys,
                applications,
                protectData,
                Optional.ofNullable(finalSnapshot)));
    RegionPair<DatabasePointer> pointers =
        test.regions()
            .map(
                region ->
                    new DatabasePointer(
                        region,
                        "database-pointer",
                        new DatabasePointerProps(
                            TestStack.NAMES,
                            database,
                            new RegionPair<>("primary-ledger-test", "dr-ledger-test"))));
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
    return test.synthesize();
  }

  private PaymentsDatabase create(DatabaseProps props) {
    return switch (generation) {
      case V1 -> new DatabaseV1("database-v1", props);
      case V2 -> new DatabaseV2("database-v2", props);
    };
  }

  private static List<Statement> concat(List<Statement> some, List<Statement> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
