package payments.dr.configuration.settings;

/**
 * One thing that is wrong in a settings record.
 *
 * @param key the key, dotted when it lies deeper: {@code primary.cidrBlock}
 * @param problem what is allowed and what was given
 */
public record ConfigurationError(String key, String problem) {

  /** Returns the same error seen from the record that holds this one under {@code parent}. */
  public ConfigurationError under(String parent) {
    return new ConfigurationError(parent.isEmpty() ? key : parent + "." + key, problem);
  }

  @Override
  public String toString() {
    return key + " " + problem;
  }
}
