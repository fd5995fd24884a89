package payments.dr.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.AccountConfig;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.recovery.MeasurementRules;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.state.StateBackend;

/** Reads all files of a project and checks what holds between them. */
final class ConfigurationReader {

  private static final String ENVIRONMENTS = "main/environments";
  private static final String ACCOUNTS = "main/accounts";
  private static final String SUFFIX = "ENVIRONMENT_SUFFIX";

  /** The environment that throw-away ones are made like. */
  private static final String TEMPLATE = "dev";

  private final ErrorLog errors = new ErrorLog();
  private final Map<String, SettingsFile<AccountConfig>> accounts;
  private final Map<String, SettingsFile<EnvironmentConfig>> environments;
  private final Map<String, SettingsFile<Measurements>> measurements;

  ConfigurationReader(Path root) {
    SettingsFiles files = new SettingsFiles(root, errors);
    accounts = files.read(ACCOUNTS, AccountConfig.class, NamePattern.ACCOUNT);
    environments = files.read(ENVIRONMENTS, EnvironmentConfig.class, NamePattern.ENVIRONMENT);
    measurements =
        files.readAny(Environment.MEASUREMENTS, Measurements.class, NamePattern.ENVIRONMENT);
  }

  Configuration read(Optional<String> suffix) {
    environments.values().forEach(this::checkAccount);
    measurements.forEach(this::checkMeasurements);
    suffix.ifPresent(this::checkSuffix);
    errors.throwIfAny();

    List<Account> allAccounts =
        accounts.entrySet().stream()
            .map(file -> new Account(file.getKey(), file.getValue().config().get()))
            .toList();
    List<Environment> all = new ArrayList<>();
    environments.forEach((name, file) -> all.add(environment(name, file)));
    List<RemoteState> remoteStates = remoteStates(allAccounts, all);
    suffix.ifPresent(name -> all.add(throwAway(name)));
    Configuration configuration = new Configuration(all, allAccounts, remoteStates);
    checkStates(configuration);
    checkBuckets(remoteStates);
    errors.throwIfAny();
    return configuration;
  }

  private Environment environment(String name, SettingsFile<EnvironmentConfig> file) {
    return new Environment(
        name,
        file.config().orElseThrow(),
        file.path(),
        Optional.ofNullable(measurements.get(name)).flatMap(SettingsFile::config));
  }

  private List<RemoteState> remoteStates(List<Account> owners, List<Environment> users) {
    return Stream.concat(
            owners.stream().flatMap(account -> account.remoteState().stream()),
            users.stream().flatMap(user -> user.remoteState(accountConfig(user)).stream()))
        .toList();
  }

  private AccountConfig accountConfig(Environment environment) {
    return accounts.get(environment.config().account()).config().orElseThrow();
  }

  /**
   * Like the template, but below its domain, where no record collides, and with a state of its own:
   * in the template's bucket, or in a workspace of its name beside the template's.
   */
  private Environment throwAway(String name) {
    Environment template = environment(TEMPLATE, environments.get(TEMPLATE));
    ObjectNode tree = environments.get(TEMPLATE).tree().orElseThrow().deepCopy();
    tree.withObject("/dns").put("domainName", name + "." + template.config().dns().domainName());
    switch (template.config().state().kind()) {
      case S3 -> tree.withObject("/state").put("bucket", template.stateBucket());
      case TERRAFORM_CLOUD -> tree.withObject("/state").remove("workspace");
      case LOCAL -> {}
    }
    SettingsBinder.Bound<EnvironmentConfig> bound =
        SettingsBinder.bind(EnvironmentConfig.class, tree);
    errors.note(SUFFIX, bound.errors());
    return new Environment(
        name, bound.value().orElse(template.config()), template.file(), Optional.empty());
  }

  /** Looks at the name of a file with other errors, too: its author should see them all at once. */
  private void checkAccount(SettingsFile<EnvironmentConfig> file) {
    String name = file.text("account").orElse("");
    SettingsFile<AccountConfig> account = accounts.get(name);
    if (account != null && account.config().isPresent() && file.config().isPresent()) {
      checkAgreement(file.path(), file.config().get(), account.config().get());
    } else if (account == null && !name.isEmpty()) {
      errors.note(
          file.path(),
          "account",
          "must be one of %s (the files in %s), got %s"
              .formatted(
                  String.join(", ", accounts.keySet()),
                  ACCOUNTS,
                  ConfigurationErrors.quoted(name)));
    }
  }

