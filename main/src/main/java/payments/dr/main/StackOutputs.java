package payments.dr.main;

import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformStack;
import java.util.List;
import java.util.Optional;

/** Declares the outputs of a stack; on the stack itself, where their names stay as they are. */
final class StackOutputs {

  private final TerraformStack stack;

  StackOutputs(TerraformStack stack) {
    this.stack = stack;
  }

  StackOutputs text(String name, String value) {
    return output(name, value);
  }

  /** No output when there is no text. */
  StackOutputs text(String name, Optional<String> value) {
    value.ifPresent(text -> output(name, text));
    return this;
  }

  StackOutputs number(String name, int value) {
    return output(name, value);
  }

  /** No output when there is no list. */
  StackOutputs list(String name, Optional<List<String>> values) {
    values.ifPresent(value -> output(name, value));
    return this;
  }

  private StackOutputs output(String name, Object value) {
    TerraformOutput.Builder.create(stack, name).value(value).build();
    return this;
  }
}
