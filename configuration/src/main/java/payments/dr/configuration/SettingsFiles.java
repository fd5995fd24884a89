package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.configuration.SettingsBinder.Bound;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.InvalidSettingsException;

/** Reads the settings files of a project, each by itself. */
final class SettingsFiles {

  static final String EXTENSION = ".yaml";

  private final Path root;
  private final ErrorLog errors;

  SettingsFiles(Path root, ErrorLog errors) {
    this.root = root;
    this.errors = errors;
  }

  /** Every file of a directory, of which there must be one, by its name without the extension. */
  <T extends Record> Map<String, SettingsFile<T>> read(
      String directory, Class<T> type, NamePattern names) {
    Map<String, SettingsFile<T>> files = readAny(directory, type, names);
    if (files.isEmpty()) {
      errors.note(directory, "directory", "must hold at least one .yaml file, got none");
    }
    return files;
  }

  /** Every file of a directory, if there are any, by its name without the extension. */
  <T extends Record> Map<String, SettingsFile<T>> readAny(
      String directory, Class<T> type, NamePattern names) {
    Map<String, SettingsFile<T>> files = new TreeMap<>();
    for (String fileName : list(directory)) {
      String path = directory + "/" + fileName;
      if (fileName.endsWith(EXTENSION)) {
        String name = fileName.substring(0, fileName.length() - EXTENSION.length());
        checkName(path, name, names);
        files.put(name, file(path, type));
      } else if (fileName.endsWith(".yml")) {
        // Skipped silently, an environment would be missed only when its stack is gone.
        errors.note(
            path, "file name", "must end in .yaml, got " + ConfigurationErrors.quoted(fileName));
      }
    }
    return files;
  }

  private void checkName(String path, String name, NamePattern names) {
    if (!name.matches(names.pattern())) {
      errors.note(
          path,
          "file name",
          "must be " + names.meaning() + ", got " + ConfigurationErrors.quoted(name));
    }
  }

  private <T extends Record> SettingsFile<T> file(String path, Class<T> type) {
    try {
      JsonNode tree = YamlTree.read(Files.readString(root.resolve(path)));
      errors.note(path, PlainSecrets.removeFrom(tree));
      Bound<T> bound = SettingsBinder.bind(type, tree);
      errors.note(path, bound.errors());
      return new SettingsFile<>(path, Optional.of(tree), bound.value());
    } catch (InvalidSettingsException e) {
      errors.note(path, e.errors());
    } catch (MalformedInputException e) {
      errors.note(path, "file", "must be UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SettingsFile<>(path, Optional.empty(), Optional.empty());
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
}
