package payments.dr.operations.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import payments.dr.configuration.environment.RemoteState;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.terraform.Terraform;
import payments.dr.operations.terraform.Tools;

/**
 * The folder from which the stack of a pair of state buckets is made and removed: at either end of
 * the buckets' life, its state is on disk here. A rebuild of the project does not clear it.
 */
final class WorkFolder {

  private static final String PARENT = ".bootstrap";
  private static final String OVERRIDE = "backend_override.tf.json";
  private static final String ON_DISK =
      "{\"terraform\":{\"backend\":{\"local\":{\"path\":\"" + DiskState.FILE + "\"}}}}\n";

  /** Lies there while resources are made, and stays when the run is killed. */
  private static final String APPLYING = "applying";

  private final Project project;
  private final RemoteState state;
  private final Path folder;
  private final Terraform terraform;

  WorkFolder(Project project, Tools tools, RemoteState state) {
    this.project = project;
    this.state = state;
    this.folder = project.root().resolve(PARENT).resolve(state.stackName());
    this.terraform = new Terraform(tools, folder);
  }

  Terraform terraform() {
    return terraform;
  }

  /** Puts the synthesized stack there, beside what an earlier run may have left. */
  void prepare() {
    Path synthesized = project.stackFolder(state.stackName()).resolve("cdk.tf.json");
    if (!Files.exists(synthesized)) {
      throw new BadInputException(synthesized + " must exist: run `make synth` first");
    }
    try {
      Files.createDirectories(folder);
      Files.copy(synthesized, folder.resolve("cdk.tf.json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks into the bucket; returns whether it holds the stack's state. */
  boolean useBucket() {
    remove(OVERRIDE);
    Tools.Output init = terraform.ask("init", "-input=false", "-no-color", "-reconfigure");
    if (init.succeeded()) {
      return !terraform.state().path("resources").isEmpty();
    }
    if (init.err().contains("does not exist")) {
      return false;
    }
    throw new CommandFailedException("terraform init failed: " + init.err().strip());
  }

  /** Uses the state that is on disk, or begins one. */
  void useDisk() {
    write(OVERRIDE, ON_DISK);
    new DiskState(folder).recover();
    terraform.run("init", "-input=false", "-reconfigure");
  }

  boolean holdsState() {
    return new DiskState(folder).exists();
  }

  void moveToBucket() {
    remove(OVERRIDE);
    terraform.run("init", "-input=false", "-migrate-state", "-force-copy");
  }

  void moveToDisk() {
    write(OVERRIDE, ON_DISK);
    terraform.run("init", "-input=false", "-migrate-state", "-force-copy");
  }

  void markApplying() {
    write(APPLYING, "");
  }

  void unmarkApplying() {
    remove(APPLYING);
  }

  /** Whether a run was killed while it made resources. */
  boolean killedWhileApplying() {
    return Files.exists(folder.resolve(APPLYING));
  }

  void delete() {
    Folders.delete(folder);
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(String file) {
    try {
      Files.deleteIfExists(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
