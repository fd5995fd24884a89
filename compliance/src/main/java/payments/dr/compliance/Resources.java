package payments.dr.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resources of one stack, and how they refer to each other. */
public final class Resources {

  private static final Pattern ADDRESS = Pattern.compile("\\baws_\\w+\\.[A-Za-z0-9_-]+");

  private final JsonNode stack;
  private final Map<String, Resource> byAddress = new TreeMap<>();
  private final Map<String, Map<String, Resource>> byType = new TreeMap<>();

  /** Many rules ask the same, and reading a value takes longer than all that they do with it. */
  private final IdentityHashMap<JsonNode, List<Resource>> named = new IdentityHashMap<>();

  private final Map<String, Map<String, List<Resource>>> naming = new HashMap<>();
  private final Map<String, List<PolicyText>> policies = new HashMap<>();

  private final Set<String> accounts = new TreeSet<>();

  private Resources(JsonNode stack) {
    this.stack = stack;
    stack
        .at("/provider/aws")
        .forEach(it -> it.path("allowed_account_ids").forEach(id -> accounts.add(id.asText())));
    others("data").forEach(it -> byAddress.put(it.address(), it));
    others("module").forEach(it -> byAddress.put(it.address(), it));
    for (var type : stack.path("resource").properties()) {
      Map<String, Resource> ofType = new TreeMap<>();
      for (var named : type.getValue().properties()) {
        String address = type.getKey() + "." + named.getKey();
        ofType.put(address, new Resource(address, named.getValue()));
      }
      byType.put(type.getKey(), ofType);
      byAddress.putAll(ofType);
    }
  }

  /** What brings in more than is written: the rules see that it is there, and no more. */
  private Stream<Resource> others(String block) {
    return stack.path(block).properties().stream()
        .map(it -> new Resource(block + "." + it.getKey(), it.getValue()));
  }

  /**
   * @param stack Terraform's JSON of it
   */
  public static Resources of(JsonNode stack) {
    return new Resources(stack);
  }

  public Collection<Resource> all() {
    return byAddress.values();
  }

  public Stream<Resource> ofType(String type) {
    return byType.getOrDefault(type, Map.of()).values().stream();
  }

  /** The resources that a value names, in its order. */
  public List<Resource> named(JsonNode value) {
    return value.isMissingNode() ? List.of() : named.computeIfAbsent(value, this::read);
  }

  private List<Resource> read(JsonNode value) {
    return ADDRESS
        .matcher(value.toString())
        .results()
        .flatMap(match -> Stream.ofNullable(byAddress.get(match.group())))
        .distinct()
        .toList();
  }

  /** The resource that an attribute names, if it names one of this stack. */
  public Optional<Resource> named(Resource from, String path) {
    return named(from.at(path)).stream().findFirst();
  }

  /** The resources of a type with an attribute that names {@code to}. */
  public Stream<Resource> naming(String type, String path, Resource to) {
    return naming
        .computeIfAbsent(type + " " + path, key -> namers(type, path))
        .getOrDefault(to.address(), List.of())
        .stream();
  }

  private Map<String, List<Resource>> namers(String type, String path) {
    Map<String, List<Resource>> namers = new HashMap<>();
    ofType(type)
        .forEach(
            from ->
                named(from.at(path))
                    .forEach(
                        to ->
                            namers
                                .computeIfAbsent(to.address(), key -> new ArrayList<>())
                                .add(from)));
    return namers;
  }

  /** Every policy inside a resource. */
  List<PolicyText> policies(Resource resource) {
    return policies.computeIfAbsent(resource.address(), key -> PolicyText.in(resource));
  }

  /** The policy in an attribute; without statements when there is none that can be read. */
  PolicyText policy(Resource resource, String attribute) {
    return policies(resource).stream()
        .filter(policy -> policy.attribute().equals(attribute))
        .findFirst()
        .orElse(new PolicyText(attribute, Optional.empty(), List.of()));
  }

  /** The accounts that the stack's providers may change. */
  Set<String> accounts() {
    return accounts;
  }

  /** The Region that a resource lives in, by its provider. */
  public String region(Resource resource) {
    String alias = resource.text("provider").replaceFirst("^aws\\.", "");
    for (JsonNode provider : stack.path("provider").path("aws")) {
      if (provider.path("alias").asText().equals(alias)) {
        return provider.path("region").asText();
      }
    }
    return "";
  }

  /** Where the stack keeps its state, such as {@code terraform.backend.s3}. */
  public JsonNode stateBucket() {
    return Resource.at(stack, "terraform.backend.s3");
  }
}
