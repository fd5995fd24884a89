package payments.dr.operations.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.main.configuration.RemoteState;
import payments.dr.operations.BadInputException;
import payments.dr.operations.CommandFailedException;
import payments.dr.operations.Project;

/**
 * Makes one pair of state buckets by the stack that describes them. Its state begins on disk, in a
 * work folder that a rebuild does not clear, and moves into the bucket at the end. What is in the
 * bucket always counts more than what is on disk, so a run can be repeated wherever it stopped.
 */
final class Bootstrap {

  /** Below the project's root; not in {@code cdktf.out}, which a clean build removes. */
  private static final String WORK = ".bootstrap";

  /** Lies there while resources are made, and stays when the run is killed. */
  private static final String APPLYING = "applying";

  private static final String OVERRIDE = "backend_override.tf.json";
  private static final String ON_DISK =
      "{\"terraform\":{\"backend\":{\"local\":{\"path\":\"terraform.tfstate\"}}}}\n";

  private final Project project;
  private final RemoteState state;
  private final Path folder;
  private final Terraform terraform;
  private final List<String> approval;
  private final boolean adopt;

  Bootstrap(Project project, Tools tools, RemoteState state, boolean autoApprove, boolean adopt) {
    this.project = project;
    this.state = state;
    this.folder = project.root().resolve(WORK).resolve(state.stackName());
    this.terraform = new Terraform(tools, folder);
    this.approval = autoApprove ? List.of("-auto-approve") : List.of();
    this.adopt = adopt || Files.exists(folder.resolve(APPLYING));
  }

  void run() {
    say("looking for its state in bucket " + state.backend().bucket());
    prepare();
    remove(OVERRIDE);
    if (bucketHoldsState()) {
      say("the buckets are there; applying what has changed");
      apply();
    } else {
      say("making the buckets, with a state in " + folder);
      makeBuckets();
      say("moving the state into the bucket");
      moveState();
    }
    verify();
    Folders.delete(folder);
    say("done");
  }

  private void prepare() {
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

  private boolean bucketHoldsState() {
    Tools.Output init = terraform.ask("init", "-input=false", "-no-color", "-reconfigure");
    if (init.succeeded()) {
      return !terraform.state().path("resources").isEmpty();
    }
    if (init.err().contains("does not exist")) {
      return false;
    }
    throw new CommandFailedException("terraform init failed: " + init.err().strip());
  }

  private void makeBuckets() {
    write(OVERRIDE, ON_DISK);
    terraform.run("init", "-input=false", "-reconfigure");
    write(APPLYING, "");
    if (!tryApply()) {
      // A run that was killed may have made what its state does not know. Anything else of that
      // name is somebody else's, and left alone.
      if (!adopt || new Adoption(terraform).adoptMissing() == 0) {
        remove(APPLYING);
        throw failed();
      }
      apply();
    }
    remove(APPLYING);
  }

  private void moveState() {
    remove(OVERRIDE);
    terraform.run("init", "-input=false", "-migrate-state", "-force-copy");
  }

  /** The bucket's state is what the next person works with: it must describe what is there. */
  private void verify() {
    Tools.Output plan =
        terraform.ask(
            "plan", "-input=false", "-no-color", "-detailed-exitcode", "-lock-timeout=60s");
    if (!plan.succeeded()) {
      throw new CommandFailedException(
          "plan of %s must be empty now, got status %d: %s"
              .formatted(state.stackName(), plan.status(), plan.out() + plan.err()));
    }
  }

  private void apply() {
    if (!tryApply()) {
      throw failed();
    }
  }

  private boolean tryApply() {
    return terraform.apply(
        Stream.concat(Stream.of("apply", "-input=true"), approval.stream()).toArray(String[]::new));
  }

  private CommandFailedException failed() {
    return new CommandFailedException(
        "terraform apply of %s failed; run this again when the cause above is mended, with --adopt if"
            + " another machine made what exists".formatted(state.stackName()));
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

  private void say(String text) {
    System.out.println(state.stackName() + ": " + text);
  }
}
