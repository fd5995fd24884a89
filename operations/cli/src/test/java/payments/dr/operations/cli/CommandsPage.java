package payments.dr.operations.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/reference/commands.md: what {@code --help} prints, of every command. */
final class CommandsPage {

  private CommandsPage() {}

  static String text() {
    List<CommandLine> commands = new ArrayList<>();
    collect(Dr.commandLine(), commands);
    StringBuilder text = new StringBuilder();
    Markdown page = new Markdown(text);
    page.title("Commands of `./dr`");
    page.paragraph(
        "Every command of `./dr` with its options and exit codes, as `--help` prints them.");
    page.paragraph("Made from the commands by `-Dgolden.update`; not written by hand.");
    page.heading("Exit codes");
    page.paragraph(
        """
        0 means that all is well or done. 1 means bad input: nothing was done. 2 means that the command failed, or could not ask;
        of `./dr review` it means that a person must approve. 3 means that the command objects to what it found. Scripts call `./dr` itself: `make` ends with 2 whenever a command fails.""");
    page.table(codes(commands));
    for (CommandLine command : commands) {
      page.heading(name(command));
      page.code("text", command.getUsageMessage(Ansi.OFF).stripTrailing().lines().toList());
    }
    return text.toString();
  }

  private static MarkdownTable codes(List<CommandLine> commands) {
    MarkdownTable table = new MarkdownTable().words("Command", "0", "1", "2", "3");
    for (CommandLine command : commands) {
      Map<String, String> codes = command.getCommandSpec().usageMessage().exitCodeList();
      if (!codes.isEmpty()) {
        table.row(
            Markdown.code(name(command)),
            codes.getOrDefault("0", "–"),
            codes.getOrDefault("1", "–"),
            codes.getOrDefault("2", "–"),
            codes.getOrDefault("3", "–"));
      }
    }
    return table;
  }

  /** Those that do something, and those that speak for what is below them. */
  private static void collect(CommandLine command, List<CommandLine> found) {
    if (command.getSubcommands().isEmpty()
        || !command.getCommandSpec().usageMessage().exitCodeList().isEmpty()) {
      found.add(command);
    }
    command.getSubcommands().values().forEach(below -> collect(below, found));
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
