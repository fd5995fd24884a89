package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.environment.ApprovedDestroy;

class ReviewTest {

  private static final String KEY = "aws_kms_key.dr_encryption_data_1A2B3C4D";
  private static final String DELETE = "{'actions': ['delete'], 'before': {'a': 1}, 'after': null}";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  @ParameterizedTest
  @CsvSource({"2026-11-24, needs approval, 2", "2026-11-23, refused, 3"})
  void destroy_is_allowed_until_the_end_of_its_last_day(String expires, String verdict, int code) {
    Review review =
        review(
            List.of(new ApprovedDestroy(KEY, "replaced by the key of 2027", expires)),
            TestPlan.ofProd().with(KEY, DELETE));

    assertEquals(verdict, review.verdictWords());
    assertEquals(code, review.exitCode());
  }

  @Test
  void leave_is_for_one_address_and_for_destroys_only() {
    List<ApprovedDestroy> approval =
        List.of(new ApprovedDestroy(KEY, "replaced by the key of 2027", "2026-12-31"));
    String disable =
        "{'actions': ['update'], 'before': {'is_enabled': true}, 'after': {'is_enabled': false}}";

    assertEquals(3, review(approval, TestPlan.ofProd().with(KEY + "0", DELETE)).exitCode());
    assertEquals(3, review(approval, TestPlan.ofProd().with(KEY, disable)).exitCode());
  }

  @Test
  void leaves_that_are_over_or_of_no_use_are_told() {
    Review review =
        review(
            List.of(
                new ApprovedDestroy(KEY, "replaced by the key of 2027", "2026-01-31"),
                new ApprovedDestroy("aws_vpc.x_1", "moves to another range", "2026-12-31")),
            TestPlan.ofProd());

    assertEquals(
        List.of(
            "approvedDestroys: the approval of `"
                + KEY
                + "` ended on 2026-01-31 and does not count",
            "approvedDestroys: nothing in this plan needs the approval of `aws_vpc.x_1`",
            "`prevent_destroy` was not checked: a plan does not hold it, and the synthesized stack"
                + " is not here (run `make synth`)"),
        review.remarks());
  }

  /** A policy breaks several rules at once; its attributes fill a page. */
  @Test
  void a_change_is_shown_at_the_first_of_its_findings_only() {
    String policy =
        "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"%s\\\","
            + "\\\"Principal\\\":%s,\\\"Action\\\":\\\"kms:*\\\",\\\"Resource\\\":\\\"*\\\"}]}";
    String change =
        "{\"actions\": [\"update\"], \"before\": {\"policy\": \"%s\"}, \"after\": {\"policy\": \"%s\"}}"
            .formatted(
                policy.formatted("Deny", "\\\"*\\\""),
                policy.formatted("Allow", "{\\\"AWS\\\":\\\"999999999999\\\"}"));
    Review review = review(List.of(), TestPlan.ofProd().with(KEY, change));

    String page = ReviewMarkdown.of(review, Room.COMMENT);

    assertTrue(review.findings().size() > 2, page);
    assertEquals(2, page.split("policy.Statement\\[0\\].Effect", -1).length - 1, page);
  }

  /** Markdown makes one list of two that follow each other. */
  @Test
  void the_reason_of_several_addresses_is_none_of_them() {
    String page =
        ReviewMarkdown.of(
            review(List.of(), TestPlan.ofProd().with(KEY, DELETE).with(KEY + "0", DELETE)),
            Room.COMMENT);

    assertTrue(page.contains("is deleted\n\nWhy: the data is gone"), page);
  }

  private static Review review(List<ApprovedDestroy> approved, TestPlan plan) {
    return Review.of(
        new ReviewedStack(
            "payments-dr-prod", TestPlan.BACKEND, true, approved, List.of(), Optional.empty()),
        plan.read(),
        Optional.empty(),
        generation -> Optional.of("nobody was to ask"),
        TODAY);
  }
}
