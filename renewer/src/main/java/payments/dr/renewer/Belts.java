package payments.dr.renewer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The belts of the databases that a parameter names, asked for once a minute: a generation that is
 * added later is opened, too, without a new instance. What was known stays while nobody answers.
 */
final class Belts implements Supplier<List<? extends Belt>> {

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Supplier<String> parameter;
  private final Function<Database, PostgresBelt> open;
  private final InstantSource clock;
  private final JsonLog log;
  private final Map<Database, PostgresBelt> known = new LinkedHashMap<>();
  private Instant asked = Instant.MIN;

  /**
   * Makes them without asking yet.
   *
   * @param parameter value of the parameter; may throw {@link SdkException}
   */
  Belts(
      Supplier<String> parameter,
      Function<Database, PostgresBelt> open,
      InstantSource clock,
      JsonLog log) {
    this.parameter = parameter;
    this.open = open;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public List<? extends Belt> get() {
    if (known.isEmpty() || !clock.instant().isBefore(asked.plus(EVERY))) {
      ask();
      asked = clock.instant();
    }
    return List.copyOf(known.values());
  }

  private void ask() {
    try {
      List<Database> told = Database.parse(parameter.get());
      known.keySet().stream().filter(it -> !told.contains(it)).toList().forEach(this::leave);
      told.forEach(database -> known.computeIfAbsent(database, open));
    } catch (SdkException | IllegalArgumentException e) {
      log.line("databases", "not known anew: " + e.getMessage());
    }
  }

  private void leave(Database database) {
    known.remove(database).close();
  }
}
