package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** What the project is made of: each part of one version, known content and an allowed licence. */
class SupplyChainTest {

  /** Licences that the list does not allow, by folder and licence, with the reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "main/src/test/iam AGPL-3.0-or-later",
          "the IAM simulator runs as a process of its own, unchanged, in tests; nothing that is"
              + " deployed or handed on holds any of it");

  /** Licences that packages have in a file of their own, and not in their manifest, by folder. */
  private static final Map<String, String> STATED_IN_A_FILE =
      Map.of("site node_modules/khroma", "MIT");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXACT = "\\d+\\.\\d+\\.\\d+";
  private static final List<String> KINDS =
      List.of(
          "dependencies",
          "devDependencies",
          "optionalDependencies",
          "peerDependencies",
          "overrides");

  /** Folders of npm packages. */
  static Stream<String> folders() {
    return Stream.of("", "bench/typescript", "lambda/src/main/roots", "main/src/test/iam", "site");
  }

  static Stream<String> poms() throws IOException {
    return tracked("pom.xml").stream();
  }

  @Test
  void all_npm_packages_are_looked_at() throws IOException {
    Set<String> manifests = new TreeSet<>();
    Set<String> locks = new TreeSet<>();
    folders()
        .map(folder -> folder.isEmpty() ? "" : folder + "/")
        .forEach(
            folder -> {
              manifests.add(folder + "package.json");
              locks.add(folder + "package-lock.json");
            });

    assertEquals(manifests, tracked("package.json"));
    assertEquals(locks, tracked("package-lock.json"));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void npm_versions_are_exact_and_those_of_the_lock(String folder) throws IOException {
    assertEquals(List.of(), inexact(npm(folder, "package.json"), lock(folder)));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void the_lock_knows_the_content_of_every_npm_package(String folder) throws IOException {
    assertEquals(List.of(), unknownContent(lock(folder)));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void npm_packages_have_an_allowed_licence(String folder) throws Exception {
    Map<String, Set<String>> forbidden = forbidden(lock(folder), allowed());

    forbidden.keySet().removeIf(licence -> EXCEPTIONS.containsKey(folder + " " + licence));
    forbidden
        .getOrDefault("", new TreeSet<>())
        .removeIf(name -> STATED_IN_A_FILE.containsKey(folder + " " + name));
    forbidden.values().removeIf(Set::isEmpty);
    assertEquals(Map.of(), forbidden);
  }

  @Test
  void licences_that_stand_in_a_file_are_allowed_and_nowhere_else() throws Exception {
    for (Map.Entry<String, String> stated : STATED_IN_A_FILE.entrySet()) {
      String[] words = stated.getKey().split(" ", 2);
      assertTrue(allowed().contains(stated.getValue()), stated::toString);
      assertTrue(forbidden(lock(words[0]), allowed()).get("").contains(words[1]), stated::toString);
    }
  }

  @Test
  void exceptions_are_needed_and_of_tests() throws Exception {
    for (String exception : EXCEPTIONS.keySet()) {
      String[] words = exception.split(" ", 2);
      assertTrue(words[0].contains("/src/test/"), exception);
      assertTrue(forbidden(lock(words[0]), allowed()).containsKey(words[1]), exception);
    }
  }

  @ParameterizedTest
  @CsvSource({"^10.4.2", "~10.4.2", ">=10.4.2", "10.4", "10.x", "*", "latest", "''", "10.4.3"})
  void a_seeded_version_is_found(String version) throws IOException {
    ObjectNode manifest = (ObjectNode) npm("bench/typescript", "package.json");
    ((ObjectNode) manifest.path("dependencies")).put("constructs", version);

    assertEquals(
        List.of(
            "constructs must have the one version that the lock has, 10.4.2, got \"%s\""
                .formatted(version)),
        inexact(manifest, lock("bench/typescript")));
  }

  @Test
  void a_seeded_package_without_hash_is_found() throws IOException {
    JsonNode lock = lock("bench/typescript");
    ((ObjectNode) lock.at("/packages/node_modules~1constructs")).remove("integrity");

    assertEquals(
        List.of("node_modules/constructs must have a SHA-512 hash, got none"),
        unknownContent(lock));
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, true",
    "(MIT OR GPL-3.0-or-later), true",
    "GPL-3.0-only, false",
    "(MIT AND GPL-3.0-only), false",
    "AGPL-3.0-or-later, false",
    "SEE LICENSE IN LICENSE, false",
    "'', false"
  })
  void a_seeded_licence_is_judged(String licence, boolean expected) throws Exception {
    JsonNode lock = lock("bench/typescript");
    ((ObjectNode) lock.at("/packages/node_modules~1constructs")).put("license", licence);

    assertEquals(
        expected ? Map.of() : Map.of(licence, Set.of("node_modules/constructs")),
        forbidden(lock, allowed()));
  }

  /** Maven's own rules see what the poms resolve to, this sees what they say. */
  @ParameterizedTest
  @MethodSource("poms")
  void versions_are_exact_and_stand_in_the_root_pom(String pom) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Element version : elements(pom(pom), "version")) {
      Node of = version.getParentNode();
      String text = version.getTextContent().strip();
      boolean ours = text.matches(EXACT) && Set.of("project", "parent").contains(of.getNodeName());
      boolean rule = of.getNodeName().startsWith("require");
      boolean named = text.matches("\\$\\{[\\w.-]+\\.version}");
      boolean here = pom.equals("pom.xml") || of.getNodeName().equals("artifactItem");
      if (!ours && !rule && !(named && here)) {
        wrong.add(of.getNodeName() + " " + text);
      }
    }
    for (Element property : elements(pom(pom), "*")) {
      if (property.getNodeName().endsWith(".version")
          && !property.getTextContent().matches("\\d+(\\.\\d+)+")) {
        wrong.add(property.getNodeName() + " " + property.getTextContent());
      }
    }

    assertEquals(List.of(), wrong);
  }

