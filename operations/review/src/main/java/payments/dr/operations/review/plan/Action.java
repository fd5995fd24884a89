package payments.dr.operations.review.plan;

import java.util.List;
import java.util.Locale;

/** What Terraform is going to do with one resource. */
public enum Action {
  CREATE,
  UPDATE,
  REPLACE,
  DELETE,
  /** Drop it from the state and leave the resource alone. */
  FORGET,
  READ,
  NO_OP;

  /**
   * @param words as the plan has them; a replacement is delete and create, in either order
   * @throws IllegalArgumentException for words of a format that is not known here
   */
  static Action of(List<String> words) {
    if (words.size() == 2 && words.contains("delete") && words.contains("create")) {
      return REPLACE;
    }
    if (words.size() == 1) {
      for (Action action : values()) {
        if (action.word().equals(words.get(0))) {
          return action;
        }
      }
    }
    throw new IllegalArgumentException("actions must be known ones, got " + words);
  }

  /** Returns the word that Terraform writes, such as {@code no-op}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether what exists now ceases to exist. */
  public boolean destroys() {
    return this == DELETE || this == REPLACE;
  }
}
