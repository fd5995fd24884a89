package payments.dr.operations.review.plan;

import java.util.Set;

/**
 * A change behind Terraform's back to which the plan has an answer.
 *
 * @param attributes that differ from what was applied, and that the plan changes; none for what is
 *     gone
 */
public record AnsweredDrift(ResourceChange change, Set<String> attributes) {}
