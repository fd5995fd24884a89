package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import payments.dr.operations.review.plan.Canonical;

/** Which way a value changes; lists count as the same in another order. */
enum Direction {
  ANY {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return true;
    }
  },
  /** Numbers become larger, and nothing else changes. */
  RAISED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      // AWS often takes 0 for no limit at all.
      return before.asDouble() > 0 && LOWERED.leaf(after, before);
    }
  },
  /** As raised, and not by a slip of the hand. */
  RAISED_AT_MOST_TENFOLD {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return RAISED.leaf(before, after) && after.asDouble() <= 10 * before.asDouble();
    }
  },
  /** Days are raised, and nothing else changes: another number can say what is deleted. */
  DAYS_RAISED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return RAISED.leaf(before, after);
    }

    @Override
    boolean concerns(String key) {
      return key.contains("days");
    }
  },
  LOWERED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return before.isNumber() && after.isNumber() && after.asDouble() < before.asDouble();
    }
  },
  /** Switches are put on, and nothing else changes. */
  ENABLED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return isOn(after) && !isOn(before);
    }

    private static boolean isOn(JsonNode value) {
      return value.isBoolean() && value.booleanValue() || value.asText().equals("Enabled");
    }
  },
  DISABLED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return before.asBoolean() && after.isBoolean() && !after.asBoolean();
    }
  },
  /** A list keeps what it has, and gets more. */
  EXTENDED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      List<JsonNode> missing = new ArrayList<>();
      before.forEach(missing::add);
      after.forEach(missing::remove);
      return after.isArray() && missing.isEmpty();
    }
  },
  REORDERED {
    @Override
    boolean leaf(JsonNode before, JsonNode after) {
      return false;
    }
  };

  /** Whether one value, or a list as a whole, goes this way. */
  abstract boolean leaf(JsonNode before, JsonNode after);

  /** Whether a value by this name, within another, may change at all. */
  boolean concerns(String key) {
    return true;
  }

  /** Returns whether a value goes this way, and nothing in it goes another. */
  boolean holds(JsonNode before, JsonNode after) {
    return within(Canonical.of(before), Canonical.of(after));
  }

  private boolean within(JsonNode before, JsonNode after) {
    if (before.equals(after) || leaf(before, after)) {
      return true;
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        if (!within(before.get(i), after.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (before.isObject() && after.isObject()) {
      TreeSet<String> keys = new TreeSet<>();
      before.fieldNames().forEachRemaining(keys::add);
      after.fieldNames().forEachRemaining(keys::add);
      return keys.stream()
          .allMatch(
              key ->
                  within(before.path(key), after.path(key))
                      && (concerns(key)
                          || before.path(key).isContainerNode()
                          || before.path(key).equals(after.path(key))));
    }
    return false;
  }
}
