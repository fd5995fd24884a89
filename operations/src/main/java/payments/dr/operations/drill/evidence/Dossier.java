package payments.dr.operations.drill.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** One drill's folder. */
record Dossier(Path folder) implements Comparable<Dossier> {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Comparator<Dossier> BY_TIME =
      Comparator.comparing(Dossier::stamp).thenComparing(Dossier::id);

  /** Such as {@code local-region-lost-20261231T120000Z}. */
  String id() {
    return folder.getFileName().toString();
  }

  /** Whether the drill came as far as its report, the last file of which is the hashes'. */
  boolean finished() {
    return Files.exists(folder.resolve(Checksums.FILE));
  }

  /** What does not fit the hashes any more, a line each; none: nobody touched it. */
  List<String> faults() {
    return Checksums.faults(folder);
  }

  JsonNode report() {
    try {
      return MAPPER.readTree(folder.resolve(Evidence.JSON).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return read(Evidence.REPORT);
  }

  String json() {
    return read(Evidence.JSON);
  }

  @Override
  public int compareTo(Dossier other) {
    return BY_TIME.compare(this, other);
  }

  private String stamp() {
    return id().substring(id().lastIndexOf('-') + 1);
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
