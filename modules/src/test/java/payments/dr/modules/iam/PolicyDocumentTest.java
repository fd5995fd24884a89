package payments.dr.modules.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PolicyDocumentTest {

  @Test
  void lists_of_one_are_plain_texts_as_aws_stores_them() {
    assertEquals(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Read\",\"Effect\":\"Allow\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::bucket/*\"}]}",
        PolicyDocument.of(
            Statement.allow("Read").actions("s3:GetObject").on("arn:aws:s3:::bucket/*")));
  }

  @Test
  void lists_keep_the_order_they_were_given_in() {
    assertEquals(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Write\",\"Effect\":\"Allow\","
            + "\"Action\":[\"s3:PutObject\",\"s3:AbortMultipartUpload\"],"
            + "\"Resource\":[\"b\",\"a\"]}]}",
        PolicyDocument.of(
            Statement.allow("Write")
                .actions("s3:PutObject", "s3:AbortMultipartUpload")
                .on("b", "a")));
  }

  @Test
  void everybody_is_written_without_a_kind() {
    assertEquals(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"No\",\"Effect\":\"Deny\","
            + "\"Principal\":\"*\",\"Action\":\"sns:Publish\"}]}",
        PolicyDocument.of(Statement.deny("No").toAws("*").actions("sns:Publish")));
  }

  @Test
  void services_and_accounts_stand_side_by_side() {
    assertEquals(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Both\",\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":[\"a.amazonaws.com\",\"b.amazonaws.com\"],"
            + "\"AWS\":\"arn:aws:iam::1:root\"},\"Action\":\"sts:AssumeRole\"}]}",
        PolicyDocument.of(
            Statement.allow("Both")
                .toService("a.amazonaws.com", "b.amazonaws.com")
                .toAws("arn:aws:iam::1:root")
                .actions("sts:AssumeRole")));
  }

  @Test
  void conditions_of_one_operator_are_joined() {
    assertEquals(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"If\",\"Effect\":\"Allow\","
            + "\"Action\":\"kms:Decrypt\",\"Condition\":{\"StringEquals\":{\"a\":\"1\","
            + "\"b\":[\"2\",\"3\"]},\"Bool\":{\"c\":\"true\"}}}]}",
        PolicyDocument.of(
            Statement.allow("If")
                .actions("kms:Decrypt")
                .when("StringEquals", "a", "1")
                .when("Bool", "c", "true")
                .when("StringEquals", "b", "2", "3")));
  }

  @Test
  void a_statement_is_not_changed_by_what_is_made_of_it() {
    Statement statement = Statement.allow("Read").actions("s3:GetObject");
    String before = PolicyDocument.of(statement);

    statement.on("*").when("Bool", "a", "true").toAws("*");

    assertEquals(before, PolicyDocument.of(statement));
  }
}
