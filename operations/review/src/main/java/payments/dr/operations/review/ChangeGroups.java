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

  /** By capability and Region, such as {@code database dr}. */
  private final Map<String, Group> groups = new TreeMap<>();

  private final List<ResourceChange> unknownTypes = new ArrayList<>();

  ChangeGroups(List<ResourceChange> changes) {
    for (ResourceChange change : changes) {
      if (change.managed() && change.action() != Action.NO_OP) {
        ResourceLocation place = ResourceLocation.of(change.name());
        groups
            .computeIfAbsent(
                place.capability() + " " + place.region(),
                key -> new Group(place.capability(), place.region(), new ArrayList<>()))
            .changes()
            .add(change);
        if (!ResourceTypes.isKnown(change.type())) {
          unknownTypes.add(change);
        }
      }
    }
  }

  /** One for each capability and Region. */
  List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /** Changes that no rule was made for. */
  List<ResourceChange> unknownTypes() {
    return unknownTypes;
  }

  int total(Action action) {
    return groups.values().stream().mapToInt(group -> group.counts().getOrDefault(action, 0)).sum();
  }

  /** What changes in one place. */
  record Group(String capability, String region, List<ResourceChange> changes) {

    Map<Action, Integer> counts() {
      Map<Action, Integer> counts = new EnumMap<>(Action.class);
      changes.forEach(change -> counts.merge(change.action(), 1, Integer::sum));
      return counts;
    }
  }
}
