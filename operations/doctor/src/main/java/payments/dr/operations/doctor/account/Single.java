package payments.dr.operations.doctor.account;

import java.util.Optional;
import payments.dr.configuration.baseline.WatchingService;
import payments.dr.configuration.settings.SettingsType;
import payments.dr.operations.doctor.check.Result;

/**
 * What an account or a Region may have only once, as the account's settings have it: made by its
 * stack, or adopted.
 *
 * @param stack such as {@code account-prod}
 * @param file that holds the account's settings
 * @param key below {@code baseline.adopt}, such as {@code primary.detector}
 * @param adopted what the settings say there, if anything
 * @param service of which it is a part
 */
public record Single(
    String stack, String file, String key, Optional<String> adopted, WatchingService service) {

  /** It does not exist yet. */
  Result absent() {
    return adopted
        .map(
            id ->
                Result.fails(
                    "baseline.adopt.%s must be what exists, got %s and there is none"
                        .formatted(key, id),
                    "in %s: remove baseline.adopt.%s".formatted(file, key)))
        .orElseGet(() -> Result.ok("none yet; " + stack + " makes it"));
  }

  /**
   * It exists, and the stack did not make it.
   *
   * @param what for people
   * @param id as the settings would name it
   */
  Result exists(String what, String id) {
    if (adopted.isPresent() && !adopted.get().equals(id)) {
      return Result.fails(
          "baseline.adopt.%s must be what exists, got %s and there is %s"
              .formatted(key, adopted.get(), what),
          "in %s: %s".formatted(file, adoption(id)));
    }
    return adopted.isPresent()
        ? Result.ok(what + ", adopted by " + stack)
        : Result.fails(
            "must be made by %s, got %s, which exists already".formatted(stack, what),
            "in %s, to take it over: %s; or where another team answers for it: %s"
                .formatted(file, adoption(id), leaving()));
  }

  /** Nobody can adopt what exists; the service can only be left to others. */
  Result foreign(String found) {
    return Result.fails(found, "in %s: %s".formatted(file, leaving()));
  }

  /** Such as {@code baseline: {adopt: {primary: {detector: d1}}}}. */
  private String adoption(String id) {
    String lines = id;
    String[] keys = ("baseline.adopt." + key).split("\\.");
    for (int i = keys.length - 1; i >= 0; i--) {
      lines = i == keys.length - 1 ? keys[i] + ": " + lines : keys[i] + ": {" + lines + "}";
    }
    return lines;
  }

  private String leaving() {
    return "baseline: {leave: [%s]}".formatted(SettingsType.word(service));
  }
}
