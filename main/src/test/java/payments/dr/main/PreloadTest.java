package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.Shell;

/** What {@code main/jsii-preload.cjs} makes of files like those of CDKTF and jsii. */
class PreloadTest {

  private static final Path PRELOAD =
      SynthesizedStacks.PROJECT.resolve("main/jsii-preload.cjs").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void an_unexpected_provider_index_is_loaded_as_it_is() throws IOException {
    write("index.js", "exports.vpc = require(\"./vpc\");\nexports.answer = 40 + 2;\n");
    write("vpc.js", "exports.loaded = true;\n");

    assertEquals("42 true\n", printed("p.answer, p.vpc.loaded"));
  }

  @Test
  void a_known_provider_index_loads_nothing_before_its_use() throws IOException {
    write(
        "index.js",
        """
        exports.vpc = exports.lb = void 0;
        exports.vpc = require("./vpc");
        exports.lb = require("./lb");
        """);
    write("vpc.js", "exports.loaded = true;\n");
    write("lb.js", "throw new Error('must not load');\n");

    assertEquals("vpc,lb true\n", printed("Object.keys(p).join(), p.vpc.loaded"));
  }

  @Test
  void a_submodule_loads_only_those_files_of_its_blocks_that_are_asked_for() throws IOException {
    write("index.js", "exports.waf = void 0;\nexports.waf = require(\"./waf\");\n");
    write(
        "waf/index.js",
        """
        var __exportStar = () => { throw new Error('must not load all'); };
        const index_structs_1 = require("./index-structs");
        __exportStar(require("./index-structs"), exports);
        exports.Waf = () => index_structs_1.outer() + 1;
        """);
    write(
        "waf/index-structs/index.js",
        """
        var __exportStar = () => { throw new Error('must not load all'); };
        __exportStar(require("./structs0"), exports);
        __exportStar(require("./structs400"), exports);
        __exportStar(require("./structs800"), exports);
        """);
    write(
        "waf/index-structs/structs0.js",
        """
        exports.rare = void 0;
        const cdktf = require("must not load");
        """);
    write(
        "waf/index-structs/structs400.js",
        """
        exports.unlike = exports.inner = void 0;
        const forty = 40;
        exports.inner = () => forty;
        """);
    write(
        "waf/index-structs/structs800.js",
        """
        exports.seldom = exports.outer = void 0;
        const structs0_1 = require("./structs0");
        const structs400_1 = require("./structs400");
        exports.outer = () => structs400_1.inner() + 1;
        exports.seldom = () => structs0_1.rare();
        """);

    assertEquals("42 40 true\n", printed("p.waf.Waf(), p.waf.inner(), 'seldom' in p.waf"));
  }

  @Test
  void stacks_are_resolved_once() throws IOException {
    write(
        folder.resolve("cdktf/lib/terraform-stack.js"),
        """
        const resolve = () => console.log('resolved');
        exports.prepareStack = () => {
                console.log('prepared');
                terraformElements(this).forEach((e) => (0, _tokens_1.resolve)(this, e.toTerraform(), true));
        };
        exports.toTerraform = resolve;
        """);
    write(
        folder.resolve("print.js"),
        "const s = require('./cdktf/lib/terraform-stack'); s.prepareStack(); s.toTerraform();");

    assertEquals("prepared\nresolved\n", node("print.js", "").out());
  }

  @Test
  void the_launcher_becomes_the_runtime_and_passes_on_what_is_printed() throws IOException {
    write(folder.resolve("bin/jsii-runtime.js"), "throw new Error('must not run');\n");
    write(
        folder.resolve("lib/program.js"),
        """
        const fs = require('fs');
        const request = Buffer.alloc(8);
        fs.readSync(3, request, 0, 8, null);
        console.log('printed');
        fs.writeSync(3, `answer to ${request}`);
        """);

    Shell.Result result = node("bin/jsii-runtime.js", "echo question |");

    assertEquals("answer to question", result.out());
    assertEquals("{\"stdout\":\"cHJpbnRlZAo=\"}\n", result.err());
  }

  private void write(String file, String source) throws IOException {
    write(folder.resolve("@cdktf/provider-aws/lib").resolve(file), source);
  }

  private static void write(Path file, String source) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }

  /**
   * @param expression about the provider's index {@code p} in this folder
   */
  private String printed(String expression) throws IOException {
    write(
        folder.resolve("print.js"),
        "const p = require('./@cdktf/provider-aws/lib'); console.log(" + expression + ");");
    return node("print.js", "").out();
  }

  private Shell.Result node(String script, String input) {
    return new Shell(folder, Map.of())
        .sh(
            Duration.ofMinutes(1),
            "%s node --require '%s' '%s'".formatted(input, PRELOAD, folder.resolve(script)))
        .expect(0);
  }
}
