package payments.dr.main.configuration;

import java.util.Objects;
import payments.dr.backends.StateBackend;
import payments.dr.modules.naming.ResourceNames;

/**
 * An AWS account: its configuration, and the name that its file gives it.
 *
 * @param name such as {@code nonprod} from nonprod.yaml
 */
public record Account(String name, AccountConfig config) {

  public ResourceNames names() {
    return new ResourceNames(name, Objects.requireNonNullElse(config.bucketPrefix(), ""));
  }

  /** Where the state of one of its stacks is kept: not in the bucket of a namesake environment. */
  public StateBackend backend(String stackName) {
    return config
        .state()
        .backend(names().bucket("account-state"), config.regions().dr(), stackName);
  }
}
