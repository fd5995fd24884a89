package payments.dr.operations.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStateTest {

  private static final String OLD =
      "{\"version\": 4, \"serial\": 1, \"lineage\": \"0f1e\", \"resources\": []}";
  private static final String NEW = OLD.replace("1,", "2,");

  @TempDir Path folder;

  @Test
  void half_a_state_is_replaced_by_the_backup() throws IOException {
    write(DiskState.FILE, NEW.substring(0, 20));
    write(DiskState.FILE + ".backup", OLD);

    new DiskState(folder).recover();

    assertEquals(OLD, Files.readString(folder.resolve(DiskState.FILE)));
  }

  @Test
  void whole_state_is_left_alone() throws IOException {
    write(DiskState.FILE, NEW);
    write(DiskState.FILE + ".backup", OLD);

    new DiskState(folder).recover();

    assertEquals(NEW, Files.readString(folder.resolve(DiskState.FILE)));
  }

  @Test
  void backup_that_is_broken_too_replaces_nothing() throws IOException {
    write(DiskState.FILE, "");
    write(DiskState.FILE + ".backup", OLD.substring(0, 20));

    new DiskState(folder).recover();

    assertEquals("", Files.readString(folder.resolve(DiskState.FILE)));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
