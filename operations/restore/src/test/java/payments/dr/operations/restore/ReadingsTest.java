package payments.dr.operations.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.PaymentTable;

/** What a look reads of either database. */
class ReadingsTest {

  private static final String COUNT = "SELECT count(*) FROM \"public\"";

  private final List<String> ofRestored = new ArrayList<>();
  private final List<String> ofWriter = new ArrayList<>();

  /** Somebody pays there meanwhile: a count reads whole tables. */
  @Test
  void tables_of_what_runs_are_not_counted() {
    new Validation(PaymentTable.REFERENCE, Instant.parse("2026-11-25T03:20:00Z"))
        .of(new Noted(ofRestored), () -> new Noted(ofWriter));

    assertTrue(ofRestored.stream().anyMatch(sql -> sql.startsWith(COUNT)), ofRestored::toString);
    assertTrue(ofWriter.size() > 2, ofWriter::toString);
    assertEquals(List.of(), ofWriter.stream().filter(sql -> sql.startsWith(COUNT)).toList());
  }

  /** A database with one row in each answer, which notes what it is asked. */
  private record Noted(List<String> asked) implements Cluster {

    @Override
    public String generation() {
      return "v2";
    }

    @Override
    public Connection connect() {
      return proxy(
          Connection.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "createStatement" -> statement(Statement.class, "");
                case "prepareStatement" ->
                    statement(PreparedStatement.class, arguments[0].toString());
                default -> null;
              });
    }

    private <S extends Statement> S statement(Class<S> type, String prepared) {
      return proxy(
          type,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "executeQuery" -> {
                  asked.add(arguments == null ? prepared : arguments[0].toString());
                  yield oneRow();
                }
                case "execute" -> true;
                default -> null;
              });
    }

    private static ResultSet oneRow() {
      boolean[] read = {false};
      return proxy(
          ResultSet.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "next" -> {
                  boolean first = !read[0];
                  read[0] = true;
                  yield first;
                }
                case "getString" -> "public";
                case "getLong" -> 1L;
                case "getBoolean" -> true;
                case "getObject" -> OffsetDateTime.parse("2026-11-25T03:19:58Z");
                default -> null;
              });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Map<String, String> peerKeywords() {
      return Map.of();
    }

    @Override
    public ProcessBuilder program(List<String> command) {
      throw new AssertionError("no program is needed");
    }
  }
}
