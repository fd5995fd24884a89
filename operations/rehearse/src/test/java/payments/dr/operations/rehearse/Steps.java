package payments.dr.operations.rehearse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Steps that only note that they ran, each after its whole time; one of them may fail or die. */
final class Steps implements InstantSource {

  /** As a power cut: nothing of the program runs any more. */
  static final class Killed extends Error {

    private static final long serialVersionUID = 1;
  }

  static final List<String> NAMES =
      List.of("deploy", "drill", "answers", "home", "destroy", "measurements");

  final List<String> ran = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private String deadly = "";
  private RuntimeException failure;
  private String failing = "";

  Steps killedIn(String name) {
    deadly = name;
    return this;
  }

  Steps failingIn(String name, RuntimeException how) {
    failing = name;
    failure = how;
    return this;
  }

  Steps behaving() {
    deadly = "";
    failing = "";
    return this;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Half an hour each. */
  List<Step> steps() {
    return NAMES.stream()
        .map(
            name ->
                new Step(
                    name,
                    "does " + name,
                    Duration.ofMinutes(30),
                    List.of("home", "destroy").contains(name),
                    () -> run(name)))
        .toList();
  }

  private void run(String name) {
    ran.add(name);
    pass(Duration.ofMinutes(30));
    if (name.equals(deadly)) {
      throw new Killed();
    }
    if (name.equals(failing)) {
      throw failure;
    }
  }
}
