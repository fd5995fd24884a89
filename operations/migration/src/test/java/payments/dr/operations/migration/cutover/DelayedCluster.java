package payments.dr.operations.migration.cutover;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.testing.PostgresServer;

/**
 * A cluster that is far from the operator, and near to the other one: what this machine sends to it
 * and hears from it comes late.
 */
final class DelayedCluster implements Cluster, AutoCloseable {

  private final PostgresServer server;
  private final Duration oneWay;
  private final ServerSocket socket;

  /**
   * Begins to listen.
   *
   * @param roundTrip how much later an answer comes
   */
  DelayedCluster(PostgresServer server, Duration roundTrip) throws IOException {
    this.server = server;
    this.oneWay = roundTrip.dividedBy(2);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server.port());
        for (Socket one : List.of(client, upstream)) {
          one.setTcpNoDelay(true);
        }
        pump(client.getInputStream(), upstream.getOutputStream());
        pump(upstream.getInputStream(), client.getOutputStream());
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Bytes and when they arrive; no bytes are the end. */
  private record Sent(byte[] bytes, long arrives) {}

  private void pump(InputStream from, OutputStream to) {
    BlockingQueue<Sent> under = new LinkedBlockingQueue<>();
    run(
        () -> {
          byte[] buffer = new byte[65536];
          int count = 0;
          while (count >= 0) {
            try {
              count = from.read(buffer);
            } catch (IOException e) {
              count = -1;
            }
            byte[] bytes = new byte[Math.max(0, count)];
            System.arraycopy(buffer, 0, bytes, 0, bytes.length);
            under.add(new Sent(bytes, System.nanoTime() + oneWay.toNanos()));
          }
        });
    run(
        () -> {
          try (to) {
            for (Sent sent = under.take(); sent.bytes().length > 0; sent = under.take()) {
              long wait = sent.arrives() - System.nanoTime();
              Thread.sleep(Math.max(0, wait / 1_000_000), (int) Math.max(0, wait % 1_000_000));
              to.write(sent.bytes());
              to.flush();
            }
          } catch (IOException | InterruptedException e) {
            // The other end is gone.
          }
        });
  }

  @Override
  public String generation() {
    return server.generation();
  }

  @Override
  public Connection connect() throws SQLException {
    return server.connectThrough(socket.getLocalPort());
  }

  @Override
  public Map<String, String> peerKeywords() {
    return server.cluster().peerKeywords();
  }

  @Override
  public ProcessBuilder program(List<String> command) {
    return server.cluster().program(command);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
