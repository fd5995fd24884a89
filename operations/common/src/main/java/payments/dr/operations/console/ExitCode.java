package payments.dr.operations.console;

/** The statuses with which commands end; each command's help says what they mean for it. */
public final class ExitCode {

  /** The command did what it was asked, and found nothing to object to. */
  public static final int DONE = 0;

  /** The input was wrong, or it is not the time for it; nothing was changed. */
  public static final int BAD_INPUT = 1;

  /** AWS, the ledger, a database or a tool failed, refused or did not answer. */
  public static final int FAILED = 2;

  /** A person must approve the plan; of {@code ./dr review} only. */
  public static final int NEEDS_APPROVAL = 2;

  /** The command found something that a person must look at, or was refused. */
  public static final int OBJECTION = 3;

  private ExitCode() {}
}
