package payments.dr.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A folder with some of the project's scripts, and with stand-ins for the programs that they call.
 *
 * @param folder root of this project as those scripts see it
 */
public record StandIns(Path folder) {

  /** Copies scripts there, named as in the folder {@code scripts}. */
  public void scripts(String... names) throws IOException {
    for (String name : names) {
      Path target = folder.resolve("scripts").resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(
          ProjectCopy.PROJECT.resolve("scripts").resolve(name),
          target,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Writes a program in {@code sh}; those in the folder {@code bin} are found before others. */
  public void program(String file, String script) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + script);
    if (!path.toFile().setExecutable(true)) {
      throw new IOException(path + " must become executable");
    }
  }

  /** Writes a synthesized stack of which only the backend is known. */
  public void stack(String name, String backend) throws IOException {
    Path stack = folder.resolve("cdktf.out/stacks").resolve(name);
    Files.createDirectories(stack);
    Files.writeString(
        stack.resolve("cdk.tf.json"), "{\"terraform\": {\"backend\": " + backend + "}}");
  }

  /** Runs commands in the folder; {@code $CALLS} names the file in which programs note calls. */
  public Shell shell() {
    return new Shell(folder, Map.of())
        .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
        .with("CALLS", folder.resolve("calls").toString());
  }

  /** Returns what programs noted; nothing when none was called. */
  public String calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readString(calls) : "";
  }
}
