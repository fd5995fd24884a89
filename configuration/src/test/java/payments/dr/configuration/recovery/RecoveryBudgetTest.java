package payments.dr.configuration.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static payments.dr.configuration.measurement.Figure.assumed;
import static payments.dr.configuration.measurement.Figure.configured;
import static payments.dr.configuration.measurement.Figure.measured;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.measurement.Figure.Basis;
import payments.dr.configuration.recovery.RecoveryBudget.Left;
import payments.dr.configuration.recovery.RecoveryBudget.Term;
import payments.dr.configuration.settings.SettingsFactory;

class RecoveryBudgetTest {

  private static final int TARGET_SECONDS = 300;
  private static final int NO_LEASE = 0;

  /** TTL and margin of a lease whose holder lives on. */
  private static final int LEASE = 35;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "recommended,                     10, 0,   0,  5, 25, 3, 10, 120, 10,  20,   0, 210, 235",
    "promotion takes 180 s,           10, 0,   0,  5, 25, 3, 10, 180, 10,  20,   0, 270, 295",
    "alias record with its TTL of 60, 10, 0,   0,  5, 25, 3, 10, 120, 10,  60,   0, 210, 235",
    "checks every 30 s,               30, 0,   0,  5, 25, 3, 10, 120, 30,  20,   0, 270, 295",
    "alarm of 60 s x 3 required,      10, 60,  3,  5, 25, 3, 10, 120, 10,  20,   0, 463, 488",
    "latch through a metric,          10, 0,   0,  5, 25, 3, 10, 120, 120, 20,   0, 266, 291",
    "one tick a minute,               10, 0,   0, 60, 25, 3, 10, 120, 10,  20,   0, 351, 351",
    "a human approves within 300 s,   10, 0,   0,  5, 25, 3, 10, 120, 10,  20, 300, 510, 535",
    "30 s checks with alarm and alias,30, 60,  1, 60,  0, 6,  0, 120, 30,  60,   0, 427, 487",
  })
  void worst_case_of_each_configuration(
      String name,
      int interval,
      int alarmPeriod,
      int alarmEvaluations,
      int tick,
      int confirm,
      int start,
      int prepareCap,
      int promote,
      int latchInterval,
      int dnsTtl,
      int approval,
      int withoutLease,
      int withLease) {
    for (int leaseWait : new int[] {NO_LEASE, LEASE}) {
      RecoveryBudget budget =
          RecoveryBudget.of(
              new RecoveryFigures(
                  detection(interval, alarmPeriod, alarmEvaluations),
                  assumed(tick, "tick"),
                  configured(confirm, "confirm"),
                  assumed(start, "start"),
                  assumed(approval, "approval"),
                  configured(prepareCap, "prepareCap"),
                  configured(leaseWait, "lease"),
                  configured(0, "grant"),
                  assumed(promote, "promotion"),
                  assumed(10, "begin"),
                  assumed(1, "put"),
                  assumed(latchInterval + 5, "latch"),
                  configured(dnsTtl, "ttl"),
                  assumed(15, "reconnect"),
                  configured(60, "keep-alive")),
              Left.NOTHING);
      int expected = leaseWait == NO_LEASE ? withoutLease : withLease;
      assertEquals(expected, budget.seconds(), name + ": " + budget);
      assertEquals(expected <= TARGET_SECONDS, budget.keeps(TARGET_SECONDS));
    }
  }

  @Test
  void verdicts_without_a_lease() {
    assertTrue(recommended(120).keeps(TARGET_SECONDS));
    assertEquals(List.of("promote", "detect"), names(recommended(120).largest(2)));
    assertTrue(recommended(210).keeps(TARGET_SECONDS), "the longest promotion that passes");
    assertEquals(301, recommended(211).seconds());
  }

  @Test
  void term_is_as_weak_as_its_weakest_figure() {
    List<Term> terms = recommended(120).terms();

    assertEquals(
        new Term("detect", 47, Basis.ASSUMED, "interval; threshold; aggregation"), terms.get(0));
    assertEquals(new Term("confirm", 25, Basis.ASSUMED, "confirm; tick"), terms.get(2));
    assertEquals(new Term("promote", 120, Basis.MEASURED, "drill"), terms.get(6));
    assertEquals(
        new Term("wait for customers", 0, Basis.ASSUMED, "begin; tick; put; latch; ttl; reconnect"),
        terms.get(7));
  }

  @Test
  void negative_figures_are_refused() {
    assertEquals(
        "figure \"ttl\" must be at least 0, got -1",
        assertThrows(IllegalArgumentException.class, () -> configured(-1, "ttl")).getMessage());
  }

  @Test
  void load_balancer_that_answers_keeps_clients_for_longer() {
    RecoveryBudget budget = recommended(120, Left.LOAD_BALANCER);

    assertEquals(210, budget.seconds());
    assertTrue(
        budget
            .terms()
            .containsAll(
                List.of(
                    new Term(
                        "wait for customers",
                        0,
                        Basis.ASSUMED,
                        "begin; tick; put; latch; ttl; keep-alive"))),
        budget::toString);
    assertEquals(
        150 + 51, recommended(60, Left.LOAD_BALANCER).seconds(), "they come after the writer");
  }

  @ParameterizedTest
  @CsvSource({"NONE, 210", "BEST_EFFORT, 210", "MAJORITY, 251"})
  void lease_by_majority_takes_its_time(LeaseGrade grade, int seconds) {
    RecoveryFigures figures =
        RecoveryFigures.of(
            SettingsFactory.of(FailoverSettings.class, "lease", grade),
            SettingsFactory.of(DnsSettings.class, "domainName", "pay.example.com"),
            SettingsFactory.of(ComputeSettings.class),
            Optional.empty());

    assertEquals(seconds, RecoveryBudget.of(figures, Left.NOTHING).seconds());
    assertEquals(seconds, RecoveryBudget.of(figures, Left.LOAD_BALANCER).seconds());
    assertEquals("failover.lease", figures.leaseWait().source());
    assertEquals("failover.lease", figures.leaseGrant().source());
  }

  private static RecoveryBudget recommended(int promote) {
    return recommended(promote, Left.NOTHING);
  }

  private static RecoveryBudget recommended(int promote, Left left) {
    return RecoveryBudget.of(
        new RecoveryFigures(
            detection(10, 0, 0),
            assumed(5, "tick"),
            configured(25, "confirm"),
            assumed(3, "start"),
            configured(0, "approval"),
            configured(10, "prepareCap"),
            configured(0, "lease"),
            configured(0, "grant"),
            measured(promote, "drill"),
            assumed(10, "begin"),
            assumed(1, "put"),
            assumed(15, "latch"),
            configured(20, "ttl"),
            assumed(15, "reconnect"),
            configured(60, "keep-alive")),
        left);
  }

  private static Detection detection(int interval, int alarmPeriod, int alarmEvaluations) {
    return new Detection(
        configured(interval, "interval"),
        configured(3, "threshold"),
        assumed(5, "aggregation"),
        alarmPeriod == 0
            ? null
            : new Detection.Alarm(
                configured(alarmPeriod, "period"),
                configured(alarmEvaluations, "evaluations"),
                assumed(60, "ingestion")));
  }

  private static List<String> names(List<Term> terms) {
    return terms.stream().map(Term::name).toList();
  }
}
