package payments.dr.lambda.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on the loopback at which no connection is made and none refused, as in a Region whose
 * packets are lost: its queue of connections to accept is full.
 */
final class UnreachableServer implements AutoCloseable {

  private static final int MORE_THAN_THE_QUEUE = 10;

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();

  private UnreachableServer(ServerSocket server) {
    this.server = server;
  }

  static UnreachableServer start() throws IOException {
    UnreachableServer made =
        new UnreachableServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    for (int i = 0; i < MORE_THAN_THE_QUEUE; i++) {
      Socket socket = new Socket();
      made.waiting.add(socket);
      try {
        socket.connect(made.server.getLocalSocketAddress(), 300);
      } catch (SocketTimeoutException e) {
        return made;
      }
    }
    made.close();
    throw new IOException("a queue of 1 must be full after " + MORE_THAN_THE_QUEUE);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    server.close();
  }
}
