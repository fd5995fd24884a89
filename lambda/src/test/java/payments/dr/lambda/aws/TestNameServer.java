package payments.dr.lambda.aws;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A name server on the loopback that answers over UDP with what it is told to. */
public final class TestNameServer implements AutoCloseable {

  private static final int TTL_SECONDS = 5;

  private final DatagramSocket socket;
  private final Map<String, Record> records = new ConcurrentHashMap<>();
  private volatile int code = Rcode.NOERROR;
  private volatile boolean silent;
  private volatile Record beside;

  private TestNameServer(DatagramSocket socket) {
    this.socket = socket;
  }

  public static TestNameServer start() throws IOException {
    return start("127.0.0.1", 0);
  }

  /** On an address of its own, such as {@code 127.0.0.2}: all servers of a zone have one port. */
  public static TestNameServer start(String address, int port) throws IOException {
    TestNameServer server =
        new TestNameServer(new DatagramSocket(port, InetAddress.getByName(address)));
    Thread thread = new Thread(server::serve, "name server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  public int port() {
    return socket.getLocalPort();
  }

  public TestNameServer text(String name, String text) throws IOException {
    Name absolute = Name.fromString(name, Name.root);
    return put(name, Type.TXT, new TXTRecord(absolute, DClass.IN, TTL_SECONDS, text));
  }

  public TestNameServer alias(String name, String target) throws IOException {
    Name absolute = Name.fromString(name, Name.root);
    return put(
        name,
        Type.CNAME,
        new CNAMERecord(absolute, DClass.IN, TTL_SECONDS, Name.fromString(target, Name.root)));
  }

  /** Puts a text of another name into every answer. */
  public TestNameServer beside(String name, String text) throws IOException {
    beside = new TXTRecord(Name.fromString(name, Name.root), DClass.IN, TTL_SECONDS, text);
    return this;
  }

  /** Answers everything with this code, such as {@link Rcode#REFUSED}. */
  public TestNameServer failing(int rcode) {
    code = rcode;
    return this;
  }

  public TestNameServer silent() {
    silent = true;
    return this;
  }

  @Override
  public void close() {
    socket.close();
  }

  private TestNameServer put(String name, int type, Record record) {
    records.put(key(name + ".", type), record);
    return this;
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        if (!silent) {
          byte[] answer = answer(java.util.Arrays.copyOf(buffer, packet.getLength()));
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private byte[] answer(byte[] received) throws IOException {
    Message question = new Message(received);
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    Record found =
        records.get(
            key(question.getQuestion().getName().toString(), question.getQuestion().getType()));
    answer.getHeader().setRcode(code);
    if (found != null) {
      answer.addRecord(found, Section.ANSWER);
    }
    if (beside != null) {
      answer.addRecord(beside, Section.ANSWER);
    }
    return answer.toWire();
  }

  private static String key(String name, int type) {
    return Type.string(type) + " " + name;
  }
}
