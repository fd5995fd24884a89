package payments.dr.renewer;

import java.sql.SQLException;
import java.util.OptionalLong;

/** One database whose tables take writes under a lease only. */
public interface Belt {

  /** Returns which database it is, such as {@code v2}. */
  String name();

  /**
   * Looks at the database's clock, before a renewal.
   *
   * @return milliseconds since 1970; empty: another Region writes this database, or its tables ask
   *     for no lease
   * @throws SQLException when it does not answer in time
   */
  OptionalLong clock() throws SQLException;

  /**
   * Lets the tables take writes.
   *
   * @param holder Region that holds the lease, such as {@code us-east-1}
   * @param untilMillis by the clock that {@link #clock} was read of; one that is past opens nothing
   * @throws SQLException when it does not, or perhaps not, do so
   */
  void extend(String holder, long epoch, long untilMillis) throws SQLException;
}
