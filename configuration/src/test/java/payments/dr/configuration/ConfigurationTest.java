package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationsSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.configuration.environment.Witness;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsType;
import payments.dr.configuration.state.StateBackend;

class ConfigurationTest {

  private static final String DEV = "main/environments/dev.yaml";
  private static final String NONPROD = "main/accounts/nonprod.yaml";

  private static final String KEYS =
      String.join(", ", SettingsType.of(EnvironmentConfig.class).names());

  @TempDir Path root;

  private ProjectFiles files;

  @BeforeEach
  void write() {
    files = ProjectFiles.valid(root);
  }

  @Test
  void environment_is_named_by_its_file_and_gets_the_defaults() {
    Environment dev = files.read().environments().get(0);

    assertEquals("dev", dev.name());
    assertEquals(true, dev.config().protectData());
    assertEquals(false, dev.config().localAws());
    assertEquals(400, dev.config().network().flowLogRetentionDays());
    assertEquals(30, dev.config().encryption().deletionWindowDays());
    assertEquals("10.1.0.0/16", dev.config().regions().dr().cidrBlock().toString());
  }

  @Test
  void state_follows_the_name_and_stays_out_of_the_primary_region() {
    Configuration configuration = files.read();

    assertEquals(
        new StateBackend.S3("acme-state-dev", "us-east-2", "payments-dr-dev/terraform.tfstate"),
        configuration.environments().get(0).backend("payments-dr-dev"));
    assertEquals(
        new StateBackend.S3(
            "acme-state-account-nonprod", "us-east-2", "account-nonprod/terraform.tfstate"),
        configuration.accounts().get(0).backend("account-nonprod"));
  }

  @Test
  void buckets_are_made_for_states_of_accounts_and_environments_but_not_of_throw_away_ones() {
    List<RemoteState> states = Configuration.read(root, Optional.of("pr123")).remoteStates();

    assertEquals(
        List.of("state-account-nonprod", "state-dev"),
        states.stream().map(RemoteState::stackName).toList());
    RemoteState dev = states.get(1);
    assertEquals(
        new StateBackend.S3("acme-state-dev", "us-east-2", "state-dev/terraform.tfstate"),
        dev.backend());
    assertEquals(new RegionPair<>("us-east-1", "us-east-2"), dev.regions());
    assertTrue(dev.protectData());
  }

  @Test
  void state_in_a_region_of_its_own_takes_its_buckets_there() {
    RemoteState dev =
        files
            .with(
                DEV,
                ProjectFiles.ENVIRONMENT + "state: {bucket: shared-states, region: eu-west-1}\n")
            .read()
            .remoteStates()
            .get(1);

    assertEquals(
        new StateBackend.S3("shared-states", "eu-west-1", "state-dev/terraform.tfstate"),
        dev.backend());
    assertEquals(new RegionPair<>("us-east-1", "eu-west-1"), dev.regions());
  }

  @Test
  void one_account_serves_several_environments() {
    Configuration configuration =
        files.with("main/environments/staging.yaml", ProjectFiles.ENVIRONMENT).read();

    assertEquals(
        List.of("nonprod", "nonprod"),
        configuration.environments().stream()
            .map(environment -> configuration.accountOf(environment).name())
            .toList());
  }

  @Test
  void suffix_adds_an_environment_like_dev_under_its_own_name() {
    List<Environment> environments = Configuration.read(root, Optional.of("pr123")).environments();
    EnvironmentConfig dev = environments.get(0).config();
    EnvironmentConfig throwAway = environments.get(1).config();

    assertEquals(List.of("dev", "pr123"), environments.stream().map(Environment::name).toList());
    assertEquals(dev.regions(), throwAway.regions());
    assertEquals(dev.databases(), throwAway.databases());
    assertEquals("pr123.payments-dev.example.com", throwAway.dns().domainName());
  }

