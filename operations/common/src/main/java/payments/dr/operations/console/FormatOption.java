package payments.dr.operations.console;

import picocli.CommandLine.Option;

/** How a command writes its answer. */
public final class FormatOption {

  /** For people, or for programs. */
  public enum Format {
    text,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; without it ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format;

  public Format value() {
    return format;
  }
}
