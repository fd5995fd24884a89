package payments.dr.operations.doctor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Says what a test expects of a result. */
public final class Results {

  private Results() {}

  /** There is nothing to do, and the text holds a part. */
  public static void assertOk(Result result, String part) {
    assertResult(Verdict.OK, result, part);
    assertEquals("", result.remediation());
  }

  /** There is something to do, and both texts hold a part. */
  public static void assertNotOk(Verdict verdict, Result result, String found, String toDo) {
    assertResult(verdict, result, found);
    assertTrue(result.remediation().contains(toDo), result::toString);
  }

  private static void assertResult(Verdict verdict, Result result, String part) {
    assertEquals(verdict, result.verdict(), result::toString);
    assertTrue(result.found().contains(part), result::toString);
  }
}
