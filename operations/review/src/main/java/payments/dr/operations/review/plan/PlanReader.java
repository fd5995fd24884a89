package payments.dr.operations.review.plan;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import payments.dr.operations.console.BadInputException;

/**
 * Reads the output of {@code terraform show -json PLAN} in one pass. Three quarters of it, the
 * prior state and the planned values, are skipped: the changes repeat what matters of them.
 */
public final class PlanReader {

  /** Parts of a plan that say nothing of what it changes, or what the changes repeat. */
  private static final Set<String> REPEATED =
      Set.of(
          "applyable",
          "planned_values",
          "prior_state",
          "relevant_attributes",
          "terraform_version",
          "timestamp",
          "variables");

  /**
   * What other changes are judged by: what AWS repeats in the group, role, bucket, topic, queue or
   * secret that it belongs to, and where pointers lead.
   */
  private static final Set<String> KEPT =
      Set.of(
          "aws_iam_role_policy",
          "aws_iam_role_policy_attachment",
          "aws_s3_bucket_policy",
          "aws_secretsmanager_secret_policy",
          "aws_sns_topic_policy",
          "aws_sqs_queue_policy",
          "aws_ssm_parameter",
          "aws_vpc_security_group_egress_rule",
          "aws_vpc_security_group_ingress_rule");

  /** What else Terraform writes as JSON, by a key that no plan has. */
  private static final Map<String, String> NO_PLANS =
      Map.of(
          "remote_plan_format",
          "the bookmark of a run in HCP Terraform; sign in with terraform login, then run terraform show -json on it",
          "values",
          "a state; run terraform plan -out=FILE, then terraform show -json FILE",
          "lineage",
          "a state file; run terraform plan -out=FILE, then terraform show -json FILE",
          "@level",
          "the log of terraform plan -json; run terraform plan -out=FILE, then terraform show -json FILE");

  private final String source;
  private final Map<String, JsonNode> providers = new TreeMap<>();
  private final List<ResourceChange> changes = new ArrayList<>();
  private final List<String> unchanged = new ArrayList<>();
  private final List<ResourceChange> drift = new ArrayList<>();
  private final List<ResourceChange> kept = new ArrayList<>();
  private final Set<String> alarmTopics = new HashSet<>();
  private final Map<String, OutputChange> outputs = new TreeMap<>();
  private final PlanNotes notes = new PlanNotes();
  private Optional<Rollout> applied = Optional.empty();
  private Optional<Rollout> planned = Optional.empty();
  private boolean versioned;

  private PlanReader(String source) {
    this.source = source;
  }

  /**
   * Reads a plan that {@code terraform show -json} printed.
   *
   * @param source what to call the input in a message
   * @throws BadInputException when it is no plan that can be reviewed
   */
  public static Plan read(String source, InputStream input) throws IOException {
    PlanReader reader = new PlanReader(source);
    BufferedInputStream buffered = new BufferedInputStream(input);
    reader.refuseWhatIsNoText(buffered);
    try (JsonParser parser = JSON.createParser(buffered)) {
      reader.document(parser);
    } catch (StreamConstraintsException e) {
      throw new BadInputException(
          "%s must nest less than 1,000 levels, with numbers below 1,000 digits and texts below 20 million characters: %s"
              .formatted(source, e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "%s must be complete JSON, got a fault at line %d, column %d"
              .formatted(source, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(source + ": " + e.getMessage());
    }
    return reader.plan();
  }

  private void refuseWhatIsNoText(BufferedInputStream input) throws IOException {
    input.mark(2);
    int first = input.read();
    int second = input.read();
    input.reset();
    if (first == -1) {
      throw new BadInputException(source + " must hold a plan, got nothing");
    }
    if (first == 'P' && second == 'K') {
      throw new BadInputException(
          source + " must be JSON, got a plan file; run terraform show -json on it first");
    }
    if (first == 0x1f && second == 0x8b) {
      throw new BadInputException(source + " must be JSON, got gzip; unpack it first");
    }
  }

  private void document(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new BadInputException(source + " must be a JSON object, got another value");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      if (NO_PLANS.containsKey(key)) {
        throw new BadInputException(source + " must be a plan, got " + NO_PLANS.get(key));
      }
      switch (key) {
        case "format_version" -> version(parser.getText());
        case "errored" -> errored(parser.getBooleanValue());
        case "resource_changes" -> changes(parser);
        case "resource_drift" -> array(parser).forEach(node -> drift.add(change(node)));
        case "output_changes" -> outputs(JSON.readTree(parser));
        case "configuration" -> providers(parser);
        case "complete" -> notes.complete(parser.getBooleanValue());
        case "checks" -> notes.checks(JSON.readTree(parser));
        case "deferred_changes", "deferred_action_invocations" ->
            notes.deferred(JSON.readTree(parser));
        case "action_invocations" -> notes.invocations(JSON.readTree(parser));
        default -> skipped(key, parser);
      }
    }
    if (parser.nextToken() != null) {
      throw new BadInputException(source + " must be one JSON object, got more after it");
    }
  }

  private void skipped(String key, JsonParser parser) throws IOException {
    if (!REPEATED.contains(key)) {
      notes.unknown(key);
    }
    parser.skipChildren();
  }

  /** The major version changes when old readers would misunderstand; 1.0 came with 1.1.0. */
  private void version(String version) {
    if (!version.matches("1\\.\\d+")) {
      throw new BadInputException(
          "%s: format_version must be 1.x, got \"%s\"".formatted(source, version));
    }
    versioned = true;
  }

  private void errored(boolean errored) {
    if (errored) {
      throw new BadInputException(
          source
              + ": planning ended with an error, so the plan is incomplete; mend it and plan again");
    }
  }

  private void changes(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      JsonNode node = JSON.readTree(parser);
      AlarmActions.topics(node.at("/change/before")).forEach(alarmTopics::add);
      if (isUnchanged(node)) {
        unchanged.add(node.path("address").asText());
        if (KEPT.contains(node.path("type").asText())) {
          kept.add(change(node));
        }
      } else {
        changes.add(change(node));
      }
    }
  }

  private static boolean isUnchanged(JsonNode node) {
    JsonNode actions = node.path("change").path("actions");
    return actions.path(0).asText().equals("no-op")
        && !node.has("previous_address")
        && !node.path("change").has("importing");
  }

  private static List<JsonNode> array(JsonParser parser) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    JSON.<JsonNode>readTree(parser).forEach(nodes::add);
    return nodes;
  }

