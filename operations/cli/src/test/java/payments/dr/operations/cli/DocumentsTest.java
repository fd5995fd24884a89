package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** The Markdown pages name commands that exist, and agree with each other. */
class DocumentsTest {

  private static final Path PROJECT = ProjectCopy.PROJECT;

  /** Words in lower case, and the rest of the line or of the code span. */
  private static final Pattern COMMAND =
      Pattern.compile("\\./dr((?: [a-z][a-z-]*)+)((?:(?! #)[^`\\n])*)");

  private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z][a-z-]*");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]*)?\\)");
  private static final String CODE = "`[^`\\n]*`";
  private static final Pattern STATUS = Pattern.compile("(?s)\\*\\*Status:\\*\\* (.+?)\\n\\n");
  private static final Pattern SUPERSEDES =
      Pattern.compile("Supersedes [^\\[]*\\[(\\d{4})\\]\\(\\1-");
  private static final Pattern SUPERSEDED_BY =
      Pattern.compile("(?i)superseded(?: in part)? by \\[(\\d{4})\\]\\(\\1-");

  @Test
  void every_command_of_a_page_exists() {
    List<String> faults = new ArrayList<>();
    CommandLine dr = Dr.commandLine();
    int commands = 0;
    for (Page page : Page.all()) {
      for (MatchResult found : COMMAND.matcher(page.text()).results().toList()) {
        commands++;
        fault(dr, found).ifPresent(fault -> faults.add(page + ": " + fault));
      }
    }

    assertEquals(List.of(), faults);
    assertTrue(commands > 100, "the pages must name commands");
  }

  @Test
  void every_link_of_a_page_leads_to_a_page_and_a_heading() {
    List<String> faults = new ArrayList<>();
    int links = 0;
    for (Page page : Page.all()) {
      for (MatchResult link : LINK.matcher(page.prose().replaceAll(CODE, "")).results().toList()) {
        links++;
        Page target =
            link.group(1).isEmpty() ? page : new Page(page.path().resolveSibling(link.group(1)));
        String anchor = link.group(2);
        if (!Files.exists(target.file())
            || (anchor != null && !target.anchors().contains(anchor))) {
          faults.add(page + ": " + link.group());
        }
      }
    }

    assertEquals(List.of(), faults);
    assertTrue(links > 200, "the pages must have links");
  }

  @Test
  void decisions_that_supersede_and_that_are_superseded_name_each_other() throws IOException {
    Set<String> superseding = new TreeSet<>();
    Set<String> superseded = new TreeSet<>();
    int expected = 1;
    for (Path decision : decisions()) {
      String number = "%04d".formatted(expected++);
      String text = Files.readString(decision);
      assertTrue(text.startsWith("# " + number + ": "), decision::toString);
      String status =
          STATUS.matcher(text).results().map(match -> match.group(1)).findFirst().orElse("");
      assertTrue(status.matches("(?s)(accepted|superseded).*"), () -> decision + ": " + status);
      numbers(SUPERSEDES, status).forEach(older -> superseding.add(older + " by " + number));
      numbers(SUPERSEDED_BY, status).forEach(newer -> superseded.add(number + " by " + newer));
    }

    assertEquals(superseding, superseded);
    assertTrue(superseding.size() > 1, superseding::toString);
  }

  @Test
  void changelogs_newest_version_is_that_of_the_build() throws IOException {
    String newest =
        first("(?m)^## \\[(\\d.*?)\\]", Files.readString(PROJECT.resolve("CHANGELOG.md")));
    String built = first("<version>(.+?)</version>", Files.readString(PROJECT.resolve("pom.xml")));

    assertEquals(built, newest);
  }

  /** What is wrong with a command as a page shows it. */
  private static Optional<String> fault(CommandLine dr, MatchResult found) {
    CommandLine command = dr;
    for (String word : found.group(1).strip().split(" ")) {
      if (command.getSubcommands().isEmpty()) {
        break;
      }
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        return Optional.of(
            "%s must be one of %s: %s"
                .formatted(word, command.getSubcommands().keySet(), found.group()));
      }
      command = next;
    }
    Map<String, ?> known = command.getCommandSpec().optionsMap();
    return OPTION
        .matcher(found.group(2))
        .results()
        .map(MatchResult::group)
        .filter(option -> !known.containsKey(option))
        .findFirst()
        .map(option -> "%s must be an option: %s".formatted(option, found.group()));
  }

  private static List<Path> decisions() throws IOException {
    try (var files = Files.list(PROJECT.resolve("docs/adr"))) {
      return files.sorted().toList();
    }
  }

  private static List<String> numbers(Pattern pattern, String status) {
    return pattern.matcher(status).results().map(match -> match.group(1)).toList();
  }

  private static String first(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
  }
}
