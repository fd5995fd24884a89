package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A Terraform plan, without what it leaves as it is.
 *
 * @param providers the configuration of each provider, by its name in the plan
 * @param changes whatever is created, updated, replaced, deleted, forgotten, moved, imported or
 *     read
 * @param unchanged addresses of the resources that stay as they are
 * @param drift what somebody changed behind Terraform's back
 * @param outputs what happens to the outputs, by name; only those that change
 */
public record Plan(
    Map<String, JsonNode> providers,
    List<ResourceChange> changes,
    List<String> unchanged,
    List<ResourceChange> drift,
    Map<String, Action> outputs) {}
