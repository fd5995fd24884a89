package payments.dr.operations.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.PlanReader;

/** A small plan as Terraform would print it, for a test to fill. */
public final class TestPlan {

  /** Where the state of a stack is that no review asks for. */
  static final StateBackend BACKEND = StateBackend.Local.of("stack");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document = JSON.createObjectNode();

  private TestPlan(String stack) {
    document.put("format_version", "1.2");
    document
        .withObject("/configuration/provider_config/aws.dr/expressions")
        .withArray("default_tags")
        .addObject()
        .withObject("/tags/constant_value")
        .put("Stack", stack);
  }

  /** Of a stack that data is protected in. */
  public static TestPlan ofProd() {
    return of("payments-dr-prod");
  }

  public static TestPlan of(String stack) {
    return new TestPlan(stack);
  }

  /** Whose providers may change this account only. */
  public TestPlan ofAccount(String id) {
    document
        .withObject("/configuration/provider_config/aws.dr/expressions/allowed_account_ids")
        .withArray("constant_value")
        .add(id);
    return this;
  }

  /**
   * @param change the plan's {@code change}, as JSON with single quotes
   */
  public TestPlan with(String address, String change) {
    document.withArray("resource_changes").add(resource(address, change));
    return this;
  }

  /**
   * @param change the plan's {@code change}
   */
  public TestPlan withChange(String address, JsonNode change) {
    ObjectNode resource = resource(address, "{}");
    resource.set("change", change);
    document.withArray("resource_changes").add(resource);
    return this;
  }

  public TestPlan withCreation(String address, JsonNode after) {
    ObjectNode created = resource(address, "{'actions': ['create'], 'before': null}");
    created.withObject("/change").set("after", after);
    document.withArray("resource_changes").add(created);
    return this;
  }

  public TestPlan withDrift(String address, String change) {
    document.withArray("resource_drift").add(resource(address, change));
    return this;
  }

  public TestPlan withMove(String from, String address) {
    ObjectNode moved = resource(address, "{'actions': ['no-op'], 'before': {}, 'after': {}}");
    document.withArray("resource_changes").add(moved.put("previous_address", from));
    return this;
  }

  /** What was applied last, as the state's outputs tell it. */
  public TestPlan applied(String deployed, String active, String retiring) {
    rollout("before", deployed, active, retiring);
    return this;
  }

  /**
   * What the configuration says.
   *
   * @param retiring {@code -} for none
   */
  public TestPlan planned(String deployed, String active, String retiring) {
    rollout("after", deployed, active, retiring);
    return this;
  }

  private void rollout(String when, String deployed, String active, String retiring) {
    output("activeDatabase").put(when, active);
    for (String generation : deployed.split(" ")) {
      output("deployedDatabases").withArray(when).add(generation);
    }
    if (!retiring.equals("-")) {
      output("retiringDatabase").put(when, retiring);
    }
  }

  private ObjectNode output(String name) {
    ObjectNode output = document.withObject("/output_changes/" + name);
    output.withArray("actions").removeAll().add("update");
    return output;
  }

  public TestPlan put(String key, Object value) {
    document.putPOJO(key, value);
    return this;
  }

  public String json() {
    return document.toString();
  }

  public Plan read() {
    return read(json());
  }

  public static Plan read(String text) {
    try {
      return PlanReader.read(
          "plan.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode resource(String address, String change) {
    String[] parts = address.split("\\.");
    ObjectNode resource = JSON.createObjectNode();
    resource.put("address", address);
    resource.put("mode", "managed");
    resource.put("type", parts[0]);
    resource.put("name", parts[1]);
    resource.set("change", parsed(change));
    return resource;
  }

  private static JsonNode parsed(String change) {
    try {
      return JSON.readTree(change.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
