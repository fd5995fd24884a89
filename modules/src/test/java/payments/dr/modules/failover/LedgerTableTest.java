package payments.dr.modules.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTable;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class LedgerTableTest {

  @TempDir static Path outdir;
  @TempDir static Path throwAwayOutdir;

  private static SynthesizedStack synthesized;
  private static JsonNode table;
  private static JsonNode throwAway;

  @BeforeAll
  static void synthesize() {
    synthesized = stack(outdir, true);
    table = synthesized.only(DynamodbTable.TF_RESOURCE_TYPE);
    throwAway = stack(throwAwayOutdir, false).only(DynamodbTable.TF_RESOURCE_TYPE);
  }

  private static SynthesizedStack stack(Path folder, boolean protectData) {
    TestStack test = new TestStack(folder);
    LedgerTable ledger =
        new LedgerTable(
            test.regions().dr(),
            "ledger",
            new LedgerTableProps(
                "dr-ledger-test", test.keys().dr().arn(KeyPurpose.DATA), protectData));
    TerraformOutput.Builder.create(test.stack(), "name").value(ledger.name()).build();
    TerraformOutput.Builder.create(test.stack(), "application")
        .value(PolicyDocument.of(ledger.applicationStatements()))
        .build();
    return test.synthesize();
  }

  @Test
  void it_stands_in_the_dr_region_and_nowhere_else() {
    String address =
        synthesized.resources(DynamodbTable.TF_RESOURCE_TYPE).keySet().iterator().next();

    assertEquals("aws.dr", table.path("provider").asText());
    assertEquals("dr-ledger-test", table.path("name").asText());
    assertEquals("${" + address + ".name}", synthesized.json().at("/output/name/value").asText());
    assertFalse(table.has("replica"));
    assertFalse(table.has("stream_enabled"));
    assertEquals(0, synthesized.resources("aws_dynamodb_table_replica").size());
  }

  @Test
  void an_entry_is_named_by_what_it_is_about_and_which_one_it_is() {
    assertEquals("entity", table.path("hash_key").asText());
    assertEquals("entry", table.path("range_key").asText());
    assertEquals(
        "[{\"name\":\"entity\",\"type\":\"S\"},{\"name\":\"entry\",\"type\":\"S\"}]",
        table.path("attribute").toString());
  }

  @Test
  void nothing_in_it_is_lost_or_expires() {
    assertTrue(table.at("/point_in_time_recovery/enabled").asBoolean());
    assertFalse(table.has("ttl"));
    assertEquals("PAY_PER_REQUEST", table.path("billing_mode").asText());
  }

  @Test
  void applications_may_read_the_entry_that_stops_them_and_nothing_else() {
    JsonNode statements =
        SynthesizedStack.embedded(synthesized.json().at("/output/application/value"))
            .path("Statement");

    assertEquals(1, statements.size());
    assertEquals("\"dynamodb:GetItem\"", statements.get(0).path("Action").toString());
    assertTrue(statements.get(0).path("Resource").asText().endsWith(":table/dr-ledger-test"));
    assertEquals(
        "{\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":\"WRITES\"}}",
        statements.get(0).path("Condition").toString());
  }

  @Test
  void it_lies_under_the_data_key_of_its_region() {
    assertTrue(table.at("/server_side_encryption/enabled").asBoolean());
    assertTrue(
        table.at("/server_side_encryption/kms_key_arn").asText().contains("dr_encryption_data_"));
  }

  @Test
  void only_a_throw_away_one_may_be_deleted() {
    assertTrue(table.path("deletion_protection_enabled").asBoolean());
    assertTrue(table.at("/lifecycle/prevent_destroy").asBoolean());
    assertFalse(throwAway.path("deletion_protection_enabled").asBoolean());
    assertFalse(throwAway.at("/lifecycle/prevent_destroy").asBoolean());
  }
}