  private void checkMeasurements(String name, SettingsFile<Measurements> file) {
    SettingsFile<EnvironmentConfig> environment = environments.get(name);
    if (environment == null) {
      errors.note(
          file.path(),
          "file name",
          "must be one of %s (the files in %s), got %s"
              .formatted(
                  String.join(", ", environments.keySet()),
                  ENVIRONMENTS,
                  ConfigurationErrors.quoted(name)));
      return;
    }
    String accountName = environment.text("account").orElse("");
    Optional.ofNullable(accounts.get(accountName))
        .flatMap(SettingsFile::config)
        .map(account -> new Account(accountName, account))
        .ifPresent(
            account ->
                file.config()
                    .ifPresent(
                        measured ->
                            errors.note(
                                file.path(), MeasurementRules.errors(measured, name, account))));
  }

  /** What was prepared once in the account is what the environment relies on. */
  private void checkAgreement(String path, EnvironmentConfig environment, AccountConfig account) {
    if (!environment.localAws().equals(account.localAws())) {
      errors.note(
          path,
          "localAws",
          "must be %s as in account %s, got %s"
              .formatted(account.localAws(), environment.account(), environment.localAws()));
    }
    RegionPair<String> prepared = account.regions();
    RegionPair<String> used = environment.regions().map(RegionSettings::name);
    for (RegionRole role : RegionRole.values()) {
      if (!List.of(prepared.primary(), prepared.dr()).contains(used.get(role))) {
        errors.note(
            path,
            "regions." + role.id() + ".name",
            "must be a Region of account %s (%s, %s), got %s"
                .formatted(
                    environment.account(),
                    prepared.primary(),
                    prepared.dr(),
                    ConfigurationErrors.quoted(used.get(role))));
      }
    }
  }

  /** Two stacks in one state would each plan to destroy the other. */
  private void checkStates(Configuration configuration) {
    Map<StateBackend, String> stacks = new HashMap<>();
    for (Account account : configuration.accounts()) {
      String stack = account.stackName();
      checkState(stacks, accounts.get(account.name()).path(), stack, account.backend(stack));
    }
    for (Environment environment : configuration.environments()) {
      String stack = environment.stackName();
      SettingsFile<EnvironmentConfig> file = environments.get(environment.name());
      String place = file == null ? SUFFIX : file.path();
      checkState(stacks, place, stack, environment.backend(stack));
      environment
          .witness()
          .ifPresent(witness -> checkState(stacks, place, witness.stackName(), witness.backend()));
    }
  }

  /** Each bucket is made by one stack. */
  private void checkBuckets(List<RemoteState> remoteStates) {
    Map<String, String> owners = new HashMap<>();
    for (RemoteState state : remoteStates) {
      String other = owners.putIfAbsent(state.backend().bucket(), state.stackName());
      if (other != null) {
        errors.note(
            state.stackName(), "state.bucket", "must be made by one stack, got that of " + other);
      }
    }
  }

  /** Only a workspace can be that of another stack: keys and paths hold the stack's name. */
  private void checkState(
      Map<StateBackend, String> stacks, String place, String stack, StateBackend backend) {
    String other = stacks.putIfAbsent(backend, stack);
    if (other != null) {
      errors.note(place, "state.workspace", "must belong to one stack, got that of " + other);
    }
  }

  private void checkSuffix(String name) {
    Set<String> taken = environments.keySet();
    if (!name.matches(ResourceNames.ENVIRONMENT_PATTERN)) {
      errors.note(
          SUFFIX,
          "value",
          "must be "
              + ResourceNames.ENVIRONMENT_MEANING
              + ", got "
              + ConfigurationErrors.quoted(name));
    } else if (taken.contains(name)) {
      errors.note(
          SUFFIX,
          "value",
          "must not be an environment that has a file (%s), got %s"
              .formatted(String.join(", ", taken), ConfigurationErrors.quoted(name)));
    } else if (!taken.contains(TEMPLATE)) {
      errors.note(
          SUFFIX,
          "value",
          "needs " + ENVIRONMENTS + "/" + TEMPLATE + SettingsFiles.EXTENSION + ", got none");
    }
  }
}
