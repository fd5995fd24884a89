package payments.dr.configuration.environment;

import java.util.Optional;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.state.StateBackend;
import payments.dr.configuration.storage.StorageSettings;

/**
 * The S3 buckets in which an environment or an account keeps its states. They are a stack of their
 * own, which comes before the owner's and outlives it.
 *
 * @param names of the owner
 * @param team that answers for it
 * @param backend where the buckets' own stack keeps its state: in them, once they are there
 * @param regions the primary one, which gets the replica, and as {@code dr} the bucket's own
 */
public record RemoteState(
    ResourceNames names,
    String team,
    StateBackend.S3 backend,
    RegionPair<String> regions,
    AccountConfig account,
    EncryptionSettings encryption,
    StorageSettings storage,
    boolean protectData) {

  /** Returns the stack's name, such as {@code state-prod}. */
  public String stackName() {
    return stackName(names);
  }

  /** Returns what its stack is for, as far as security rules depend on it. */
  public StackKind stackKind() {
    return new StackKind(protectData, account.localAws(), Optional.empty());
  }

  public static String stackName(ResourceNames owner) {
    return owner.global("state");
  }
}
