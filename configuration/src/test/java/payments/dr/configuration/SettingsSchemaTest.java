package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.environment.AccountConfig;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.configuration.settings.Setting;

class SettingsSchemaTest {

  private static final Path ENVIRONMENTS = Path.of("../main/environments");
  private static final Path ACCOUNTS = Path.of("../main/accounts");
  private static final Path MEASUREMENTS = Path.of("../main/measurements");

  /** Two spaces, line feeds: the same on every machine. */
  private static final ObjectWriter JSON =
      new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                  .withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private static final Map<Path, JsonNode> SCHEMAS =
      Map.of(
          ENVIRONMENTS, SettingsSchema.of(EnvironmentConfig.class),
          ACCOUNTS, SettingsSchema.of(AccountConfig.class),
          MEASUREMENTS, SettingsSchema.of(Measurements.class));

  static Set<Path> directories() {
    return SCHEMAS.keySet();
  }

  /** With -Dgolden.update the file is written first. */
  @ParameterizedTest
  @MethodSource("directories")
  void is_the_committed_one(Path directory) throws IOException {
    String expected = JSON.writeValueAsString(SCHEMAS.get(directory)) + "\n";
    Path file = directory.resolve("schema.json");
    if (System.getProperty("golden.update") != null) {
      Files.writeString(file, expected);
    }

    assertEquals(
        expected, Files.readString(file), file + " is out of date: run with -Dgolden.update");
  }

  static Stream<Path> committed() throws IOException {
    try (Stream<Path> environments = Files.list(ENVIRONMENTS);
        Stream<Path> accounts = Files.list(ACCOUNTS);
        Stream<Path> measurements = Files.list(MEASUREMENTS)) {
      return Stream.of(environments, accounts, measurements)
          .flatMap(Function.identity())
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("committed")
  void accepts_every_committed_file(Path file) throws IOException {
    String yaml = Files.readString(file);

    assertEquals(List.of(), validate(file.getParent(), yaml));
    assertTrue(yaml.startsWith("# yaml-language-server: $schema=schema.json\n"), file::toString);
  }

  /** What one key can be wrong about, the schema shows while it is typed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ownr: me",
        "owner: ''",
        "owner: 5",
        "owner: '${me}'",
        "notification: {emails: ['%{me}@example.com']}",
        "owner: [me]",
        "protectData: 'true'",
        "bucketPrefix: Acme_1",
        "regions: {primary: {}}",
        "network: {natGateways: per_zone}",
        "network: {natGateways: PER_ZONE}",
        "network: {interfaceEndpoints: ssm}",
        "network: {interfaceEndpoints: ['SSM!']}",
        "network: {flowLogRetentionDays: 31}",
        "network: {natGateway: single}",
        "network:",
        "encryption: {deletionWindowDays: 6}",
        "encryption: {deletionWindowDays: '7'}",
        "encryption: {deletionWindowDays: 7.5}",
        "storage: {accessLogRetentionDays: 3651}",
        "state: {kind: gcs}",
        "state: {bucket: A}",
        "state: {region: ohio}",
      })
  void refuses_what_the_binder_refuses(String line) {
    String key = line.substring(0, line.indexOf(':'));
    String yaml = without(key) + line + "\n";

    assertFalse(bind(yaml).errors().isEmpty(), "the binder accepts " + line);
    assertFalse(validate(ENVIRONMENTS, yaml).isEmpty(), "the schema accepts " + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner: me and you",
        "localAws: false",
        "bucketPrefix: a",
        "network: {}",
        "network: {natGateways: per-zone, interfaceEndpoints: [ssm, ecr.api]}",
        "network: {flowLogRetentionDays: 30}",
        "encryption: {deletionWindowDays: 7}",
        "state: {bucket: acme-state, region: us-east-2}"
      })
  void accepts_what_the_binder_accepts(String line) {
    String yaml = without(line.substring(0, line.indexOf(':'))) + line + "\n";

    assertEquals(List.of(), bind(yaml).errors());
    assertEquals(List.of(), validate(ENVIRONMENTS, yaml));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.0.0", "10.1.0.0/33", "10.1.0.0/15", "10.1.0.0/23"})
  void refuses_a_cidr_block_that_the_binder_refuses(String block) {
    String yaml = ProjectFiles.ENVIRONMENT.replace("10.1.0.0/16", block);

    assertFalse(bind(yaml).errors().isEmpty(), "the binder accepts " + block);
    assertFalse(validate(ENVIRONMENTS, yaml).isEmpty(), "the schema accepts " + block);
  }

  @ParameterizedTest
  @ValueSource(strings = {"account", "owner", "regions"})
  void requires_what_the_binder_requires(String key) {
    assertFalse(bind(without(key)).errors().isEmpty());
    assertFalse(validate(ENVIRONMENTS, without(key)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "/properties/protectData/default, true",
    "/properties/network/properties/natGateways/default, per-zone",
    "/properties/network/properties/flowLogRetentionDays/default, 400",
    "/properties/bucketPrefix/default, ''",
    "/properties/account/default, ''",
  })
  void shows_defaults(String pointer, String expected) {
    assertEquals(expected, SCHEMAS.get(ENVIRONMENTS).at(pointer).asText());
  }

  record Rate(@Setting("Share") Double share) {}

  @Test
  void knows_no_type_that_the_binder_cannot_read() {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> SettingsSchema.of(Rate.class));

    assertEquals("settings cannot hold a java.lang.Double", refused.getMessage());
  }

  private static String without(String key) {
    return ProjectFiles.ENVIRONMENT.replaceAll("(?m)^" + key + ":.*\n(  .*\n)*", "");
  }

  private static SettingsBinder.Bound<EnvironmentConfig> bind(String yaml) {
    return SettingsBinder.bind(EnvironmentConfig.class, YamlTree.read(yaml));
  }

  private static List<Error> validate(Path directory, String yaml) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SCHEMAS.get(directory))
        .validate(yaml, InputFormat.YAML);
  }
}
