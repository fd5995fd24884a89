package payments.dr.configuration.measurement;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/**
 * What drills in one environment have measured, which replaces what is assumed. It says where it
 * comes from, so that a copy is not taken for those of another environment.
 */
public record Measurements(
    @Setting("Environment that was measured: the file's own name") String environment,
    @Setting("Id of the account that was measured: 12 digits in quotes") String account,
    @Setting("What was measured: AWS itself, or the local AWS") Kind kind,
    @Setting("Each figure once") List<Measurement> figures) {

  /** What the drills ran on. */
  public enum Kind {
    AWS,
    EMULATED
  }

  public Measurements {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (figures != null) {
      figures = List.copyOf(figures);
      Set<DrillFigure> seen = EnumSet.noneOf(DrillFigure.class);
      figures.stream()
          .map(Measurement::figure)
          .filter(figure -> !seen.add(figure))
          .forEach(figure -> errors.add("figures", "name each figure once", figure.word()));
    }
    errors.throwIfAny();
  }

  public boolean has(DrillFigure figure) {
    return figure(figure).isPresent();
  }

  Optional<Figure> figure(DrillFigure figure) {
    return figures.stream()
        .filter(measured -> measured.figure() == figure)
        .map(found -> Figure.measured(found.seconds(), source(found)))
        .findFirst();
  }

  private String source(Measurement found) {
    String source = found.figure().word() + " of " + found.date();
    return kind == Kind.AWS ? source : source + ", emulated";
  }
}