  private static ResourceChange change(JsonNode node) {
    JsonNode change = node.path("change");
    share(change.path("before"), change.path("after"));
    return new ResourceChange(
        text(node, "address"),
        text(node, "type"),
        text(node, "name"),
        !node.path("mode").asText().equals("data"),
        action(change),
        Optional.ofNullable(node.path("previous_address").textValue()),
        change.has("importing")
            ? Optional.of(change.path("importing").path("id").asText("(known after apply)"))
            : Optional.empty(),
        orMissing(change, "before"),
        orMissing(change, "after"),
        orMissing(change, "before_sensitive"),
        orMissing(change, "after_sensitive"),
        orMissing(change, "after_unknown"));
  }

  /** Keeps once what stays as it is: that is most of a resource, and a plan has thousands. */
  private static void share(JsonNode before, JsonNode after) {
    for (Map.Entry<String, JsonNode> attribute : after.properties()) {
      JsonNode old = before.path(attribute.getKey());
      if (old.equals(attribute.getValue())) {
        attribute.setValue(old);
      }
    }
  }

  private static Action action(JsonNode change) {
    List<String> words = new ArrayList<>();
    change.path("actions").forEach(word -> words.add(word.asText()));
    return Action.of(words);
  }

  private static String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw new IllegalArgumentException("resource change must have a text " + key + ", got none");
    }
    return node.path(key).textValue();
  }

  private static JsonNode orMissing(JsonNode node, String key) {
    return node.hasNonNull(key) ? node.get(key) : MissingNode.getInstance();
  }

  private void outputs(JsonNode node) {
    node.properties()
        .forEach(
            output -> {
              Action action = action(output.getValue());
              if (action != Action.DELETE && OutputChanges.discloses(output.getValue())) {
                notes.disclosed(output.getKey());
              }
              if (action != Action.NO_OP) {
                outputs.put(output.getKey(), OutputChanges.of(action, output.getValue()));
              }
            });
    // The outputs of the prior state would not do: a refresh has given them the new values.
    applied = Rollout.of(node, "before");
    planned = Rollout.of(node, "after");
  }

  private void providers(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("provider_config");
      parser.nextToken();
      if (wanted) {
        JSON.<JsonNode>readTree(parser)
            .properties()
            .forEach(provider -> providers.put(provider.getKey(), provider.getValue()));
      } else {
        parser.skipChildren();
      }
    }
  }

  private Plan plan() {
    if (!versioned) {
      throw new BadInputException(source + " must have a format_version, got none; is it a plan?");
    }
    return new Plan(
        providers,
        changes,
        unchanged,
        kept,
        alarmTopics,
        drift,
        outputs,
        notes.list(),
        applied,
        planned);
  }
}
