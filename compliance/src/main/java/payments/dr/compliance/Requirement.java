package payments.dr.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a rule asks of a resource.
 *
 * @param allowed in words, continuing "allowed: "
 * @param concerned which resources of the rule's types it is asked of
 */
public record Requirement(String allowed, Concern concerned, Check check) {

  Requirement(String allowed, Check check) {
    this(allowed, (resource, stack) -> true, check);
  }

  /** Tells what was found when it is not what is allowed. */
  @FunctionalInterface
  public interface Check {

    Optional<String> fault(Resource resource, Resources stack);
  }

  /** Whether something is asked of a resource. */
  @FunctionalInterface
  public interface Concern {

    boolean holds(Resource resource, Resources stack);
  }

  static Requirement on(String path) {
    return new Requirement(
        path + " true",
        (resource, stack) -> faultIf(!resource.isOn(path), resource.describe(path)));
  }

  /** Off by default, so that it may be absent. */
  static Requirement off(String path) {
    return new Requirement(
        path + " false or absent",
        (resource, stack) -> faultIf(resource.isOn(path), resource.describe(path)));
  }

  /** Any value; references are not followed. */
  static Requirement has(String path) {
    return new Requirement(
        path, (resource, stack) -> faultIf(!resource.has(path), resource.describe(path)));
  }

  /** Any value of one of two attributes that say the same; references are not followed. */
  static Requirement hasEither(String path, String other) {
    return new Requirement(
        path + " or " + other,
        (resource, stack) ->
            faultIf(
                !resource.has(path) && !resource.has(other),
                resource.describe(path) + ", " + resource.describe(other)));
  }

  /** None of these attributes; what they hold is not told, it could be a secret. */
  static Requirement none(String... paths) {
    return new Requirement(
        "no " + String.join(", ", paths),
        (resource, stack) ->
            Arrays.stream(paths).filter(resource::has).map(path -> path + " is there").findFirst());
  }

  static Requirement in(String path, String... values) {
    return new Requirement(
        path
            + " "
            + Arrays.stream(values)
                .map(value -> "\"" + value + "\"")
                .collect(Collectors.joining(" or ")),
        (resource, stack) ->
            faultIf(!List.of(values).contains(resource.text(path)), resource.describe(path)));
  }

  static Requirement between(String path, long least, long most) {
    return new Requirement(
        path + (most == Long.MAX_VALUE ? " " + least + " or more" : " " + least + " to " + most),
        (resource, stack) -> {
          JsonNode value = resource.at(path);
          boolean inside =
              value.canConvertToLong() && value.asLong() >= least && value.asLong() <= most;
          return faultIf(!inside, resource.describe(path));
        });
  }

  static Requirement atLeast(String path, long least) {
    return between(path, least, Long.MAX_VALUE);
  }

  /**
   * Another resource that completes this one, as {@code aws_s3_bucket_versioning} does a bucket.
   */
  static Requirement part(String type, String naming, Requirement of) {
    return new Requirement(
        type + " with " + of.allowed,
        (resource, stack) -> {
          List<Resource> parts = stack.naming(type, naming, resource).toList();
          if (parts.isEmpty()) {
            return Optional.of("no " + type);
          }
          return parts.stream()
              .flatMap(
                  part ->
                      of.check.fault(part, stack).stream()
                          .map(fault -> part.address() + ": " + fault))
              .findFirst();
        });
  }

  /** The resource that an attribute names. */
  static Requirement target(String path, Requirement of) {
    return new Requirement(
        path + " that names one with " + of.allowed,
        (resource, stack) ->
            stack
                .named(resource, path)
                .map(
                    target ->
                        of.check.fault(target, stack).map(fault -> target.address() + ": " + fault))
                .orElse(Optional.of(resource.describe(path))));
  }

  Requirement and(Requirement other) {
    return new Requirement(
        allowed + ", " + other.allowed,
        (resource, stack) ->
            check.fault(resource, stack).or(() -> other.check.fault(resource, stack)));
  }

  /**
   * Asked of some resources only.
   *
   * @param which in words
   */
  Requirement only(String which, Concern concern) {
    return new Requirement(allowed + " (" + which + ")", concern, check);
  }

  static Optional<String> faultIf(boolean wrong, String found) {
    return wrong ? Optional.of(found) : Optional.empty();
  }
}
