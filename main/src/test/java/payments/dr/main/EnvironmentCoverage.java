package payments.dr.main;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import payments.dr.compliance.Coverage;
import payments.dr.compliance.Resources;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;

/** What the stacks of a committed environment say about controls. */
record EnvironmentCoverage(Environment environment, Coverage coverage) {

  static List<EnvironmentCoverage> all(LocalDate today) {
    Function<String, Resources> synthesized =
        stack -> Resources.of(SynthesizedStacks.get(stack).json());
    Configuration all = Configuration.read(SynthesizedStacks.PROJECT, Optional.empty());
    return all.environments().stream()
        .map(
            environment ->
                new EnvironmentCoverage(
                    environment,
                    Coverage.of(all.only(environment).checkedStacks(synthesized, today))))
        .toList();
  }

  String name() {
    return environment.name();
  }
}
