package payments.dr.operations.migration;

import java.io.PrintWriter;
import payments.dr.operations.migration.cutover.Pointer;

/** Says in a dry run, as a comment of its SQL, that the pointer would move. */
record ToldPointer(Pointer pointer, PrintWriter out) implements Pointer {

  @Override
  public void requireReady(String generation) {
    pointer.requireReady(generation);
  }

  @Override
  public void pointTo(String generation) {
    out.println("-- the saved plan is applied: the pointer moves to " + generation);
    out.flush();
  }
}