  @Test
  void throw_away_environment_keeps_its_state_in_devs_bucket() {
    assertEquals(
        new StateBackend.S3("acme-state-dev", "us-east-2", "payments-dr-pr123/terraform.tfstate"),
        Configuration.read(root, Optional.of("pr123"))
            .environments()
            .get(1)
            .backend("payments-dr-pr123"));
  }

  @Test
  void environment_and_account_may_keep_their_state_in_terraform_cloud() {
    String state = "state: {kind: terraform-cloud, organization: acme}\n";
    Configuration configuration =
        files
            .with(NONPROD, ProjectFiles.ACCOUNT + state)
            .with(DEV, ProjectFiles.ENVIRONMENT + state)
            .read();

    assertEquals(
        new StateBackend.TerraformCloud("acme", "account-nonprod"),
        configuration.accounts().get(0).backend("account-nonprod"));
    assertEquals(
        new StateBackend.TerraformCloud("acme", "payments-dr-dev"),
        configuration.environments().get(0).backend("payments-dr-dev"));
  }

  @Test
  void throw_away_environment_never_gets_devs_workspace() {
    files.with(
        DEV,
        ProjectFiles.ENVIRONMENT
            + "state: {kind: terraform-cloud, organization: acme, workspace: payments}\n");

    List<Environment> environments = Configuration.read(root, Optional.of("pr123")).environments();

    assertEquals(
        List.of(
            new StateBackend.TerraformCloud("acme", "payments"),
            new StateBackend.TerraformCloud("acme", "payments-dr-pr123")),
        environments.stream()
            .map(environment -> environment.backend(environment.stackName()))
            .toList());
  }

  @Test
  void witness_in_a_third_region_is_a_stack_whose_state_lies_beside_the_environments() {
    assertEquals(List.of(), files.read().witnesses());
    files.with(DEV, ProjectFiles.ENVIRONMENT.replace("  dr:\n", "  witness: us-west-2\n  dr:\n"));

    List<Witness> witnesses = Configuration.read(root, Optional.of("pr123")).witnesses();

    assertEquals(
        List.of("witness-dev", "witness-pr123"),
        witnesses.stream().map(Witness::stackName).toList());
    assertEquals("us-west-2", witnesses.get(0).region());
    assertEquals("witness-ledger-dev", witnesses.get(0).tableName());
    assertEquals(
        new StateBackend.S3("acme-state-dev", "us-east-2", "witness-dev/terraform.tfstate"),
        witnesses.get(0).backend());
  }

  @Test
  void witness_never_shares_the_workspace_of_its_environment() {
    files.with(
        DEV,
        ProjectFiles.ENVIRONMENT.replace("  dr:\n", "  witness: us-west-2\n  dr:\n")
            + "state: {kind: terraform-cloud, organization: acme, workspace: payments}\n");

    assertEquals(
        "main/environments/dev.yaml: state.workspace must belong to one stack, got that of"
            + " payments-dr-dev",
        files.refusal());
  }

  @Test
  void two_owners_never_make_the_same_bucket() {
    String state = "state: {bucket: states}\n";

    assertEquals(
        "state-dev: state.bucket must be made by one stack, got that of state-account-nonprod",
        files
            .with(NONPROD, ProjectFiles.ACCOUNT + state)
            .with(DEV, ProjectFiles.ENVIRONMENT + state)
            .refusal());
  }

