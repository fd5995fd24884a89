package payments.dr.operations.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedStateTest {

  @TempDir Path folder;

  @Test
  void state_that_a_plan_was_made_of_is_found_in_it() throws IOException {
    Path plan = plan("tfstate", "{\"lineage\": \"abc\", \"serial\": 7, \"version\": 4}");

    assertEquals(new PlannedState("abc", 7), PlannedState.ofPlan(plan));
  }

  @Test
  void what_is_no_plan_is_refused() throws IOException {
    Path other = plan("tfplan", "");
    Path text = Files.writeString(folder.resolve("text"), "{}");

    assertThrows(IOException.class, () -> PlannedState.ofPlan(other));
    assertThrows(IOException.class, () -> PlannedState.ofPlan(text));
  }

  private Path plan(String entry, String content) throws IOException {
    Path file = folder.resolve("plan.bin");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream archive = new ZipOutputStream(out)) {
      archive.putNextEntry(new ZipEntry(entry));
      archive.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
