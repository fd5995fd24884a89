package payments.dr.lambda.aws;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A PostgreSQL server on the loopback as far as the driver needs one: TLS, a password in clear text
 * inside of it, and one row for each statement that it was told to answer. It remembers what it was
 * asked.
 */
public final class StandInPostgres implements AutoCloseable {

  private static final int SSL_REQUEST = 80877103;

  /** Types by their numbers in {@code pg_type}. */
  public enum Type {
    BOOL(16),
    INT8(20),
    TEXT(25),
    TIMESTAMPTZ(1184);

    private final int oid;

    Type(int oid) {
      this.oid = oid;
    }
  }

  /**
   * One column of an answer's only row.
   *
   * @param text null: the column is null
   */
  public record Column(String name, Type type, String text) {}

  /**
   * One statement.
   *
   * @param parameters as text
   */
  record Asked(String sql, List<String> parameters) {}

  private final ServerSocket server;
  private final SSLContext tls;
  private final Map<String, List<Column>> answers = new ConcurrentHashMap<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private volatile String silent;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<String> settings = new CopyOnWriteArrayList<>();
  private final List<String> signIns = new CopyOnWriteArrayList<>();

  private StandInPostgres(ServerSocket server, SSLContext tls) {
    this.server = server;
    this.tls = tls;
  }

  public static StandInPostgres start(SSLContext tls) throws IOException {
    StandInPostgres postgres =
        new StandInPostgres(new ServerSocket(0, 50, InetAddress.getByName("localhost")), tls);
    Thread thread = new Thread(postgres::serve, "postgres");
    thread.setDaemon(true);
    thread.start();
    return postgres;
  }

  public int port() {
    return server.getLocalPort();
  }

  /**
   * @param start of the statement
   * @param text null: the column is null
   */
  public StandInPostgres answers(String start, Type type, String text) {
    return answers(start, new Column("column", type, text));
  }

  /**
   * @param row without columns: there is no row
   */
  public StandInPostgres answers(String start, Column... row) {
    answers.put(start, List.of(row));
    return this;
  }

  /** Never answers a statement that starts so. */
  StandInPostgres silentAbout(String start) {
    silent = start;
    return this;
  }

  /** Refuses a statement that starts so, with a detail that quotes data. */
  StandInPostgres refuses(String start, String message, String detail) {
    refusals.put(start, "SERROR\0VERROR\0C23505\0M" + message + "\0D" + detail + "\0\0");
    return this;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What connections were set to, such as {@code SET application_name = 'x'}. */
  List<String> settings() {
    return List.copyOf(settings);
  }

  /** Who signed in, such as {@code user=alice database=payments}, and with which password. */
  List<String> signIns() {
    return List.copyOf(signIns);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket plain = server.accept()) {
        DataInputStream in = new DataInputStream(plain.getInputStream());
        in.readInt();
        if (in.readInt() != SSL_REQUEST) {
          continue; // the driver must not talk in clear text
        }
        plain.getOutputStream().write('S');
        SSLSocket secure =
            (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secure.setUseClientMode(false);
        new Session(secure).run();
      } catch (IOException e) {
        // The client left, or does not trust this server: the next one is served.
      }
    }
  }

  /** One connection of the driver. */
  private final class Session {

    private final DataInputStream in;
    private final DataOutputStream out;
    private String sql = "";
    private List<String> parameters = List.of();

    Session(Socket socket) throws IOException {
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
    }

    void run() throws IOException {
      String startup = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
      send('R', new byte[] {0, 0, 0, 3});
      in.readByte();
      String password = text(ByteBuffer.wrap(in.readNBytes(in.readInt() - 4)));
      signIns.add(startup.substring(4).replace('\0', ' ').strip() + " password " + password);
      send('R', new byte[4]);
      for (String setting :
          List.of("server_version\0" + "16.6", "client_encoding\0UTF8", "TimeZone\0UTC")) {
        send('S', (setting + "\0").getBytes(StandardCharsets.UTF_8));
      }
      send('Z', new byte[] {'I'});
      int kind = in.read();
      while (kind >= 0 && kind != 'X') {
        answer((char) kind, ByteBuffer.wrap(in.readNBytes(in.readInt() - 4)));
        kind = in.read();
      }
    }

    private void answer(char kind, ByteBuffer message) throws IOException {
      switch (kind) {
        case 'P' -> {
          text(message);
          sql = text(message);
          send('1', new byte[0]);
        }
        case 'B' -> {
          parameters = parameters(message);
          send('2', new byte[0]);
        }
        case 'D' -> describe(found());
        case 'E' -> {
          asked.add(new Asked(sql, parameters));
          if (silent != null && sql.startsWith(silent)) {
            in.readAllBytes();
          }
          String refusal = refusal();
          if (refusal == null) {
            execute(found());
          } else {
            send('E', refusal.getBytes(StandardCharsets.UTF_8));
          }
        }
        case 'Q' -> { // how the driver sets up its connection
          settings.add(text(message));
          send('C', "SET\0".getBytes(StandardCharsets.UTF_8));
          send('Z', new byte[] {'I'});
        }
        case 'S' -> send('Z', new byte[] {'I'});
        default -> throw new IOException("message must be known, got " + kind);
      }
    }

    private String refusal() {
      return refusals.entrySet().stream()
          .filter(refusal -> sql.startsWith(refusal.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }

    private List<Column> found() {
      return answers.entrySet().stream()
          .filter(answer -> sql.startsWith(answer.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }

    private void describe(List<Column> answer) throws IOException {
      if (answer == null) {
        send('n', new byte[0]);
        return;
      }
      ByteBuffer row = ByteBuffer.allocate(256);
      row.putShort((short) answer.size());
      for (Column column : answer) {
        row.put((column.name() + "\0").getBytes(StandardCharsets.UTF_8));
        row.putInt(0).putShort((short) 0).putInt(column.type().oid);
        row.putShort((short) -1).putInt(-1).putShort((short) 0);
      }
      send('T', bytes(row));
    }

    private void execute(List<Column> answer) throws IOException {
      if (answer != null && !answer.isEmpty()) {
        ByteBuffer row = ByteBuffer.allocate(256).putShort((short) answer.size());
        for (Column column : answer) {
          if (column.text() == null) {
            row.putInt(-1);
          } else {
            byte[] text = column.text().getBytes(StandardCharsets.UTF_8);
            row.putInt(text.length).put(text);
          }
        }
        send('D', bytes(row));
      }
      send('C', (answer == null ? "INSERT 0 1\0" : "SELECT 1\0").getBytes(StandardCharsets.UTF_8));
    }

    private List<String> parameters(ByteBuffer message) {
      text(message);
      text(message);
      int formats = message.getShort();
      message.position(message.position() + 2 * formats);
      List<String> found = new ArrayList<>();
      int count = message.getShort();
      for (int i = 0; i < count; i++) {
        byte[] value = new byte[message.getInt()];
        message.get(value);
        found.add(new String(value, StandardCharsets.UTF_8));
      }
      return List.copyOf(found);
    }

    private void send(char kind, byte[] body) throws IOException {
      out.writeByte(kind);
      out.writeInt(body.length + 4);
      out.write(body);
      out.flush();
    }

    /** Up to the next zero. */
    private static String text(ByteBuffer message) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      for (byte next = message.get(); next != 0; next = message.get()) {
        read.write(next);
      }
      return read.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer written) {
      byte[] bytes = new byte[written.position()];
      written.flip().get(bytes);
      return bytes;
    }
  }
}
