package payments.dr.operations.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.operations.encoding.Sha256;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.PlanReader;
import payments.dr.operations.review.rules.DataLocation;
import payments.dr.operations.terraform.SynthesizedStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr review}: can this plan lose data, cause downtime, open a hole or break recovery? */
@Command(
    name = "review",
    description = {
      "Says whether a Terraform plan can lose data, cause downtime, open a hole or break recovery.",
      "The plan names its stack itself; the environment's file may allow destroys one by one."
    },
    footer = {
      "  terraform show -json prod.plan | ./dr review -",
      "  ./dr review --format json plan.json"
    },
    exitCodeList = {
      "0:nothing to object to",
      "1:bad input, also wrong usage",
      "2:a person must approve",
      "3:refused"
    })
public final class ReviewCommand implements Callable<Integer> {

  /** How the answer is written. */
  enum Format {
    markdown,
    json
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PLAN", description = "What `terraform show -json` printed, or -.")
  private String source;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; without it ${DEFAULT-VALUE}.",
      defaultValue = "markdown")
  private Format format;

  @Option(
      names = "--stack",
      paramLabel = "FOLDER",
      description = "The synthesized stack, when it is not in cdktf.out.")
  private Optional<Path> folder;

  @Option(
      names = "--saved-plan",
      paramLabel = "FILE",
      description = "The plan's binary file; a cutover may have recorded that it owns it.")
  private Optional<Path> saved;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the whole review there, too: Markdown leaves out what is too long.")
  private Optional<Path> whole;

  @Option(
      names = "--destroy",
      description = {
        "The plan destroys the whole stack, and its owner wants that:",
        "tells only what AWS would refuse half-way."
      })
  private boolean destroy;

  @Override
  public Integer call() throws IOException {
    Project project = Project.ofLauncher();
    Plan plan = read();
    Review review = review(project, plan, ReviewedStack.of(plan, project.configuration()));
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case markdown -> out.print(ReviewMarkdown.of(review, Room.COMMENT));
      case json -> ReviewJson.write(review, out);
    }
    out.flush();
    if (whole.isPresent()) {
      try (Writer file = Files.newBufferedWriter(whole.get())) {
        ReviewJson.write(review, file);
      }
    }
    return review.exitCode();
  }

  private Review review(Project project, Plan plan, ReviewedStack stack) {
    Optional<SynthesizedStack> synthesized =
        folder
            .map(SynthesizedStack::read)
            .or(() -> SynthesizedStack.find(project.stackFolder(stack.name())));
    DataLocation data = LedgerLocation.of(project, stack, saved.map(ReviewCommand::hash));
    return destroy
        ? Review.ofDestruction(stack, plan, synthesized, data)
        : Review.of(stack, plan, synthesized, data, LocalDate.now(ZoneOffset.UTC));
  }

  private static String hash(Path file) {
    try {
      return Sha256.hex(file);
    } catch (UncheckedIOException e) {
      throw new BadInputException("saved plan must be a readable file, got \"" + file + "\"");
    }
  }

  private Plan read() throws IOException {
    if (source.equals("-")) {
      return PlanReader.read("standard input", System.in);
    }
    Path file = Path.of(source);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("plan must be a file or -, got \"" + source + "\"");
    }
    try (InputStream input = Files.newInputStream(file)) {
      return PlanReader.read(source, input);
    }
  }
}
