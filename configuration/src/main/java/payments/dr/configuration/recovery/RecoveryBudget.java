package payments.dr.configuration.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import payments.dr.configuration.measurement.Figure;
import payments.dr.configuration.measurement.Figure.Basis;

/**
 * The worst-case recovery time, term by term in the order in which they pass: from the moment at
 * which the primary Region serves no more to the moment at which the DR Region serves everybody.
 */
public record RecoveryBudget(List<Term> terms) {

  /** What is left of the Region that serves no more. */
  public enum Left {
    /** Nothing answers: connections to it break by themselves. */
    NOTHING,
    /** Its load balancer answers, as when the database is lost: clients keep their connections. */
    LOAD_BALANCER
  }

  /**
   * One stretch of time.
   *
   * @param basis the weakest basis among its figures
   * @param source of each figure
   */
  public record Term(String name, int seconds, Basis basis, String source) {}

  public static RecoveryBudget of(RecoveryFigures figures, Left left) {
    boolean answers = left == Left.LOAD_BALANCER;
    Detection detection = figures.detection();
    Figure tick = figures.tick();
    return new RecoveryBudget(
        List.of(
            term("detect", detection.seconds(), detection.figures().toArray(Figure[]::new)),
            term("notice the fault", tick.value(), tick),
            term("confirm", wholeTicks(figures.confirm().value(), tick), figures.confirm(), tick),
            term("start the controller", figures.controllerStart()),
            term("approve", figures.approval()),
            term(
                "stop old writes",
                wholeTicks(
                    Math.max(figures.prepareCap().value(), figures.leaseWait().value()), tick),
                figures.prepareCap(),
                figures.leaseWait(),
                tick),
            written(figures),
            arrival(figures, answers)));
  }

  /** Until the DR Region writes: its database may, and then the lease says so. */
  private static Term written(RecoveryFigures figures) {
    Figure promote = figures.promote();
    Figure grant = figures.leaseGrant();
    return grant.value() == 0
        ? term("promote", promote)
        : term("promote", promote.value() + grant.value(), promote, grant);
  }

  /** Customers leave as soon as RDS shows the promotion as begun; what they take longer counts. */
  private static Term arrival(RecoveryFigures figures, boolean answers) {
    List<Figure> way = new ArrayList<>();
    way.add(figures.underWay());
    way.add(figures.tick());
    way.add(figures.put());
    way.add(figures.latchSet());
    way.add(figures.dnsTtl());
    Figure leave = figures.reconnect();
    if (answers && figures.keepAlive().value() > leave.value()) {
      leave = figures.keepAlive();
    }
    way.add(leave);
    int seconds = way.stream().mapToInt(Figure::value).sum();
    return term(
        "wait for customers",
        Math.max(0, seconds - written(figures).seconds()),
        way.toArray(Figure[]::new));
  }

  public int seconds() {
    return terms.stream().mapToInt(Term::seconds).sum();
  }

  public boolean keeps(int targetSeconds) {
    return seconds() <= targetSeconds;
  }

  /** Returns the terms that most is to be gained from. */
  public List<Term> largest(int count) {
    return terms.stream()
        .sorted(Comparator.comparingInt(Term::seconds).reversed())
        .limit(count)
        .toList();
  }

  private static Term term(String name, Figure figure) {
    return term(name, figure.value(), figure);
  }

  private static Term term(String name, int seconds, Figure... figures) {
    Basis weakest =
        Arrays.stream(figures).map(Figure::basis).max(Comparator.naturalOrder()).orElseThrow();
    String source =
        Arrays.stream(figures).map(Figure::source).distinct().collect(Collectors.joining("; "));
    return new Term(name, seconds, weakest, source);
  }

  /** What happens on ticks only takes until the next one. */
  private static int wholeTicks(int seconds, Figure tick) {
    return (seconds + tick.value() - 1) / tick.value() * tick.value();
  }
}
