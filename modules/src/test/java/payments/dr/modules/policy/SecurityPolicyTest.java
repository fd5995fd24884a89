package payments.dr.modules.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hashicorp.cdktf.providers.aws.sns_topic.SnsTopic;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.modules.testing.TestStack;

/** Any stack is looked through by one line at the end of its constructor. */
class SecurityPolicyTest {

  private static final StackKind KIND = new StackKind(true, false, Optional.empty());

  @TempDir Path outdir;

  @Test
  void a_stack_of_sound_constructs_passes() {
    TestStack stack = new TestStack(outdir);
    stack.networks(stack.keys());

    assertDoesNotThrow(() -> SecurityPolicy.apply(stack.stack(), KIND, Exceptions.NONE));
  }

  @Test
  void a_stack_that_breaks_rules_is_refused_with_all_of_them() {
    TestStack stack = new TestStack(outdir);
    SnsTopic.Builder.create(stack.regions().dr(), "topic")
        .provider(stack.regions().dr().provider())
        .name("open")
        .build();

    String message =
        assertThrows(
                PolicyViolatedException.class,
                () -> SecurityPolicy.apply(stack.stack(), KIND, Exceptions.NONE))
            .getMessage();

    for (String rule : new String[] {"N1a", "N1b", "N1c", "N1d"}) {
      assertTrue(message.contains(" breaks security rule " + rule + " ("), message);
    }
    assertTrue(
        message.lines().allMatch(line -> line.endsWith("; this stack takes no exceptions")),
        message);
  }
}
