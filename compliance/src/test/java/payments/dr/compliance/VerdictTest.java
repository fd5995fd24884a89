package payments.dr.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What exceptions excuse, and when they are bad themselves. */
class VerdictTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  private static final String PLACE = "prod.yaml: security.exceptions";

  /** One instance that is public, one that is not. */
  private static final Resources STACK =
      resources(
          "{\"resource\":{\"aws_subnet\":{\"open_1\":{\"map_public_ip_on_launch\":true},"
              + "\"closed_1\":{\"map_public_ip_on_launch\":false}}}}");

  @Test
  void a_violation_without_an_exception_stays() {
    Verdict verdict = verdict(STACK);

    assertEquals(List.of("aws_subnet.open_1"), addresses(verdict.violations()));
    assertEquals(List.of(), verdict.badExceptions());
  }

  @ParameterizedTest
  @CsvSource({"2026-11-25", "2026-12-31", "2027-11-26"})
  void an_exception_excuses_until_its_last_day(String expires) {
    Verdict verdict =
        verdict(STACK, waiver("subnet-gives-public-addresses", "aws_subnet.open_1", expires));

    assertTrue(verdict.isClean(), verdict::toString);
    assertEquals(List.of("aws_subnet.open_1"), addresses(verdict.excused()));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-24", "2027-11-27"})
  void an_exception_counts_for_a_year_at_most(String expires) {
    Verdict verdict =
        verdict(STACK, waiver("subnet-gives-public-addresses", "aws_subnet.open_1", expires));

    assertEquals(List.of("aws_subnet.open_1"), addresses(verdict.violations()));
    assertEquals(
        List.of(PLACE + "[0].expires must be 2026-11-25 to 2027-11-26, got \"" + expires + "\""),
        verdict.badExceptions());
  }

  @Test
  void an_exception_that_nothing_needs_is_bad() {
    assertEquals(
        List.of(
            PLACE
                + "[0] must be removed: aws_subnet.closed_1 keeps rule subnet-gives-public-addresses"),
        verdict(STACK, waiver("subnet-gives-public-addresses", "aws_subnet.closed_1", "2026-12-31"))
            .badExceptions());
  }

  @Test
  void an_exception_of_no_resource_says_which_there_are() {
    assertEquals(
        List.of(
            PLACE
                + "[0].address must be of a resource that rule subnet-gives-public-addresses looks at here"
                + " (aws_subnet.closed_1, aws_subnet.open_1), got \"aws_subnet.opn_1\"",
            PLACE
                + "[1].address must be of a resource that rule metadata-token-optional looks at here (there is none),"
                + " got \"aws_subnet.open_1\""),
        verdict(
                STACK,
                waiver("subnet-gives-public-addresses", "aws_subnet.opn_1", "2026-12-31"),
                waiver("metadata-token-optional", "aws_subnet.open_1", "2026-12-31"))
            .badExceptions());
  }

  @Test
  void an_exception_of_no_rule_is_refused_with_all_rules() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> waiver("subnet-open", "aws_subnet.open_1", "2026-12-31"))
            .getMessage();

    assertTrue(
        message.startsWith("rule must be one of key-not-rotated, key-deletion-window-short, "),
        message);
    assertTrue(message.endsWith(", got \"subnet-open\""), message);
  }

  @Test
  void rules_of_kept_data_leave_throw_away_stacks_and_retiring_generations_alone() {
    Resources stack =
        resources(
            "{\"resource\":{\"aws_dynamodb_table_replica\":{\"dr_database-v1_x\":"
                + "{\"kms_key_arn\":\"k\",\"point_in_time_recovery\":true}}}}");

    assertEquals(1, violations(stack, true, false, Optional.empty()));
    assertEquals(1, violations(stack, true, false, Optional.of("database-v2")));
    assertEquals(0, violations(stack, true, false, Optional.of("database-v1")));
    assertEquals(0, violations(stack, false, false, Optional.empty()));
    assertEquals(0, violations(stack, true, true, Optional.empty()));
  }

  private static int violations(
      Resources stack, boolean keepsData, boolean localAws, Optional<String> retiring) {
    return Rules.violations(stack, new StackKind(keepsData, localAws, retiring)).size();
  }

  private static Resources resources(String json) {
    try {
      return Resources.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Waiver waiver(String rule, String address, String expires) {
    return new Waiver(rule, address, "until the client is mended", LocalDate.parse(expires));
  }

  private static Verdict verdict(Resources stack, Waiver... waivers) {
    return Verdict.of(
        stack,
        new StackKind(true, false, Optional.empty()),
        new Exceptions(List.of(waivers), PLACE, TODAY));
  }

  private static List<String> addresses(List<Violation> violations) {
    return violations.stream().map(Violation::address).toList();
  }
}
