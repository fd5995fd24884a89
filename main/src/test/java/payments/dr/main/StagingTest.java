package payments.dr.main;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

  private static final String STACK = "cdktf.out/stacks/x/cdk.tf.json";
  private static final String ASSET = "cdktf.out/stacks/x/assets/function/%s/function.jar";

  @TempDir Path folder;

  @BeforeEach
  void older_files_lie_there() throws IOException {
    write("cdktf.out/manifest.json", "old");
    write(STACK, "old");
    write(ASSET.formatted("1"), "old");
    write("cdktf.out/stacks/x/.terraform/lock", "kept");
    write("cdktf.out/stacks/y/cdk.tf.json", "kept");
  }

  @Test
  void what_is_published_replaces_its_own_kind_only() throws IOException {
    try (Staging staging = staged()) {
      staging.publish();
    }

    assertEquals(
        Map.of(
            "cdktf.out/manifest.json",
            "{}",
            STACK,
            "{\"new\":1}",
            ASSET.formatted("2"),
            "new",
            "cdktf.out/stacks/x/.terraform/lock",
            "kept",
            "cdktf.out/stacks/y/cdk.tf.json",
            "kept"),
        files());
  }

  @Test
  void a_folder_that_is_not_there_is_made() throws IOException {
    try (Staging staging = staged(folder.resolve("a/b"))) {
      staging.publish();
    }

    assertEquals("{\"new\":1}", files().get("a/b/stacks/x/cdk.tf.json"));
  }

  @Test
  void what_is_not_published_can_be_read_and_leaves_nothing_behind() throws IOException {
    Map<String, String> before = files();

    try (Staging staging = staged()) {
      assertEquals(1, staging.stack("x").path("new").asInt());
    }

    assertEquals(before, files());
  }

  @Test
  void what_is_published_last_stays() throws Exception {
    try (Staging one = staged();
        Staging other = staged()) {
      write(folder.relativize(other.folder()) + "/stacks/x/cdk.tf.json", "{\"new\":2}");
      write(folder.relativize(other.folder()) + "/stacks/x/assets/function/3/function.jar", "new");
      one.publish();
      other.publish();
    }

    assertEquals("{\"new\":2}", files().get(STACK));
    assertEquals(
        Set.of(ASSET.formatted("2"), ASSET.formatted("3")),
        files().keySet().stream().filter(it -> it.contains("/assets/")).collect(toSet()));
  }

  private Staging staged() throws IOException {
    return staged(folder.resolve("cdktf.out"));
  }

  private Staging staged(Path target) throws IOException {
    Staging staging = Staging.within(target);
    Path written = folder.relativize(staging.folder());
    write(written + "/manifest.json", "{}");
    write(written + "/stacks/x/cdk.tf.json", "{\"new\":1}");
    write(written + "/stacks/x/assets/function/2/function.jar", "new");
    return staging;
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (path.endsWith(".lock")) {
          continue;
        }
        found.put(folder.relativize(path).toString(), Files.readString(path));
      }
    }
    return found;
  }
}
