package payments.dr.operations.migration;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The version of the state that a plan was made of. Terraform refuses to apply a plan to any other;
 * a cutover must know that before it fences anything, not after.
 *
 * @param serial grows with every write of the state
 */
record PlannedState(String lineage, long serial) {

  /** Where Terraform 1.x keeps it in the archive that a plan file is. */
  private static final String ENTRY = "tfstate";

  /**
   * @throws IOException also when it is no plan file of a Terraform that we know
   */
  static PlannedState ofPlan(Path file) throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry(ENTRY);
      if (entry == null) {
        throw new IOException("plan %s must hold an entry %s, found none".formatted(file, ENTRY));
      }
      try (InputStream state = archive.getInputStream(entry)) {
        return of(JSON.readTree(state));
      }
    }
  }

  static PlannedState of(JsonNode state) {
    return new PlannedState(state.path("lineage").asText(), state.path("serial").asLong());
  }
}
