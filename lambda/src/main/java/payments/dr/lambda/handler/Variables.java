package payments.dr.lambda.handler;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads environment variables and remembers every fault, so that one start tells them all. What has
 * a fault is read as null, which nobody sees: {@link #throwIfAny} comes before.
 */
final class Variables {

  private final Map<String, String> values;
  private final List<String> faults = new ArrayList<>();

  Variables(Map<String, String> values) {
    this.values = values;
  }

  String text(String name) {
    return read(name, "be set", Function.identity());
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * @param min least that is allowed
   */
  int number(String name, int min) {
    Integer number =
        read(
            name,
            "be a whole number of at least " + min,
            value -> between(min, Integer.MAX_VALUE, value));
    return number == null ? 0 : number;
  }

  Duration seconds(String name) {
    return Duration.ofSeconds(number(name, 0));
  }

  <E extends Enum<E>> E choice(String name, Map<String, E> choices) {
    return read(name, "be one of " + String.join(", ", choices.keySet()), choices::get);
  }

  URI url(String name) {
    return read(
        name,
        "be a URL that starts with https:// or http://",
        value -> {
          URI url = URI.create(value);
          return url.getHost() != null && url.getScheme().matches("https?") ? url : null;
        });
  }

  /** Names or addresses, with {@code :port} where it is not the usual one. */
  List<String> servers(String name) {
    return read(
        name,
        "be one or more host or host:port, separated by commas",
        value -> {
          List<String> servers = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
          return servers.stream().allMatch(it -> it.matches("[^:\\s]+(:\\d{1,5})?"))
              ? servers
              : null;
        });
  }

  /** Something of each database generation, such as {@code v1=a,v2=b}. */
  Map<String, String> byGeneration(String name) {
    Map<String, String> pairs =
        read(
            name,
            "be generation=value, separated by commas, each generation once",
            Variables::pairs);
    return pairs == null ? Map.of() : pairs;
  }

  /**
   * The same for what each deployed generation must have; only what has no fault.
   *
   * @param deployed generations in the keys
   * @param parser answers null for what is not allowed, having told so
   */
  <T> Map<String, T> ofEach(
      Map<String, String> deployed, String name, BiFunction<String, String, T> parser) {
    Map<String, String> given = byGeneration(name);
    boolean bothRead = !given.isEmpty() && !deployed.isEmpty();
    if (bothRead && !given.keySet().equals(deployed.keySet())) {
      faults.add(
          "%s must name the generations of GLOBAL_CLUSTERS (%s), got (%s)"
              .formatted(
                  name, String.join(", ", deployed.keySet()), String.join(", ", given.keySet())));
    }
    Map<String, T> parsed = new LinkedHashMap<>();
    given.forEach(
        (generation, value) -> {
          T good = parser.apply(name, value);
          if (good != null) {
            parsed.put(generation, good);
          }
        });
    return parsed;
  }

  Integer port(String name, String value) {
    Integer port = parse(value, text -> between(1, 65535, text));
    if (port == null) {
      faults.add("%s must be a port from 1 to 65535, got \"%s\"".formatted(name, value));
    }
    return port;
  }

  /**
   * @throws IllegalArgumentException with all faults, one a line
   */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "environment variables of the function have %d faults:%n%s"
              .formatted(faults.size(), String.join(System.lineSeparator(), faults)));
    }
  }

  /** A value that the parser throws for or answers null to is not allowed. */
  private <T> T read(String name, String allowed, Function<String, T> parser) {
    Optional<String> given = optional(name);
    if (given.isEmpty()) {
      faults.add("%s must %s, got nothing".formatted(name, allowed));
      return null;
    }
    T parsed = parse(given.get(), parser);
    if (parsed == null) {
      faults.add("%s must %s, got \"%s\"".formatted(name, allowed, given.get()));
    }
    return parsed;
  }

  private static Map<String, String> pairs(String value) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : value.split(",", -1)) {
      String[] parts = pair.strip().split("=", -1);
      if (parts.length != 2
          || parts[0].isEmpty()
          || parts[1].isEmpty()
          || pairs.put(parts[0], parts[1]) != null) {
        return null;
      }
    }
    return pairs;
  }

  private static Integer between(int min, int max, String value) {
    int number = Integer.parseInt(value);
    return number < min || number > max ? null : number;
  }

  private static <T> T parse(String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
