package payments.dr.compliance;

import java.util.Optional;

/**
 * What a stack is for, as far as rules depend on it.
 *
 * @param keepsData whether it refuses to be destroyed
 * @param localAws whether it runs on a local AWS, which keeps nothing
 * @param retiring part of the addresses of what is about to be removed, such as {@code database-v1}
 */
public record StackKind(boolean keepsData, boolean localAws, Optional<String> retiring) {

  boolean has(Scope scope) {
    return switch (scope) {
      case ALWAYS -> true;
      case KEPT_DATA -> keepsData && !localAws;
      case REAL_AWS -> !localAws;
    };
  }

  boolean has(Scope scope, Resource resource) {
    boolean leaving = retiring.filter(part -> resource.address().contains("_" + part)).isPresent();
    return has(scope) && !(scope == Scope.KEPT_DATA && leaving);
  }
}
