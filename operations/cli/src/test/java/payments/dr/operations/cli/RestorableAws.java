package payments.dr.operations.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.aws.LocalAws;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What restores need of environment {@code local}: a writer and a session table in the primary
 * Region, vaults, keys and ground in both. It has the names that Terraform gives, and is made in
 * seconds.
 */
final class RestorableAws {

  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";
  private static final String ENGINE = "aurora-postgresql";
  private static final String VERSION = "17.7";
  private static final String CLUSTER = "primary-db-cluster-v2-local";
  private static final String ROLE = "arn:aws:iam::123456789012:role/backup-role-local";
  private static final String SESSIONS = "session-table-v2-local";

  private RestorableAws() {}

  static void make(LocalAws aws, String password) {
    ground(aws, PRIMARY, "primary");
    ground(aws, DR, "dr");
    role(aws);
    client(aws, DR, SecretsManagerClient.builder())
        .createSecret(request -> request.name("db-password-v2-local").secretString(password));
    writer(aws, password);
    DynamoDbClient dynamoDb = client(aws, PRIMARY, DynamoDbClient.builder());
    dynamoDb.createTable(
        request ->
            request
                .tableName(SESSIONS)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName("sessionId")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("sessionId")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    dynamoDb.putItem(
        request ->
            request.tableName(SESSIONS).item(Map.of("sessionId", AttributeValue.fromS("one"))));
  }

  private static void ground(LocalAws aws, String region, String role) {
    JsonNode key = kms(aws, region, "CreateKey", "{}").path("KeyMetadata");
    for (String purpose : List.of("data", "backup")) {
      kms(
          aws,
          region,
          "CreateAlias",
          "{\"AliasName\":\"alias/%s-%s-local\",\"TargetKeyId\":\"%s\"}"
              .formatted(role, purpose, key.path("KeyId").asText()));
    }
    ask(
        aws,
        region,
        JsonRequest.put(
            "backup",
            "CreateBackupVault",
            "/backup-vaults/%s-backup-vault-local".formatted(role),
            "{\"EncryptionKeyArn\":\"%s\"}".formatted(key.path("Arn").asText())));
    Ec2Client ec2 = client(aws, region, Ec2Client.builder());
    String vpc = ec2.createVpc(request -> request.cidrBlock("10.9.0.0/16")).vpc().vpcId();
    List<String> subnets =
        List.of("a", "b").stream()
            .map(
                zone ->
                    ec2.createSubnet(
                            request ->
                                request
                                    .vpcId(vpc)
                                    .cidrBlock("10.9.%d.0/24".formatted(zone.charAt(0) - 'a'))
                                    .availabilityZone(region + zone))
                        .subnet()
                        .subnetId())
            .toList();
    ec2.createSecurityGroup(
        request -> request.vpcId(vpc).groupName(role + "-db-sg-v2-local").description("database"));
    RdsClient rds = client(aws, region, RdsClient.builder());
    rds.createDBSubnetGroup(
        request ->
            request
                .dbSubnetGroupName(role + "-db-subnets-v2-local")
                .dbSubnetGroupDescription("database tier")
                .subnetIds(subnets));
    rds.createDBClusterParameterGroup(
        request ->
            request
                .dbClusterParameterGroupName(role + "-db-params-v2-local")
                .dbParameterGroupFamily("aurora-postgresql17")
                .description("parameters"));
  }

  private static void role(LocalAws aws) {
    IamClient iam = client(aws, "aws-global", IamClient.builder());
    iam.createRole(
        request ->
            request
                .roleName("backup-role-local")
                .assumeRolePolicyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"backup.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"));
    for (String purpose : new String[] {"Backup", "Restores"}) {
      iam.attachRolePolicy(
          request ->
              request
                  .roleName("backup-role-local")
                  .policyArn(
                      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor"
                          + purpose));
    }
  }

  private static void writer(LocalAws aws, String password) {
    RdsClient rds = client(aws, PRIMARY, RdsClient.builder());
    rds.createGlobalCluster(
        request ->
            request
                .globalClusterIdentifier("global-db-v2-local")
                .engine(ENGINE)
                .engineVersion(VERSION)
                .databaseName("paymentsdb"));
    rds.createDBCluster(
        request ->
            request
                .dbClusterIdentifier(CLUSTER)
                .globalClusterIdentifier("global-db-v2-local")
                .engine(ENGINE)
                .engineVersion(VERSION)
                .port(6432)
                .masterUsername("dbadmin")
                .masterUserPassword(password)
                .databaseName("paymentsdb"));
    rds.createDBInstance(
        request ->
            request
                .dbInstanceIdentifier("primary-db-instance-v2-0-local")
                .dbClusterIdentifier(CLUSTER)
                .engine(ENGINE)
                .dbInstanceClass("db.r6g.large"));
  }

  /** Returns the ARN of a recovery point in the primary Region. */
  static String backedUp(LocalAws aws, String service, String resource) {
    return ask(
            aws,
            PRIMARY,
            JsonRequest.put(
                "backup",
                "StartBackupJob",
                "/backup-jobs",
                "{\"BackupVaultName\":\"primary-backup-vault-local\",\"ResourceArn\":\"arn:aws:%s:us-east-1:123456789012:%s\",\"IamRoleArn\":\"%s\",\"Lifecycle\":{\"DeleteAfterDays\":30}}"
                    .formatted(service, resource, ROLE)))
        .path("RecoveryPointArn")
        .asText();
  }

  /** Returns the ARN of a recovery point's copy in the DR Region. */
  static String copied(LocalAws aws, String point) {
    String job =
        ask(
                aws,
                PRIMARY,
                JsonRequest.put(
                    "backup",
                    "StartCopyJob",
                    "/copy-jobs",
                    "{\"RecoveryPointArn\":\"%s\",\"SourceBackupVaultName\":\"primary-backup-vault-local\",\"DestinationBackupVaultArn\":\"arn:aws:backup:us-east-2:123456789012:backup-vault:dr-backup-vault-local\",\"IamRoleArn\":\"%s\"}"
                        .formatted(point, ROLE)))
            .path("CopyJobId")
            .asText();
    return ask(aws, PRIMARY, JsonRequest.get("backup", "DescribeCopyJob", "/copy-jobs/" + job))
        .at("/CopyJob/DestinationRecoveryPointArn")
        .asText();
  }

  static void deleteSessions(LocalAws aws) {
    client(aws, PRIMARY, DynamoDbClient.builder())
        .deleteTable(request -> request.tableName(SESSIONS));
  }

  static List<String> tables(LocalAws aws, String region) {
    return client(aws, region, DynamoDbClient.builder()).listTables().tableNames();
  }

  private static JsonNode kms(LocalAws aws, String region, String operation, String body) {
    return ask(aws, region, JsonRequest.post("kms", "TrentService", operation, body));
  }

  private static JsonNode ask(LocalAws aws, String region, JsonRequest request) {
    return new JsonCalls(aws.access()).ask(region, request);
  }

  private static <B extends AwsClientBuilder<B, C>, C> C client(
      LocalAws aws, String region, B builder) {
    return aws.access().client(builder.region(Region.of(region)));
  }
}
