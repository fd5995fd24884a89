/**
 * What a plan may not do, and what only a person may let it do: one table, {@link
 * payments.dr.operations.review.rules.PlanRules}, of which docs/review-rules.md is a copy.
 */
package payments.dr.operations.review.rules;
