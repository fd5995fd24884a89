package payments.dr.operations.ledger;

import payments.dr.operations.aws.AwsAccess;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The ledger's table as the stack makes it. */
public final class LedgerTable {

  public static final String REGION = "us-east-2";

  private LedgerTable() {}

  /** Patient: the machine of a test may be busy. */
  public static DynamoDbClient client(AwsAccess aws) {
    return aws.client(DynamoDbClient.builder().region(Region.of(REGION)));
  }

  public static void create(DynamoDbClient client, String name) {
    client.createTable(
        request ->
            request
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("entity", KeyType.HASH), key("entry", KeyType.RANGE))
                .attributeDefinitions(attribute("entity"), attribute("entry")));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