  @Test
  void the_build_refuses_what_it_says_it_refuses() throws Exception {
    Document pom = pom("pom.xml");
    for (String rule :
        List.of(
            "requirePluginVersions",
            "requireReleaseDeps",
            "banDynamicVersions",
            "requireUpperBoundDeps",
            "dependencyConvergence",
            "banDuplicateClasses")) {
      assertEquals(1, elements(pom, rule).size(), rule);
    }
    // Without force a pom that brings another licence passes while the list is young.
    for (String flag : List.of("failOnMissing", "failOnBlacklist", "force")) {
      assertEquals("true", elements(pom, flag).get(0).getTextContent(), flag);
    }
    for (String licence : allowed()) {
      assertFalse(licence.matches("A?L?GPL-.*"), licence);
    }
  }

  private static List<String> inexact(JsonNode manifest, JsonNode lock) {
    List<String> wrong = new ArrayList<>();
    for (String kind : KINDS) {
      manifest
          .path(kind)
          .properties()
          .forEach(
              entry -> {
                String name = entry.getKey();
                String version = entry.getValue().asText();
                String locked =
                    lock.path("packages").path("node_modules/" + name).path("version").asText();
                if (!version.matches(EXACT) || !version.equals(locked)) {
                  wrong.add(
                      "%s must have the one version that the lock has, %s, got \"%s\""
                          .formatted(name, locked, version));
                }
              });
    }
    return wrong;
  }

  /** What comes inside another package is known by the hash of that one. */
  private static List<String> unknownContent(JsonNode lock) {
    List<String> wrong = new ArrayList<>();
    packages(lock)
        .forEach(
            (name, entry) -> {
              String hash = entry.path("integrity").asText("none");
              if (!hash.startsWith("sha512-") && !entry.path("inBundle").asBoolean()) {
                wrong.add("%s must have a SHA-512 hash, got %s".formatted(name, hash));
              }
            });
    return wrong;
  }

  /** Packages by a licence that the list lacks. */
  private static Map<String, Set<String>> forbidden(JsonNode lock, Set<String> allowed) {
    Map<String, Set<String>> forbidden = new TreeMap<>();
    packages(lock)
        .forEach(
            (name, entry) -> {
              String licence = entry.path("license").asText();
              boolean fine =
                  Stream.of(licence.replaceAll("[()]", "").split(" OR "))
                      .anyMatch(any -> allowed.containsAll(List.of(any.split(" AND "))));
              if (!fine) {
                forbidden.computeIfAbsent(licence, key -> new TreeSet<>()).add(name);
              }
            });
    return forbidden;
  }

  private static Map<String, JsonNode> packages(JsonNode lock) {
    Map<String, JsonNode> packages = new TreeMap<>();
    lock.path("packages").properties().forEach(it -> packages.put(it.getKey(), it.getValue()));
    packages.remove(""); // the project itself
    assertFalse(packages.isEmpty());
    return packages;
  }

  private static JsonNode lock(String folder) throws IOException {
    return npm(folder, "package-lock.json");
  }

  private static JsonNode npm(String folder, String file) throws IOException {
    return JSON.readTree(ProjectCopy.PROJECT.resolve(folder).resolve(file).toFile());
  }

  /** The list of Maven's dependencies holds for all. */
  private static Set<String> allowed() throws Exception {
    Set<String> allowed = new TreeSet<>();
    elements(pom("pom.xml"), "includedLicense").forEach(it -> allowed.add(it.getTextContent()));
    assertFalse(allowed.isEmpty());
    return allowed;
  }

  private static Document pom(String file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ProjectCopy.PROJECT.resolve(file).toFile());
  }

  private static List<Element> elements(Document document, String name) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < document.getElementsByTagName(name).getLength(); i++) {
      elements.add((Element) document.getElementsByTagName(name).item(i));
    }
    return elements;
  }

  /** Files of this name in the project, without what builds bring. */
  private static Set<String> tracked(String name) throws IOException {
    return new Shell(ProjectCopy.PROJECT, Map.of())
        .sh(Duration.ofMinutes(1), "git ls-files --cached --others --exclude-standard")
        .expect(0)
        .out()
        .lines()
        .filter(file -> file.equals(name) || file.endsWith("/" + name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
