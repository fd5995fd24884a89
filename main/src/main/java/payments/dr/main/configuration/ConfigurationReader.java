package payments.dr.main.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.main.configuration.InvalidConfigurationException.Located;
import payments.dr.main.configuration.SettingsBinder.Bound;
import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.RegionPair;
import payments.dr.modules.region.RegionRole;
import payments.dr.modules.settings.Fault;
import payments.dr.modules.settings.Faults;
import payments.dr.modules.settings.InvalidSettingsException;

/** Reads the files of a project once, noting faults as it goes. */
final class ConfigurationReader {

  static final String ENVIRONMENTS = "main/environments";
  static final String ACCOUNTS = "main/accounts";
  static final String SUFFIX = "ENVIRONMENT_SUFFIX";

  /** The environment that throw-away ones are made like. */
  private static final String TEMPLATE = "dev";

  private static final String EXTENSION = ".yaml";

  private final Path root;
  private final List<Located> faults = new ArrayList<>();

  ConfigurationReader(Path root) {
    this.root = root;
  }

  /**
   * One file, as far as it could be read.
   *
   * @param tree empty when it is no YAML
   * @param config empty when it has faults
   */
  private record Source<T>(String place, Optional<JsonNode> tree, Optional<T> config) {}

  Configuration read(Optional<String> suffix) {
    Map<String, Source<AccountConfig>> accountFiles = files(ACCOUNTS, AccountConfig.class);
    Map<String, Source<EnvironmentConfig>> environmentFiles =
        files(ENVIRONMENTS, EnvironmentConfig.class);
    environmentFiles.values().forEach(file -> checkAccount(file, accountFiles));

    List<Account> accounts = new ArrayList<>();
    accountFiles.forEach(
        (name, file) -> file.config().ifPresent(it -> accounts.add(new Account(name, it))));
    List<Environment> environments = new ArrayList<>();
    environmentFiles.forEach(
        (name, file) -> file.config().ifPresent(it -> environments.add(new Environment(name, it))));
    suffix.ifPresent(name -> throwAway(name, environmentFiles).ifPresent(environments::add));
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    return new Configuration(environments, accounts);
  }

  private <T extends Record> Map<String, Source<T>> files(String directory, Class<T> type) {
    Map<String, Source<T>> sources = new TreeMap<>();
    for (String file : list(directory)) {
      String place = directory + "/" + file;
      if (!file.endsWith(EXTENSION)) {
        // Left out silently, its environment would be missed only after its stack is gone.
        if (file.endsWith(".yml")) {
          note(place, "file name", "must end in .yaml, got " + Faults.quoted(file));
        }
        continue;
      }
      String name = file.substring(0, file.length() - EXTENSION.length());
      if (!name.matches(ResourceNames.ENVIRONMENT_PATTERN)) {
        note(
            place,
            "file name",
            "must be " + ResourceNames.ENVIRONMENT_MEANING + ", got " + Faults.quoted(name));
      }
      sources.put(name, source(place, type));
    }
    if (sources.isEmpty()) {
      note(directory, "directory", "must hold at least one .yaml file, got none");
    }
    return sources;
  }

  private <T extends Record> Source<T> source(String place, Class<T> type) {
    try {
      JsonNode tree = YamlTree.read(Files.readString(root.resolve(place)));
      PlainSecrets.removeFrom(tree).forEach(fault -> faults.add(new Located(place, fault)));
      Bound<T> bound = SettingsBinder.bind(type, tree);
      bound.faults().forEach(fault -> faults.add(new Located(place, fault)));
      return new Source<>(place, Optional.of(tree), bound.value());
    } catch (InvalidSettingsException e) {
      e.faults().forEach(fault -> faults.add(new Located(place, fault)));
    } catch (MalformedInputException e) {
      note(place, "file", "must be UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Source<>(place, Optional.empty(), Optional.empty());
  }

  /** Rules between an environment and its account; the name is checked in faulty files, too. */
  private void checkAccount(
      Source<EnvironmentConfig> file, Map<String, Source<AccountConfig>> accounts) {
    String account = file.tree().map(tree -> tree.path("account").textValue()).orElse("");
    if (account.isEmpty()) {
      return;
    }
    if (!accounts.containsKey(account)) {
      note(
          file.place(),
          "account",
          "must be one of "
              + String.join(", ", accounts.keySet())
              + " (the files in "
              + ACCOUNTS
              + "), got "
              + Faults.quoted(account));
      return;
    }
    if (file.config().isPresent() && accounts.get(account).config().isPresent()) {
      agree(file.place(), file.config().get(), account, accounts.get(account).config().get());
    }
  }

  private void agree(
      String place, EnvironmentConfig environment, String name, AccountConfig account) {
    if (!environment.localAws().equals(account.localAws())) {
      note(
          place,
          "localAws",
          "must be "
              + account.localAws()
              + " as in account "
              + name
              + ", got "
              + environment.localAws());
    }
    RegionPair<String> prepared = account.regions();
    for (RegionRole role : RegionRole.values()) {
      String region = environment.regions().get(role).name();
      if (!region.equals(prepared.primary()) && !region.equals(prepared.dr())) {
        note(
            place,
            "regions." + role.id() + ".name",
            "must be a Region of account "
                + name
                + " ("
                + prepared.primary()
                + ", "
                + prepared.dr()
                + "), got "
                + Faults.quoted(region));
      }
    }
  }

  private Optional<Environment> throwAway(
      String name, Map<String, Source<EnvironmentConfig>> files) {
    Set<String> taken = files.keySet();
    if (!name.matches(ResourceNames.ENVIRONMENT_PATTERN)) {
      note(
          SUFFIX,
          "value",
          "must be " + ResourceNames.ENVIRONMENT_MEANING + ", got " + Faults.quoted(name));
    } else if (taken.contains(name)) {
      note(
          SUFFIX,
          "value",
          "must not be an environment that has a file ("
              + String.join(", ", taken)
              + "), got "
              + Faults.quoted(name));
    } else if (!taken.contains(TEMPLATE)) {
      note(SUFFIX, "value", "needs " + ENVIRONMENTS + "/" + TEMPLATE + EXTENSION + ", got none");
    } else {
      return files.get(TEMPLATE).config().map(config -> new Environment(name, config));
    }
    return Optional.empty();
  }

  private List<String> list(String directory) {
    Path path = root.resolve(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(String place, String key, String problem) {
    faults.add(new Located(place, new Fault(key, problem)));
  }
}
