package payments.dr.operations.doctor.deployment;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.measurement.Measurement;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * How long ago a failover was rehearsed, by the measurements that drills leave in the project.
 *
 * @param measurements of the environment
 */
public record LastDrill(String environment, Optional<Measurements> measurements, LocalDate today)
    implements Check {

  /** Half a year. */
  private static final int OLDEST_DAYS = 183;

  @Override
  public String name() {
    return "last drill";
  }

  @Override
  public String where() {
    return "global";
  }

  @Override
  public List<Permission> permissions() {
    return List.of();
  }

  @Override
  public Result ask(Clients aws) {
    String drill = "rehearse a failover: ./dr drill " + environment;
    return measurements
        .flatMap(all -> all.figures().stream().map(Measurement::day).max(Comparator.naturalOrder()))
        .map(day -> judge(day, drill))
        .orElseGet(() -> Result.attention("none measured in main/measurements", drill));
  }

  private Result judge(LocalDate day, String drill) {
    long days = ChronoUnit.DAYS.between(day, today);
    String found = "%s, %d days ago".formatted(day, days);
    return days <= OLDEST_DAYS ? Result.ok(found) : Result.attention(found, drill);
  }
}
