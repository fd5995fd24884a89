package payments.dr.operations.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs commands with what they need to reach AWS, by the script that {@code make} uses.
 *
 * @param environment whose AWS it is; {@code local} for the local one
 */
public record Tools(Path root, String environment) {

  /** How a command ended, and what it said. */
  public record Output(int status, String out, String err) {

    public boolean succeeded() {
      return status == 0;
    }
  }

  /** Runs a command that says its piece to the user, and may ask; returns its status. */
  public int show(Path folder, boolean applying, List<String> command) {
    try {
      return new ProcessBuilder(withAws(applying, command))
          .directory(folder.toFile())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(command, e);
    }
  }

  /** Runs a command for its answer. */
  public Output ask(Path folder, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(withAws(false, command)).directory(folder.toFile()).start();
      process.getOutputStream().close();
      CompletableFuture<String> err =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      String out = text(process.getInputStream());
      return new Output(process.waitFor(), out, err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(command, e);
    }
  }

  private List<String> withAws(boolean applying, List<String> command) {
    List<String> words = new ArrayList<>();
    words.add(root.resolve("scripts/with-aws").toString());
    if (applying) {
      words.add("--apply");
    }
    words.add(environment);
    words.addAll(command);
    return words;
  }

  private static String text(java.io.InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException interrupted(List<String> command, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while running " + command, e);
  }
}
