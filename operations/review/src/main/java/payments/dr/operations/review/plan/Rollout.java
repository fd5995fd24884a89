package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which generations of the database a stack deploys, which of them is active and which may leave,
 * as its outputs tell it.
 */
public record Rollout(SortedSet<String> deployed, String active, Optional<String> retiring) {

  /**
   * @param outputs by name, changed or not
   * @param when {@code before} or {@code after}
   * @return empty for a stack without databases
   */
  static Optional<Rollout> of(JsonNode outputs, String when) {
    String active = outputs.path("activeDatabase").path(when).asText("");
    if (active.isEmpty()) {
      return Optional.empty();
    }
    SortedSet<String> deployed = new TreeSet<>();
    outputs.path("deployedDatabases").path(when).forEach(it -> deployed.add(it.asText()));
    if (deployed.isEmpty()) {
      // Applied before there could be more than one.
      deployed.add(active);
    }
    return Optional.of(
        new Rollout(
            deployed,
            active,
            Optional.ofNullable(outputs.path("retiringDatabase").path(when).textValue())));
  }

  /**
   * Returns what operators call the state: {@code v1 only}, {@code both, on v1} or {@code retiring
   * v1}.
   */
  public String state() {
    if (retiring.isPresent()) {
      return "retiring " + retiring.get();
    }
    return switch (deployed.size()) {
      case 1 -> active + " only";
      case 2 -> "both, on " + active;
      default -> String.join(", ", deployed) + ", on " + active;
    };
  }

  public boolean deploys(String generation) {
    return deployed.contains(generation);
  }

  /**
   * Returns the states that one edit leads to. One thing happens at a time: a generation comes,
   * traffic moves, a generation loses its protection or gets it back, a generation without it goes.
   *
   * @param known every generation that there can be
   */
  public List<Rollout> next(Collection<String> known) {
    if (retiring.isPresent()) {
      return List.of(
          new Rollout(without(retiring.get()), active, Optional.empty()),
          new Rollout(deployed, active, Optional.empty()));
    }
    List<Rollout> next = new ArrayList<>();
    for (String generation : new TreeSet<>(known)) {
      if (!deploys(generation)) {
        next.add(new Rollout(with(generation), active, retiring));
      } else if (!generation.equals(active)) {
        next.add(new Rollout(deployed, generation, retiring));
        next.add(new Rollout(deployed, active, Optional.of(generation)));
      }
    }
    return next;
  }

  private SortedSet<String> with(String generation) {
    SortedSet<String> more = new TreeSet<>(deployed);
    more.add(generation);
    return more;
  }

  private SortedSet<String> without(String generation) {
    SortedSet<String> fewer = new TreeSet<>(deployed);
    fewer.remove(generation);
    return fewer;
  }
}
