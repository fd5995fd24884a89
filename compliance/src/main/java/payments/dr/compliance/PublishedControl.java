package payments.dr.compliance;

/**
 * A control as its publisher lists it.
 *
 * @param title what it asks, in words of this project
 */
public record PublishedControl(Framework framework, String id, String title) {

  Control control() {
    return new Control(framework, id, true);
  }
}
