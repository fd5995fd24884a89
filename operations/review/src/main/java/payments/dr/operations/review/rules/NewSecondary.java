package payments.dr.operations.review.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;

/** How a DR cluster that was detached gets a successor: nothing of the old one is deleted. */
final class NewSecondary {

  /** What carries the cluster's identifier in its own, and so would be replaced with it. */
  private static final Set<String> NAMED_AFTER_CLUSTER =
      Set.of("aws_cloudwatch_log_group", "aws_rds_cluster", "aws_rds_cluster_instance");

  private NewSecondary() {}

  /** Empty where no successor can be made. */
  static List<String> commands(Plan plan, ResourceChange cluster) {
    ResourceLocation place = ResourceLocation.of(cluster.name());
    if (!place.region().equals("dr") || place.generation().isEmpty() || plan.stacks().isEmpty()) {
      return List.of();
    }
    String stack = plan.stacks().iterator().next();
    String environment = stack.replaceFirst("^payments-dr-", "");
    return List.of(
        "# 1. In main/environments/%s.yaml raise databases.%s.dr.incarnation by one (it begins with 1)."
            .formatted(environment, place.generation().get()),
        "# 2. Let Terraform forget the old cluster, which keeps running:",
        "scripts/with-aws %s terraform -chdir=cdktf.out/stacks/%s state rm %s"
            .formatted(environment, stack, old(plan, cluster)),
        "# 3. Plan, look, apply:",
        "make review ENV=" + environment,
        "scripts/ci/apply " + environment,
        "# 4. When nobody misses anything, delete the old cluster and its instances by hand.");
  }

  private static String old(Plan plan, ResourceChange cluster) {
    String construct = cluster.name().replaceFirst("_cluster_[0-9A-F]+$", "_");
    return Stream.concat(
            plan.unchanged().stream(), plan.changes().stream().map(ResourceChange::address))
        .filter(address -> address.contains("." + construct))
        .filter(address -> NAMED_AFTER_CLUSTER.contains(address.substring(0, address.indexOf('.'))))
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
