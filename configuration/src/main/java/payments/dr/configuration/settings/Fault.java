package payments.dr.configuration.settings;

/**
 * One thing that is wrong in a settings record.
 *
 * @param key the key, dotted when it lies deeper: {@code primary.cidrBlock}
 * @param problem what is allowed and what was given
 */
public record Fault(String key, String problem) {

  /** The same fault seen from the record that holds this one under {@code parent}. */
  public Fault under(String parent) {
    return new Fault(parent.isEmpty() ? key : parent + "." + key, problem);
  }

  @Override
  public String toString() {
    return key + " " + problem;
  }
}
