package payments.dr.compliance.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource({
    "*, false",
    "*:*, false",
    "arn:*, false",
    "arn:aws:*, false",
    "arn:aws:iam::*, false",
    "arn:aws:iam::*:*, false",
    "arn:aws:iam::*:role/*, false",
    "arn:aws:s3:::*, false",
    "arn:aws:s3:::ledger/*, true",
    "arn:aws:sns:us-east-1:*:alerts, true",
    "arn:aws:iam::123456789012:*, true",
    "123456789012, true"
  })
  void value_that_names_neither_an_account_nor_a_resource_narrows_nothing(
      String value, boolean narrows) {
    assertEquals(
        narrows, new Condition("ArnLike", "aws:sourcearn", Set.of(value)).narrows(), value);
  }
}
