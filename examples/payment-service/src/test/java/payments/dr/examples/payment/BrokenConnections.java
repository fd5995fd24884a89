package payments.dr.examples.payment;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a database that is away: refused, or without any answer until it is told to. */
final class BrokenConnections extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;

  private final transient CountDownLatch answer;

  private BrokenConnections(CountDownLatch answer) {
    this.answer = answer;
  }

  static BrokenConnections refused() {
    return new BrokenConnections(new CountDownLatch(0));
  }

  static BrokenConnections unanswered(CountDownLatch until) {
    return new BrokenConnections(until);
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SQLException("refused by the test", "08001");
  }
}
