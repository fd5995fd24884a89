package payments.dr.operations.console;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command writes its answer, as a mixin. */
public final class FormatOption {

  /** For people, or for programs. */
  private enum Format {
    text,
    json
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; without it ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format;

  /** Whether people read the answer, to whom it can be told piece by piece. */
  public boolean isText() {
    return format == Format.text;
  }

  /**
   * Prints the answer in the format that was asked for.
   *
   * @param text for people, line ends included
   * @param json for programs, line ends included
   */
  public void print(Supplier<String> text, Supplier<String> json) {
    PrintWriter out = command.commandLine().getOut();
    out.print(
        switch (format) {
          case text -> text.get();
          case json -> json.get();
        });
    out.flush();
  }
}
