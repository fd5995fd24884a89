package payments.dr.configuration.environment;

import java.util.Objects;
import java.util.Optional;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.state.StateBackend;
import payments.dr.configuration.storage.StorageSettings;

/**
 * An AWS account: its configuration, and the name that its file gives it.
 *
 * @param name such as {@code nonprod} from nonprod.yaml
 */
public record Account(String name, AccountConfig config) {

  /** In front of its name in AWS names, so that it is no namesake of an environment. */
  public static final String PREFIX = "account-";

  public ResourceNames names() {
    return new ResourceNames(PREFIX + name, Objects.requireNonNullElse(config.bucketPrefix(), ""));
  }

  /** Returns the stack's name, such as {@code account-nonprod}. */
  public String stackName() {
    return names().environment();
  }

  /** Returns what its stack is for, as far as security rules depend on it. */
  public StackKind stackKind() {
    return new StackKind(!config.localAws(), config.localAws(), Optional.empty());
  }

  /** Returns where the state of one of its stacks is kept. */
  public StateBackend backend(String stackName) {
    return config.state().backend(names().bucket("state"), config.regions().dr(), stackName);
  }

  /** Returns the buckets to make for its states, if they are to be in S3. */
  public Optional<RemoteState> remoteState() {
    return backend(RemoteState.stackName(names())) instanceof StateBackend.S3 s3
        ? Optional.of(
            new RemoteState(
                names(),
                config.owner(),
                s3,
                new RegionPair<>(config.regions().primary(), s3.region()),
                config,
                SettingsFactory.of(EncryptionSettings.class),
                SettingsFactory.of(StorageSettings.class),
                !config.localAws()))
        : Optional.empty();
  }
}
