package payments.dr.operations.review;

import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.operations.controller.SteadyController;
import payments.dr.operations.ledger.EnvironmentLedger;
import payments.dr.operations.review.rules.DataLocation;
import software.amazon.awssdk.core.exception.SdkException;

/** Where the data is by an environment's ledger, which is opened only when somebody asks. */
final class LedgerLocation implements DataLocation {

  private final Supplier<Ledger> ledger;
  private final Optional<String> planHash;

  /**
   * @param planHash SHA-256, in hex, of the saved plan under review, when it is at hand: the
   *     cutover that owns it may move the pointer before the data is there
   */
  LedgerLocation(Supplier<Ledger> ledger, Optional<String> planHash) {
    this.ledger = ledger;
    this.planHash = planHash;
  }

  /** Returns what the ledger of a stack's environment says. */
  static LedgerLocation of(Project project, ReviewedStack stack, Optional<String> planHash) {
    return new LedgerLocation(() -> ledger(project, stack), planHash);
  }

  private static Ledger ledger(Project project, ReviewedStack stack) {
    return stack
        .environment()
        .map(environment -> EnvironmentLedger.open(project, environment))
        .orElseThrow(
            () ->
                new BadInputException(
                    "stack must be an environment's to have a ledger, got \""
                        + stack.name()
                        + "\""));
  }

  @Override
  public Optional<String> objection(String generation) {
    try {
      return objection(generation, ledger.get());
    } catch (LedgerException | BadInputException | SdkException e) {
      String why =
          AwsCallException.in(e).map(call -> call.diagnosis().text(e)).orElse(e.getMessage());
      return Optional.of("the ledger cannot be read: " + why);
    }
  }

  private Optional<String> objection(String generation, Ledger opened) {
    Optional<DataRecord> data = DataRecord.read(opened);
    if (data.isEmpty()) {
      return Optional.of("the ledger does not say where the data is");
    }
    if (!agrees(data.get(), generation)) {
      return Optional.of("the data is elsewhere or on its way: " + data.get());
    }
    // A cutover that owns this plan looked for itself, and must come to its end.
    return data.get().cutover().isPresent() ? Optional.empty() : SteadyController.objection(opened);
  }

  private boolean agrees(DataRecord data, String generation) {
    boolean there = data.generation().equals(generation);
    return data.cutover()
        .map(it -> it.to().equals(generation) && (there || isOwned(it)))
        .orElse(there);
  }

  private boolean isOwned(DataRecord.Cutover cutover) {
    return planHash.equals(Optional.of(cutover.planHash()));
  }
}
