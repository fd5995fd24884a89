package payments.dr.operations.doctor.check;

import java.util.List;

/**
 * One question to AWS about an account or a deployment. It changes nothing; the one that does says
 * so, and is asked for.
 */
public interface Check {

  /** What is asked, such as {@code instance type}. */
  String name();

  /**
   * The Region that it is asked of, such as {@code us-east-1}; {@code global} where there is none.
   */
  String where();

  /** The least that its caller must be allowed. */
  List<Permission> permissions();

  /**
   * Asks AWS.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when AWS does not say
   */
  Result ask(Clients aws);
}
