package payments.dr.configuration.environment;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import payments.dr.compliance.Exceptions;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.state.StateBackend;

/**
 * An environment: its configuration, and the name that its file gives it.
 *
 * @param name such as {@code dev} from dev.yaml; part of every AWS name
 * @param file that it is configured in, relative to the project root; a throw-away environment's is
 *     its template's
 * @param measurements of its drills
 */
public record Environment(
    String name, EnvironmentConfig config, String file, Optional<Measurements> measurements) {

  /** Where the measurements of all environments are, relative to the project root. */
  public static final String MEASUREMENTS = "main/measurements";

  public ResourceNames names() {
    return new ResourceNames(name, Objects.requireNonNullElse(config.bucketPrefix(), ""));
  }

  /** Returns the stack's name, such as {@code payments-dr-dev}. */
  public String stackName() {
    return "payments-dr-" + name;
  }

  /** Returns where what its drills measure is written, relative to the project root. */
  public String measurementsFile() {
    return MEASUREMENTS + "/" + name + ".yaml";
  }

  /** Returns what its stack is for, as far as security rules depend on it. */
  public StackKind stackKind() {
    return new StackKind(
        config.protectData(),
        config.localAws(),
        Optional.ofNullable(config.databases().retiring())
            .map(generation -> "database-" + generation.id()));
  }

  /** Returns the exceptions from security rules that its file makes. */
  public Exceptions exceptions(LocalDate today) {
    return new Exceptions(config.security().waivers(), file + ": security.exceptions", today);
  }

  /** Returns where the state of one of its stacks is kept. */
  public StateBackend backend(String stackName) {
    return config.state().backend(stateBucket(), config.regions().dr().name(), stackName);
  }

  /** Returns the witness in a third Region, if its file names one. */
  public Optional<Witness> witness() {
    return config.regions().third().map(region -> new Witness(this, region));
  }

  /** Returns the witness that its lease needs; empty below the grade {@code majority}. */
  public Optional<Witness> leaseWitness() {
    return witness().filter(witness -> config.failover().lease() == LeaseGrade.MAJORITY);
  }

  /** Returns the buckets to make for its states, if they are to be in S3. */
  public Optional<RemoteState> remoteState(AccountConfig account) {
    return backend(RemoteState.stackName(names())) instanceof StateBackend.S3 s3
        ? Optional.of(
            new RemoteState(
                names(),
                config.owner(),
                s3,
                new RegionPair<>(config.regions().primary().name(), s3.region()),
                account,
                config.encryption(),
                config.storage(),
                config.protectData()))
        : Optional.empty();
  }

  /** Returns the bucket that the states are kept in when they are in S3. */
  public String stateBucket() {
    return Objects.requireNonNullElse(config.state().bucket(), names().bucket("state"));
  }
}
