package payments.dr.configuration;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import payments.dr.compliance.CheckedStack;
import payments.dr.compliance.Exceptions;
import payments.dr.compliance.Resources;
import payments.dr.compliance.StackKind;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.configuration.environment.Witness;

/**
 * Everything that the project's files configure.
 *
 * @param environments in the order of their file names, the throw-away one last
 * @param accounts in the order of their file names
 * @param remoteStates of the accounts, then of the environments; a throw-away environment has none
 *     of its own
 */
public record Configuration(
    List<Environment> environments, List<Account> accounts, List<RemoteState> remoteStates) {

  public Configuration {
    environments = List.copyOf(environments);
    accounts = List.copyOf(accounts);
    remoteStates = List.copyOf(remoteStates);
  }

  /**
   * Reads and checks all files.
   *
   * @param projectRoot holds {@code main/environments} and {@code main/accounts}, and may hold
   *     {@code main/measurements}
   * @param suffix name of a throw-away environment with the settings of dev.yaml, from {@code
   *     ENVIRONMENT_SUFFIX}
   * @throws InvalidConfigurationException with every error of every file
   */
  public static Configuration read(Path projectRoot, Optional<String> suffix) {
    return new ConfigurationReader(projectRoot).read(suffix);
  }

  /** Returns the account that an environment lives in. */
  public Account accountOf(Environment environment) {
    return accounts.stream()
        .filter(account -> account.name().equals(environment.config().account()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "account in %s must be one of %s, got \"%s\""
                        .formatted(
                            environment.file(),
                            String.join(", ", accounts.stream().map(Account::name).toList()),
                            environment.config().account())));
  }

  /** Returns what one environment depends on: itself, its account, and the states of both. */
  public Configuration only(Environment environment) {
    Account account = accountOf(environment);
    Set<String> states =
        Set.of(RemoteState.stackName(environment.names()), RemoteState.stackName(account.names()));
    return new Configuration(
        List.of(environment),
        List.of(account),
        remoteStates.stream().filter(state -> states.contains(state.stackName())).toList());
  }

  /** Returns the witnesses of those environments that have one. */
  public List<Witness> witnesses() {
    return environments.stream().flatMap(environment -> environment.witness().stream()).toList();
  }

  /**
   * Returns all stacks, and what each is judged by: no file excuses those beside the environments.
   *
   * @param synthesized gives a stack's resources by its name
   * @param today decides which exceptions have expired
   */
  public List<CheckedStack> checkedStacks(
      Function<String, Resources> synthesized, LocalDate today) {
    return Stream.of(
            remoteStates.stream()
                .map(state -> checked(state.stackName(), state.stackKind(), synthesized)),
            accounts.stream()
                .map(account -> checked(account.stackName(), account.stackKind(), synthesized)),
            witnesses().stream()
                .map(witness -> checked(witness.stackName(), witness.stackKind(), synthesized)),
            environments.stream()
                .map(
                    environment ->
                        new CheckedStack(
                            environment.stackName(),
                            synthesized.apply(environment.stackName()),
                            environment.stackKind(),
                            environment.exceptions(today))))
        .flatMap(stacks -> stacks)
        .toList();
  }

  private static CheckedStack checked(
      String stack, StackKind kind, Function<String, Resources> synthesized) {
    return new CheckedStack(stack, synthesized.apply(stack), kind, Exceptions.NONE);
  }
}
