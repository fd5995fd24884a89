package payments.dr.operations.review.plan;

/**
 * What happens to one output, ready to be shown: secrets are masked whole.
 *
 * @param before as JSON; {@code (none)} when there is nothing
 */
public record OutputChange(Action action, String before, String after) {}
