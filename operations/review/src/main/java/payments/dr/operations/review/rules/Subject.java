package payments.dr.operations.review.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.terraform.SynthesizedStack;

/** What is under review, sorted once for all rules. */
public final class Subject {

  /** From so many creations on, and if so much of the stack is created, it is a new stack. */
  private static final int MANY = 10;

  private static final double MOST = 0.8;

  private final Plan plan;
  private final boolean protectData;
  private final Optional<SynthesizedStack> stack;
  private final DataLocation data;
  private final List<ResourceChange> changes;
  private final List<ResourceChange> removed;
  private List<PolicyChange> policies;
  private final long created;
  private final long managed;
  private final Set<String> removedAddresses = new HashSet<>();

  /**
   * @param protectData whether the environment says that whatever holds data refuses to be
   *     destroyed
   * @param stack the stack as it was synthesized, when it is there
   * @param data where the data is
   */
  public Subject(
      Plan plan, boolean protectData, Optional<SynthesizedStack> stack, DataLocation data) {
    this.plan = plan;
    this.protectData = protectData;
    this.stack = stack;
    this.data = data;
    Map<Boolean, List<ResourceChange>> goes =
        plan.changes().stream()
            .collect(Collectors.partitioningBy(it -> GenerationRemoval.isAllowed(plan, it)));
    changes = goes.get(false);
    removed = goes.get(true);
    removed.forEach(change -> removedAddresses.add(change.address()));
    created = plan.changes().stream().filter(it -> it.action() == Action.CREATE).count();
    managed =
        plan.unchanged().size() + plan.changes().stream().filter(ResourceChange::managed).count();
  }

  /** Of the same stack, with other changes. */
  Subject with(Plan other) {
    return new Subject(other, protectData, stack, data);
  }

  Plan plan() {
    return plan;
  }

  boolean protectData() {
    return protectData;
  }

  Optional<SynthesizedStack> stack() {
    return stack;
  }

  DataLocation data() {
    return data;
  }

  /** What rules look at one by one: all but the parts of a generation that may go. */
  List<ResourceChange> changes() {
    return changes;
  }

  /** Whether it goes as a part of a generation that may go. */
  boolean isRemoved(String address) {
    return removedAddresses.contains(address);
  }

  /** The parts of a generation that may go, and do. */
  List<ResourceChange> removed() {
    return removed;
  }

  /** All policies that the plan writes or destroys, compared once. */
  List<PolicyChange> policies() {
    if (policies == null) {
      policies = PolicyChange.in(this).toList();
    }
    return policies;
  }

  /** How many resources are created. */
  long created() {
    return created;
  }

  /** Whether nearly everything is created: on a first deployment, or because a state is lost. */
  boolean isNew() {
    return created >= MANY && created >= MOST * managed;
  }
}
