package payments.dr.operations.review.plan;

/**
 * One value that differs, ready to be shown: secrets are masked.
 *
 * @param path such as {@code launch_template[0].version}
 */
public record AttributeChange(String path, String before, String after) {}
