package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.modules.testing.SynthesizedStack;

/** A stack's roles and resources, about which questions can be asked. */
public final class Stage {

  /** An administrator's policy. */
  public static final JsonNode EVERYTHING =
      SynthesizedStack.parse(
              """
              {"Version": "2012-10-17",
               "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}\
              """)
          .json();

  private final String name;
  private final ResourcePolicies policies;
  private final Map<String, Role> roles;
  private final Map<String, Place> places = new TreeMap<>();

  /** By name. */
  private final Map<String, String> bucketRegions = new TreeMap<>();

  public Stage(String name, SynthesizedStack stack) {
    this.name = name;
    this.policies = new ResourcePolicies(stack);
    this.roles = Role.in(stack);
    for (String alias : List.of("primary", "dr")) {
      places.put(alias, Place.of(name, stack, alias));
    }
    ResolvedReferences references = new ResolvedReferences(stack);
    stack
        .resources("aws_s3_bucket")
        .forEach(
            (address, body) ->
                bucketRegions.put(body.path("bucket").asText(), references.region(address)));
  }

  public Map<String, Role> roles() {
    return roles;
  }

  public Place place(String alias) {
    return places.get(alias);
  }

  /**
   * Whether a role may make a call.
   *
   * @param inNetwork whether it calls from the stack's network, by whose endpoints S3 and DynamoDB
   *     of the same Region are reached
   */
  public Question question(Role role, Call call, boolean inNetwork) {
    Place place = place(role.alias());
    Map<String, Object> context = new TreeMap<>();
    context.put("aws:PrincipalArn", role.arn());
    context.put("aws:PrincipalAccount", place.account());
    context.put("aws:SecureTransport", "true");
    context.put("aws:RequestedRegion", call.region().isEmpty() ? place.region() : call.region());
    if (call.service().equals("s3")) {
      context.put("s3:TlsVersion", "1.3");
    }
    if (call.service().equals("kms")) {
      context.put("kms:CallerAccount", place.account());
    }
    context.putAll(call.with());
    return new Question(
        role.arn(),
        call.action(),
        call.resource(),
        owner(call, place),
        context,
        role.policies(),
        policies.guarding(call.resource()),
        inNetwork ? endpoint(call, place) : List.of());
  }

  /**
   * As if keys left it to IAM, for what a role is granted is to be right even so: they admit the
   * whole account through their services.
   */
  public Question ofOwnPolicies(Role role, Call call) {
    Question question = question(role, call, false);
    return call.service().equals("kms") ? question.guardedBy(leftToIam(role)) : question;
  }

  private JsonNode leftToIam(Role role) {
    String root = "arn:aws:iam::" + place(role.alias()).account() + ":root";
    ObjectNode policy = EVERYTHING.deepCopy();
    ((ObjectNode) policy.at("/Statement/0")).putObject("Principal").put("AWS", root);
    return policy;
  }

  /** Questions of one entry of {@code guarded}, in both Regions. */
  public Stream<Question> guarded(JsonNode entry) {
    return Stream.of("primary", "dr")
        .map(this::place)
        .flatMap(
            place -> ListedCalls.combined(entry, place).map(call -> guarded(entry, call, place)))
        .distinct();
  }

  private Question guarded(JsonNode entry, Call call, Place place) {
    String by = place.fill(entry.path("by").asText());
    boolean administrator = by.equals("administrator");
    String guard = place.fill(entry.path("guard").asText(call.resource()));
    JsonNode policy =
        policies
            .guarding(guard)
            .orElseThrow(
                () ->
                    new AssertionError(
                        "%s must have a policy in %s, where there are %s"
                            .formatted(guard, name, policies.all().keySet())));
    return new Question(
        administrator ? "arn:aws:iam::" + place.account() + ":role/administrator" : by,
        call.action(),
        call.resource(),
        place.account(),
        call.with(),
        administrator || entry.path("own").asText().equals("everything")
            ? List.of(EVERYTHING)
            : List.of(),
        Optional.of(policy),
        List.of());
  }

  private static String owner(Call call, Place place) {
    String account = call.namesNothing() ? "" : call.resource().split(":", 6)[4];
    return account.isEmpty() ? place.account() : account;
  }

  private List<JsonNode> endpoint(Call call, Place place) {
    boolean near =
        switch (call.service()) {
          case "dynamodb" -> call.region().equals(place.region());
          case "s3" -> place.region().equals(bucketRegions.get(bucket(call.resource())));
          default -> false;
        };
    return near ? policies.endpoint(call.service(), place.region()) : List.of();
  }

  private static String bucket(String arn) {
    return arn.replaceFirst("^arn:aws:s3:::", "").replaceFirst("/.*", "");
  }
}
