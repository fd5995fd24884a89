package payments.dr.operations.drill.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.BadInputException;

/**
 * The evidence that this checkout holds, a folder for each drill.
 *
 * @param root the folder of folders, which need not exist
 */
record Archive(Path root) {

  /** Oldest first: an id ends in the time at which its drill began. */
  List<Dossier> all() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(Files::isDirectory).map(Dossier::new).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param id whole, or as much of its beginning as no other one shares
   * @throws BadInputException when none or several begin so
   */
  Dossier find(String id) {
    List<Dossier> all = all();
    List<Dossier> found =
        all.stream()
            .filter(dossier -> dossier.id().equals(id))
            .findFirst()
            .map(List::of)
            .orElseGet(() -> all.stream().filter(dossier -> dossier.id().startsWith(id)).toList());
    if (found.size() != 1) {
      throw new BadInputException(
          "evidence must be one of %s in %s, got \"%s\""
              .formatted(all.isEmpty() ? "none yet" : String.join(", ", ids(all)), root, id));
    }
    return found.get(0);
  }

  private static List<String> ids(List<Dossier> dossiers) {
    return dossiers.stream().map(Dossier::id).toList();
  }
}
