package payments.dr.main.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.modules.testing.SynthesizedStack;

class ReferencesTest {

  private final ResolvedReferences references =
      new ResolvedReferences(
          SynthesizedStack.parse(
              """
              {"provider": {"aws": [
                 {"alias": "primary", "region": "us-east-1", "allowed_account_ids": ["1"]},
                 {"alias": "dr", "region": "us-east-2", "allowed_account_ids": ["1"]}]},
               "resource": {
                 "aws_sqs_queue": {"dr_q_0A1B2C3D": {"provider": "aws.dr", "name": "failures"}},
                 "aws_kms_key": {"dr_encryption_data_0A1B2C3D": {"provider": "aws.dr"}},
                 "aws_rds_cluster": {"dr_aurora_0A1B2C3D": {"provider": "aws.dr"}},
                 "aws_s3_bucket": {"dr_b_0A1B2C3D": {"provider": "aws.dr", "bucket": "objects"}},
                 "aws_dynamodb_table": {
                   "primary_t_0A1B2C3D": {"provider": "aws.primary", "name": "sessions"}},
                 "aws_dynamodb_table_replica": {"dr_r_0A1B2C3D": {"provider": "aws.dr",
                   "global_table_arn": "${aws_dynamodb_table.primary_t_0A1B2C3D.arn}"}},
                 "aws_lambda_function": {
                   "dr_f_0A1B2C3D": {"provider": "aws.dr", "function_name": "failover"}},
                 "aws_lambda_alias": {"dr_a_0A1B2C3D": {"provider": "aws.dr", "name": "live",
                   "function_name": "${aws_lambda_function.dr_f_0A1B2C3D.function_name}"}},
                 "aws_eip": {"dr_e_0A1B2C3D": {"provider": "aws.dr"}}}}"""));

  @ParameterizedTest
  @CsvSource({
    "aws_sqs_queue.dr_q_0A1B2C3D.arn, arn:aws:sqs:us-east-2:1:failures",
    "aws_sqs_queue.dr_q_0A1B2C3D.name, failures",
    "aws_kms_key.dr_encryption_data_0A1B2C3D.arn, arn:aws:kms:us-east-2:1:key/dr-encryption-data",
    "aws_rds_cluster.dr_aurora_0A1B2C3D.cluster_resource_id, cluster-dr-aurora",
    "aws_s3_bucket.dr_b_0A1B2C3D.id, objects",
    "aws_dynamodb_table_replica.dr_r_0A1B2C3D.arn, arn:aws:dynamodb:us-east-2:1:table/sessions",
    "aws_lambda_alias.dr_a_0A1B2C3D.arn, arn:aws:lambda:us-east-2:1:function:failover:live"
  })
  void reference_becomes_what_its_resource_is_named(String reference, String value) {
    assertEquals(value + "/x", references.resolve("${" + reference + "}/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "aws_eip.dr_e_0A1B2C3D.arn, the ARN of aws_eip.dr_e_0A1B2C3D",
    "aws_eip.gone.arn, no resource aws_eip.gone",
    "aws_eip.dr_e_0A1B2C3D.public_ip, cannot tell aws_eip.dr_e_0A1B2C3D.public_ip",
    "local.arn, references must be"
  })
  void what_is_not_known_is_not_guessed(String reference, String message) {
    String said =
        assertThrows(AssertionError.class, () -> references.resolve("${" + reference + "}"))
            .getMessage();

    assertTrue(said.startsWith(message), said);
  }

  @Test
  void region_is_its_providers() {
    assertEquals("us-east-1", references.region("aws_dynamodb_table.primary_t_0A1B2C3D"));
  }
}
