package payments.dr.main;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import payments.dr.main.SettingsProject.File;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * What the stacks of a settings file have otherwise than those of the plain one.
 *
 * @param lines one for each value, such as {@code + resource.aws_vpc.x.cidr_block = 10.2.0.0/17};
 *     after {@code -} what only the plain stacks have
 */
record StackDifference(Set<String> lines) {

  static StackDifference of(File file, Map<String, String> texts) {
    Set<String> plain = values(file.plain(), texts);
    Set<String> own = values(file, texts);
    Set<String> lines = new TreeSet<>();
    own.stream().filter(line -> !plain.contains(line)).forEach(line -> lines.add("+ " + line));
    plain.stream().filter(line -> !own.contains(line)).forEach(line -> lines.add("- " + line));
    return new StackDifference(lines);
  }

  boolean has(String regex) {
    // A number must not be the beginning of a longer one.
    Pattern pattern = Pattern.compile(regex.matches(".*\\w") ? regex + "\\b" : regex);
    return lines.stream().anyMatch(line -> pattern.matcher(line).find());
  }

  /** With one name for all, since it is part of most AWS names. */
  private static Set<String> values(File file, Map<String, String> texts) {
    Set<String> lines = new TreeSet<>();
    for (String stack : file.stacks()) {
      if (texts.containsKey(stack)) {
        collect(SynthesizedStack.parse(texts.get(stack)).json(), "", lines, file.name());
      }
    }
    return lines;
  }

  private static void collect(JsonNode node, String path, Set<String> lines, String name) {
    if (node.isValueNode()) {
      lines.add(path + " = " + node.asText().replace(name, "NAME"));
    }
    for (var entry : node.properties()) {
      // Where CDKTF notes the paths of constructs.
      if (!entry.getKey().equals("//")) {
        String below = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        collect(entry.getValue(), below, lines, name);
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.get(i), path + "." + i, lines, name);
    }
  }
}
