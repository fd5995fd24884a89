package payments.dr.operations.reports.compliance;

import java.util.List;
import payments.dr.compliance.CheckedStack;
import payments.dr.compliance.Coverage;
import payments.dr.configuration.environment.Environment;

/**
 * An environment's controls as they are shown.
 *
 * @param stacks that were looked through
 */
record ComplianceReport(Environment environment, List<String> stacks, Coverage coverage) {

  static ComplianceReport of(Environment environment, List<CheckedStack> stacks) {
    return new ComplianceReport(
        environment,
        stacks.stream().map(CheckedStack::name).sorted().toList(),
        Coverage.of(stacks));
  }
}