  @Test
  void two_stacks_never_share_a_workspace() {
    String state = "state: {kind: terraform-cloud, organization: acme, workspace: %s}\n";
    files
        .with(NONPROD, ProjectFiles.ACCOUNT + state.formatted("payments"))
        .with(DEV, ProjectFiles.ENVIRONMENT + state.formatted("payments"))
        .with(
            "main/environments/staging.yaml",
            ProjectFiles.ENVIRONMENT + state.formatted("payments-dr-pr123"));

    assertEquals(
        """
        main/environments/dev.yaml: state.workspace must belong to one stack, got that of \
        account-nonprod
        ENVIRONMENT_SUFFIX: state.workspace must belong to one stack, got that of \
        payments-dr-staging""",
        files.refusal("pr123"));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        // Keys
        Arguments.of(
            DEV,
            "owner:",
            "ownr:",
            "ownr is no known key, did you mean \"owner\"? (allowed: " + KEYS + ")"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nnetwork: {natGateway: single}\n",
            "network.natGateway is no known key, did you mean \"natGateways\"? (allowed:"
                + " natGateways, interfaceEndpoints, flowLogRetentionDays)"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstorage: {colour: blue}\n",
            "storage.colour is no known key (allowed: accessLogRetentionDays)"),
        Arguments.of(
            DEV,
            "owner: payments-platform\n",
            "",
            "owner is required: Team that answers for it; a tag of every resource"),
        Arguments.of(
            DEV,
            "    cidrBlock: 10.1.0.0/16\n",
            "",
            "regions.dr.cidrBlock is required: Address range of the VPC; /16 to /22"),
        Arguments.of(
            DEV,
            "bucketPrefix: acme\n",
            "",
            "bucketPrefix is required unless localAws is true: S3 names are global"),
        // Groups of the modules
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ncompute: {tls: false}\n",
            "compute.tls must be true unless localAws is true, got false"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ncompute: {minInstances: 4, maxInstances: 3}\n",
            "compute.maxInstances must be at least minInstances, 4, got 3"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ncompute: {desiredInstances: 1}\n",
            "compute.desiredInstances must be minInstances to maxInstances, 2 to 6, got 1"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {v2: {engineVersion: \"14.6\"}}\n",
            "databases.v2.engineVersion must be 16.6, 17.4, 18.3 or a later minor of these, such as"
                + " 17.7, got \"14.6\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {v2: {dr: {engineVersion: \"17.6\"}}}\n",
            "databases.v2.dr.engineVersion is no known key (allowed: instances, instanceClass,"
                + " backupRetentionDays, incarnation, differsBecause)"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {v2: {dr: {instances: 1}}}\n",
            "databases.v2.dr must have the primary cluster's instances, 2 of db.r6g.large, or say"
                + " why not under differsBecause: it may have to carry the whole load within"
                + " minutes, got \"1 of db.r6g.large\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\n"
                + "databases: {v2: {dr: {instanceClass: db.r6g.xlarge, differsBecause: short}}}\n",
            "databases.v2.dr.differsBecause must be a sentence of 10 to 200 characters, got"
                + " \"short\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\n"
                + "databases: {v2: {dr: {differsBecause: it is only a pilot light}}}\n",
            "databases.v2.dr.differsBecause must be left out while the instances are equal, got"
                + " \"it is only a pilot light\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {v2: {dr: {instances: 0}}}\n",
            "databases.v2.dr.instances must be at least 1 to meet failover.rtoTargetSeconds 300:"
                + " Aurora promotes no cluster without instances, got 0"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {deployed: [v1, v2], v1: {dr: {instances: 0}}}\n",
            "databases.v1.dr.instances must be at least 1 to meet failover.rtoTargetSeconds 300:"
                + " Aurora promotes no cluster without instances, got 0"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {deployed: [v1, v3]}\n",
            "databases.deployed[1] must be one of v1, v2, got \"v3\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {deployed: []}\n",
            "databases.deployed must be 1 to 2 elements, got []"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\ndatabases: {deployed: [v1]}\n",
            "databases.active must be deployed (v1), got \"v2\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nbackup: {monthly: {coldStorageAfterDays: 30, retentionDays: 100}}\n",
            "backup.monthly.retentionDays must be at least 90 days after coldStorageAfterDays 30, so"
                + " 120, got 100"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nbackup: {daily: {coldStorageAfterDays: 7}}\n",
            "backup.daily.coldStorageAfterDays is no known key (allowed: schedule, retentionDays,"
                + " copyRetentionDays)"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nfailover: {healthCheckIntervalSeconds: 15}\n",
            "failover.healthCheckIntervalSeconds must be one of 10, 30, got 15"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nfailover: {healthCheckFailureThreshold: 11}\n",
            "failover.healthCheckFailureThreshold must be 1 to 10, got 11"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nfailover: {mode: auto}\n",
            "failover.probePath must be a deep probe, which commits a payment, when mode is auto:"
                + " without one nobody sees that the database is lost, got \"/health.html\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nprotectData: false\nfailover: {auditRetentionMode: compliance}\n",
            "failover.auditRetentionMode must be governance unless protectData is true: nobody could"
                + " destroy the buckets, got \"compliance\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nrehearsal: {maxDollars: 20, maxHours: 8}\n",
            "rehearsal must be left out unless protectData is false: it ends with a destroy, got \"one\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nprotectData: false\nrehearsal: {maxDollars: 20}\n",
            "rehearsal.maxHours is required: Hours after which a rehearsal begins nothing but its cleaning up; it may be killed and go on meanwhile"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nmonitoring: {replicationLagWarnMillis: 40000}\n",
            "monitoring.replicationLagPageMillis must be more than replicationLagWarnMillis 40000, got"
                + " 30000"),
        // Types and values
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nprotectData: \"true\"\n",
            "protectData must be true or false, got \"true\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nencryption: {deletionWindowDays: a week}\n",
            "encryption.deletionWindowDays must be a whole number, got \"a week\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nencryption: {deletionWindowDays: 010}\n",
            "encryption.deletionWindowDays must be a whole number, got \"010\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nencryption: {deletionWindowDays: 3}\n",
            "encryption.deletionWindowDays must be 7 to 30, got 3"),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nnetwork: {natGateways: per_zone}\n",
            "network.natGateways must be one of per-zone, single, got \"per_zone\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nnetwork:\n",
            "network must be a group of keys, got nothing"),
        Arguments.of(
            DEV,
            "[us-east-2a, us-east-2b]",
            "us-east-2a",
            "regions.dr.availabilityZones must be a list, got \"us-east-2a\""),
        Arguments.of(
            DEV,
            "[us-east-2a, us-east-2b]",
            "[us-east-2a, 5]",
            "regions.dr.availabilityZones[1] must be a text, in quotes so that it keeps every"
                + " digit, got the number 5"),
        Arguments.of(
            DEV,
            "bucketPrefix: acme",
            "bucketPrefix: Acme_1",
            "bucketPrefix must be 1 to 20 lower-case letters, digits and inner hyphens, got"
                + " \"Acme_1\""),
        // Regions
        Arguments.of(
            DEV,
            "us-east-2",
            "us-east-1",
            "regions.dr.name must differ from the primary Region, got \"us-east-1\""),
        Arguments.of(
            DEV,
            "  dr:\n",
            "  witness: us-east-1\n  dr:\n",
            "regions.witness must be a third Region, neither us-east-1 nor us-east-2, got"
                + " \"us-east-1\""),
        Arguments.of(
            DEV,
            "  dr:\n",
            "  witness: us-east-2\n  dr:\n",
            "regions.witness must be a third Region, neither us-east-1 nor us-east-2, got"
                + " \"us-east-2\""),
        Arguments.of(
            DEV,
            "  dr:\n",
            "  witness: cn-north-1\n  dr:\n",
            "regions.witness must be an AWS Region such as us-east-1, of none but the partition aws:"
                + " not China, GovCloud or a sovereign or isolated cloud, got \"cn-north-1\""),
        Arguments.of(
            DEV,
            "regions:\n",
            "failover: {lease: majority}\nregions:\n",
            "failover.lease must be none or best-effort unless regions.witness names a third Region"
                + " for its register, got \"majority\""),
        Arguments.of(
            DEV,
            "10.1.0.0/16",
            "10.0.128.0/17",
            "regions.dr.cidrBlock must not overlap the primary Region's 10.0.0.0/16, got"
                + " \"10.0.128.0/17\""),
        Arguments.of(
            DEV,
            "10.1.0.0/16",
            "10.1.0.0/24",
            "regions.dr.cidrBlock must be a /16 to /22 block to hold its subnets, got"
                + " \"10.1.0.0/24\""),
        Arguments.of(
            DEV,
            "10.1.0.0/16",
            "10.1.0.0",
            "regions.dr.cidrBlock must be a CIDR block such as \"10.0.0.0/16\", got"
                + " \"10.1.0.0\""),
        Arguments.of(
            DEV,
            "[us-east-2a, us-east-2b]",
            "[us-east-2a]",
            "regions.dr.availabilityZones must be 2 to 4 elements, got [us-east-2a]"),
        Arguments.of(
            DEV,
            "[us-east-2a, us-east-2b]",
            "[us-east-2a, us-west-2b]",
            "regions.dr.availabilityZones must be zones of us-east-2, by name such as us-east-2a or"
                + " by id such as use2-az1, got \"us-west-2b\""),
        // State
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstate: {kind: local}\n",
            "state.kind must be s3 or terraform-cloud unless localAws is true, got \"local\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedDestroys: [{address: aws_vpc.x_1, reason: replaced by another, expires: soon}]\n",
            "approvedDestroys[0].expires must be a date as in 2026-12-31, got \"soon\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedDestroys: [{address: all of them, reason: replaced by another, expires: 2026-12-31}]\n",
            "approvedDestroys[0].address must be the address of a resource, such as"
                + " aws_kms_key.dr_encryption_data_1A2B3C4D, got \"all of them\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedDestroys: [{address: aws_vpc.x_1, reason: why, expires: 2026-12-31}]\n",
            "approvedDestroys[0].reason must be a sentence of 10 characters or more, got \"why\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedDestroys: [{address: aws_vpc.x_1, reason: replaced by another, expires: 2026-12-31}, {address: aws_vpc.x_1, reason: replaced by another, expires: 2027-12-31}]\n",
            "approvedDestroys must name each address once, got \"aws_vpc.x_1\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedChanges: [{rule: Tls Off, address: aws_vpc.x_1, reason: replaced by another, expires: 2026-12-31}]\n",
            "approvedChanges[0].rule must be the id of a rule, such as retention-too-short,"
                + " got \"Tls Off\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedChanges: [{rule: tls-off, address: aws_vpc.x_1, reason: replaced by another, expires: soon}]\n",
            "approvedChanges[0].expires must be a date as in 2026-12-31, got \"soon\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\napprovedChanges: [{rule: tls-off, address: aws_vpc.x_1, reason: replaced by another, expires: 2026-12-31}, {rule: tls-off, address: aws_vpc.x_1, reason: replaced by another, expires: 2027-12-31}]\n",
            "approvedChanges must name each rule at an address once, got \"tls-off at aws_vpc.x_1\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstate: {kind: gcs}\n",
            "state.kind must be one of s3, terraform-cloud, local, got \"gcs\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstate: {kind: s3, organization: acme}\n",
            "state.organization must be left out when kind is s3, got \"acme\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstate: {kind: terraform-cloud}\n",
            "state.organization is required when kind is terraform-cloud"),
        Arguments.of(
            NONPROD,
            "owner: payments-platform\n",
            "owner: payments-platform\nstate: {kind: terraform-cloud, organization: acme, bucket: x-y}\n",
            "state.bucket must be left out when kind is terraform-cloud, got \"x-y\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstate: {kind: local, bucket: acme-state}\n",
            "state.bucket must be left out when kind is local, got \"acme-state\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nstate: {region: us-east-1}\n",
            "state.region must not be the primary Region, whose loss it must survive, got"
                + " \"us-east-1\""),
        // Accounts
        Arguments.of(
            DEV,
            "account: nonprod",
            "account: sandbox",
            "account must be one of nonprod (the files in main/accounts), got \"sandbox\""),
        Arguments.of(
            DEV,
            "account: nonprod\n",
            "account: nonprod\nlocalAws: true\n",
            "localAws must be false as in account nonprod, got true"),
        Arguments.of(
            DEV,
            "us-east-2",
            "eu-west-1",
            "regions.dr.name must be a Region of account nonprod (us-east-1, us-east-2), got"
                + " \"eu-west-1\""),
        Arguments.of(
            NONPROD, "\"111111111111\"", "\"11111111\"", "id must be 12 digits, got \"11111111\""),
        Arguments.of(
            NONPROD,
            "\"111111111111\"",
            "111111111111",
            "id must be a text, in quotes so that it keeps every digit, got the number"
                + " 111111111111"),
        Arguments.of(
            NONPROD,
            "dr: us-east-2",
            "dr: ohio",
            "regions.dr must be an AWS Region such as us-east-1, of none but the partition aws: not China, GovCloud or a sovereign or isolated cloud, got \"ohio\""),
        Arguments.of(
            NONPROD,
            "  dr: us-east-2\n",
            "",
            "regions.dr is required: Names of the two Regions that its environments use"),
        // YAML
        Arguments.of(DEV, "owner:", "account: prod\nowner:", "line 2 repeats the key account"),
        Arguments.of(
            DEV,
            "    name: us-east-2\n",
            "    name: us-east-2\n    name: us-east-2\n",
            "line 11 repeats the key regions.dr.name"),
        Arguments.of(
            DEV,
            "owner: payments-platform",
            "owner: payments: platform",
            "line 2 is no YAML: mapping values are not allowed here"),
        Arguments.of(
            DEV,
            "account: nonprod",
            "account: &name nonprod\nrepository: *name",
            "line 2 must spell the value out, got the alias \"*name\""),
        Arguments.of(
            DEV,
            "account:",
            "owner: me\n---\naccount:",
            "line 3 must not begin a second document"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("faults")
  void refuses(String file, String part, String by, String problem) {
    assertEquals(file + ": " + problem, files.replace(file, part, by).refusal());
  }

  /** Settings may be written before the generation is deployed, and stay behind it. */
  @Test
  void settings_of_a_generation_that_is_not_deployed_are_kept() {
    GenerationsSettings databases =
        files
            .with(
                DEV,
                ProjectFiles.ENVIRONMENT
                    + "databases: {v1: {engineVersion: \"14.15\", dr: {instances: 0}}}\n")
            .read()
            .environments()
            .get(0)
            .config()
            .databases();

    assertEquals(List.of(DatabaseGeneration.V2), databases.deployed());
    assertEquals("14.15", databases.v1().engineVersion());
  }

  @Test
  void terraform_cloud_cannot_reach_a_local_aws() {
    String state = "localAws: true\nstate: {kind: terraform-cloud, organization: acme}\n";

    assertEquals(
        """
        main/accounts/nonprod.yaml: state.kind must be s3 or local when localAws is true, got \
        "terraform-cloud"
        main/environments/dev.yaml: state.kind must be s3 or local when localAws is true, got \
        "terraform-cloud\"""",
        files
            .with(NONPROD, ProjectFiles.ACCOUNT + state)
            .with(DEV, ProjectFiles.ENVIRONMENT + state)
            .refusal());
  }

  @Test
  void aggregator_of_findings_is_adopted_where_the_stack_has_its_own() {
    String arn =
        "arn:aws:securityhub:%s:111111111111:finding-aggregator/01234567-89ab-cdef-0123-456789abcdef";
    String adopting =
        ProjectFiles.ACCOUNT + "baseline: {enabled: true, adopt: {findingAggregator: %s}}\n";

    assertEquals(
        "main/accounts/nonprod.yaml: baseline.adopt.findingAggregator must begin with"
            + " arn:aws:securityhub:us-east-2:111111111111:finding-aggregator/, got \""
            + arn.formatted("us-east-1")
            + '"',
        files.with(NONPROD, adopting.formatted(arn.formatted("us-east-1"))).refusal());
    files.with(NONPROD, adopting.formatted(arn.formatted("us-east-2"))).read();
  }

  static Stream<Arguments> suffixes() {
    String allowed =
        "ENVIRONMENT_SUFFIX: value must be 1 to 20 lower-case letters, digits and single hyphens,"
            + " a letter first, got ";
    return Stream.of(
        Arguments.of("", allowed + "\"\""),
        Arguments.of("PR_123", allowed + "\"PR_123\""),
        Arguments.of("a-name-of-21-letters-", allowed + "\"a-name-of-21-letters-\""),
        Arguments.of("a123456789012345678901", allowed + "\"a123456789012345678901\""),
        Arguments.of(
            "dev",
            "ENVIRONMENT_SUFFIX: value must not be an environment that has a file (dev), got"
                + " \"dev\""));
  }

  @ParameterizedTest
  @MethodSource("suffixes")
  void refuses_a_suffix(String suffix, String message) {
    assertEquals(message, files.refusal(suffix));
  }

  @Test
  void suffix_needs_dev() throws Exception {
    files.with("main/environments/prod.yaml", ProjectFiles.ENVIRONMENT);
    Files.delete(root.resolve(DEV));

    assertEquals(
        "ENVIRONMENT_SUFFIX: value needs main/environments/dev.yaml, got none",
        files.refusal("pr123"));
  }

  @Test
  void names_every_fault_of_every_file_at_once() {
    files
        .replace(NONPROD, "\"111111111111\"", "111111111111")
        .replace(DEV, "owner:", "ownr:")
        .replace(DEV, "10.1.0.0/16", "10.0.0.0/16")
        .with("main/environments/prod.yaml", "account: prod\naccount: prod\n")
        .with(
            "main/environments/staging.yaml",
            ProjectFiles.ENVIRONMENT
                .replace("account: nonprod", "account: staging")
                .replace("name: us-east-2\n", "nam: us-east-2\n")
                .replace("10.1.0.0/16", "10.1.0.0/33"));

    assertEquals(
        """
        main/accounts/nonprod.yaml: id must be a text, in quotes so that it keeps every digit, got \
        the number 111111111111
        main/environments/dev.yaml: ownr is no known key, did you mean "owner"? (allowed: KEYS)
        main/environments/dev.yaml: regions.dr.cidrBlock must not overlap the primary Region's \
        10.0.0.0/16, got "10.0.0.0/16"
        main/environments/prod.yaml: line 2 repeats the key account
        main/environments/staging.yaml: regions.dr.nam is no known key, did you mean "name"? \
        (allowed: name, cidrBlock, availabilityZones)
        main/environments/staging.yaml: regions.dr.cidrBlock prefix length must be 0 to 32, got 33
        main/environments/staging.yaml: account must be one of nonprod (the files in \
        main/accounts), got "staging"
        ENVIRONMENT_SUFFIX: value must not be an environment that has a file (dev, prod, staging), \
        got "prod\""""
            .replace("KEYS", KEYS),
        files.refusal("prod"));
  }

  @Test
  void file_names_make_names_of_environments() {
    files
        .with("main/accounts/production-of-acme.yaml", ProjectFiles.ACCOUNT)
        .with("main/environments/Prod.yaml", ProjectFiles.ENVIRONMENT)
        .with("main/environments/account-x.yaml", ProjectFiles.ENVIRONMENT)
        .with("main/environments/qa.yml", ProjectFiles.ENVIRONMENT);

    assertEquals(
        """
        main/accounts/production-of-acme.yaml: file name must be 1 to 12 lower-case letters, \
        digits and single hyphens, a letter first, got "production-of-acme"
        main/environments/Prod.yaml: file name must be 1 to 20 lower-case letters, digits and \
        single hyphens, a letter first, not beginning with "account-", got "Prod"
        main/environments/account-x.yaml: file name must be 1 to 20 lower-case letters, digits and \
        single hyphens, a letter first, not beginning with "account-", got "account-x"
        main/environments/qa.yml: file name must end in .yaml, got "qa.yml\"""",
        files.refusal());
  }

  @Test
  void empty_file_misses_what_has_no_default() {
    assertEquals(
        """
        main/accounts/nonprod.yaml: regions.primary is required: Names of the two Regions that its \
        environments use
        main/accounts/nonprod.yaml: regions.dr is required: Names of the two Regions that its \
        environments use
        main/accounts/nonprod.yaml: id is required: Account id: 12 digits in quotes
        main/accounts/nonprod.yaml: owner is required: Team that answers for it; a tag of every \
        resource
        main/accounts/nonprod.yaml: bucketPrefix is required unless localAws is true: S3 names are \
        global""",
        files.with(NONPROD, "# nothing yet\n").refusal());
  }

  @Test
  void project_without_files_is_refused(@TempDir Path empty) {
    assertEquals(
        """
        main/accounts: directory must hold at least one .yaml file, got none
        main/environments: directory must hold at least one .yaml file, got none""",
        new ProjectFiles(empty).refusal());
  }

  @Test
  void other_encodings_are_refused() throws Exception {
    Files.write(root.resolve(DEV), "owner: é\n".getBytes(StandardCharsets.ISO_8859_1));

    assertEquals(DEV + ": file must be UTF-8 text", files.refusal());
  }

  static Stream<Arguments> secrets() {
    String advice =
        " in plain text: keep it in AWS Secrets Manager, and replace it when it was committed";
    return Stream.of(
        Arguments.of(
            "masterPassword: hunter2", "hunter2", "masterPassword must not hold a secret" + advice),
        Arguments.of(
            "API_TOKEN: 12345678", "12345678", "API_TOKEN must not hold a secret" + advice),
        Arguments.of(
            "storage: {secret-access-key: [wJalrXUtnFEMI]}",
            "wJalrXUtnFEMI",
            "storage.secret-access-key must not hold a secret" + advice),
        Arguments.of(
            "network: {interfaceEndpoints: [ssm, ASIAIOSFODNN7EXAMPLE]}",
            "ASIAIOSFODNN7EXAMPLE",
            "network.interfaceEndpoints[1] must not hold an AWS access key id" + advice),
        Arguments.of(
            "commitAuthor: AKIAIOSFODNN7EXAMPLE",
            "AKIAIOSFODNN7EXAMPLE",
            "commitAuthor must not hold an AWS access key id" + advice),
        Arguments.of(
            "repository: https://ci:hunter2@git.example.com/payments.git",
            "hunter2",
            "repository must not hold a URL with a password" + advice),
        Arguments.of(
            "commitAuthor: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIEow",
            "MIIEow",
            "commitAuthor must not hold a private key" + advice));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("secrets")
  void refuses_a_secret_and_does_not_print_it(String line, String secret, String problem) {
    String message = files.replace(DEV, "account:", line + "\naccount:").refusal();

    assertEquals(DEV + ": " + problem, message);
    assertFalse(message.contains(secret), message);
  }

  @Test
  void what_only_speaks_of_a_secret_is_an_ordinary_key() {
    assertEquals(
        """
        main/environments/dev.yaml: passwordVersion is no known key (allowed: KEYS)
        main/environments/dev.yaml: secretArn is no known key (allowed: KEYS)"""
            .replace("KEYS", KEYS),
        files
            .replace(DEV, "account:", "passwordVersion: 2\nsecretArn: arn:aws:x\naccount:")
            .refusal());
  }

  @Test
  void yaml_that_cannot_be_read_is_not_quoted() {
    String message =
        files.replace(DEV, "owner:", "password: \"hunter2\" hunter2\nowner:").refusal();

    assertEquals(DEV + ": line 2 is no YAML: expected <block end>, but found '<scalar>'", message);
  }
}
