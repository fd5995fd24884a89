package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.SettingsBinder.Bound;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.ConfigurationError;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

class SettingsBinderTest {

  enum Pace {
    FAST,
    ONE_BY_ONE
  }

  record Step(
      @Setting("What") String name,
      @Setting(value = "How", defaultValue = "one-by-one") Pace pace) {}

  record Window(
      @Setting(value = "Opens at", defaultValue = "2", min = 0, max = 23) Integer from,
      @Setting(value = "Closes at", defaultValue = "4", min = 0, max = 23) Integer to) {
    Window {
      ConfigurationErrors errors = new ConfigurationErrors();
      if (from >= to) {
        errors.add("to", "be later than from", to);
      }
      errors.throwIfAny();
    }
  }

  record Plan(
      @Setting("Times") Window window,
      @Setting(value = "Other times", optional = true) Window exception,
      @Setting(value = "Steps", defaultValue = "[]") List<Step> steps,
      @Setting(value = "Paces", defaultValue = "[]") List<Pace> paces,
      @Setting("First step") Step first,
      @Setting("Ranges") RegionPair<CidrBlock> ranges) {
    Plan {
      ConfigurationErrors errors = new ConfigurationErrors();
      if (ranges != null && ranges.primary().overlaps(ranges.dr())) {
        errors.add("ranges.dr", "not overlap", ranges.dr());
      }
      if (window != null && window.from() == 0) {
        errors.add("paces", "fit window.from", 0);
      }
      errors.throwIfAny();
    }
  }

  private static final String RANGES = "ranges: {primary: 10.0.0.0/16, dr: 10.1.0.0/16}\n";

  @Test
  void reads_every_kind_of_value() {
    Bound<Plan> bound =
        bind(
            """
            window: {from: 1}
            steps: [{name: look}, {name: leap, pace: fast}]
            paces: [one-by-one, fast]
            first: {name: "007"}
            """
                + RANGES);

    assertEquals(List.of(), bound.errors());
    assertEquals(
        new Plan(
            new Window(1, 4),
            null,
            List.of(new Step("look", Pace.ONE_BY_ONE), new Step("leap", Pace.FAST)),
            List.of(Pace.ONE_BY_ONE, Pace.FAST),
            new Step("007", Pace.ONE_BY_ONE),
            new RegionPair<>(CidrBlock.valueOf("10.0.0.0/16"), CidrBlock.valueOf("10.1.0.0/16"))),
        bound.value().orElseThrow());
  }

  @Test
  void group_left_out_has_its_defaults_and_an_optional_one_is_absent() {
    Plan plan = bind("first: {name: x}\n" + RANGES).value().orElseThrow();

    assertEquals(new Window(2, 4), plan.window());
    assertEquals(null, plan.exception());
  }

  @Test
  void group_left_out_that_cannot_do_without_a_key_misses_it() {
    assertEquals("first.name is required: What", errors(RANGES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: [{name: a}, {name: b, pace: slow}]"
            + " | steps[1].pace must be one of fast, one-by-one, got \"slow\"",
        "steps: [{pace: fast}] | steps[0].name is required: What",
        "paces: [fast, 5]"
            + " | paces[1] must be a text, in quotes so that it keeps every digit, got the number 5",
        "window: {from: 99999999999} | window.from must be a whole number, got 99999999999",
        "paces: [16.10]"
            + " | paces[0] must be a text, in quotes so that it keeps every digit, got the number"
            + " 16.10",
        "window: {from: 1.5} | window.from must be a whole number, got 1.5",
        "window: {from: true} | window.from must be a whole number, got true",
        "window: [1, 2] | window must be a group of keys, got a list",
        "window: {from: 5, to: 5} | window.to must be later than from, got 5",
        "exception: {from: 24}"
            + " | exception.from must be 0 to 23, got 24; exception.to must be later than from,"
            + " got 4",
      })
  void refuses(String line, String message) {
    assertEquals(message, errors("first: {name: x}\n" + RANGES + line + "\n"));
  }

  @Test
  void group_that_cannot_be_made_still_has_its_other_values_checked() {
    assertEquals(
        "window.from must be a whole number, got \"x\"; window.to must be 0 to 23, got 24",
        errors("window: {from: x, to: 24}\nfirst: {name: x}\n" + RANGES));
  }

  @Test
  void rules_across_groups_run_on_what_is_whole_and_are_silent_on_what_is_not() {
    assertEquals(
        "window.fromm is no known key, did you mean \"from\"? (allowed: from, to);"
            + " first.name must be a text, got nothing;"
            + " ranges.dr must not overlap, got 10.0.0.0/16",
        errors("window: {fromm: 0}\nfirst: {name: ''}\n" + RANGES.replace("10.1", "10.0")));
  }

  @Test
  void rules_that_speak_of_a_key_that_failed_are_silent() {
    assertEquals(
        "paces[0] must be one of fast, one-by-one, got \"slow\"",
        errors("paces: [slow]\nwindow: {from: 0}\nfirst: {name: x}\n" + RANGES));
  }

  private static Bound<Plan> bind(String yaml) {
    return SettingsBinder.bind(Plan.class, YamlTree.read(yaml));
  }

  private static String errors(String yaml) {
    return bind(yaml).errors().stream()
        .map(ConfigurationError::toString)
        .collect(Collectors.joining("; "));
  }
}
