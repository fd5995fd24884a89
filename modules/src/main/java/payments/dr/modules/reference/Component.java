package payments.dr.modules.reference;

import com.hashicorp.cdktf.TerraformStack;
import java.util.List;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * A construct that knows its path, and so the addresses of what is made in it. CDKTF knows them
 * too, but in its Node process, where each look is a message there and back.
 *
 * <p>Without methods of its own: jsii tells Node of each, for every construct that has them.
 */
public class Component extends Construct {

  /** Ids from below the stack down to this one. */
  final List<String> path;

  public Component(TerraformStack stack, String id) {
    this(stack, Stream.of(), id);
  }

  public Component(Component scope, String id) {
    this(scope, scope.path.stream(), id);
  }

  private Component(Construct scope, Stream<String> above, String id) {
    super(scope, id);
    path = Stream.concat(above, Stream.of(id)).toList();
  }
}
