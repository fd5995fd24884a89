package payments.dr.operations.review;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;
import payments.dr.operations.review.rules.ResourceTypes;

/** The changes of a plan by where they belong. */
final class ChangeGroups {

  /** Such as {@code database (dr)}; with how many resources are created, updated and so on. */
  private final Map<String, Map<Action, Integer>> counts = new TreeMap<>();

  private final List<ResourceChange> unknownTypes = new ArrayList<>();

  ChangeGroups(List<ResourceChange> changes) {
    for (ResourceChange change : changes) {
      if (change.managed() && change.action() != Action.NO_OP) {
        ResourceLocation place = ResourceLocation.of(change.name());
        counts
            .computeIfAbsent(
                place.capability() + "\t" + place.region(), key -> new EnumMap<>(Action.class))
            .merge(change.action(), 1, Integer::sum);
        if (!ResourceTypes.isKnown(change.type())) {
          unknownTypes.add(change);
        }
      }
    }
  }

  /** One row for each capability and Region. */
  List<Row> rows() {
    return counts.entrySet().stream()
        .map(
            group -> {
              String[] place = group.getKey().split("\t");
              return new Row(place[0], place[1], group.getValue());
            })
        .toList();
  }

  /** Changes that no rule was made for. */
  List<ResourceChange> unknownTypes() {
    return unknownTypes;
  }

  int total(Action action) {
    return counts.values().stream().mapToInt(group -> group.getOrDefault(action, 0)).sum();
  }

  /** How often each action happens in one place. */
  record Row(String capability, String region, Map<Action, Integer> counts) {

    int count(Action action) {
      return counts.getOrDefault(action, 0);
    }
  }
}
