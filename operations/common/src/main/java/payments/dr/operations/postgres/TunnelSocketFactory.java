package payments.dr.operations.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Connects to the near end of a tunnel whatever the host is called: libpq's {@code hostaddr}, which
 * pgjdbc has not. TLS still verifies the host's own name.
 */
public final class TunnelSocketFactory extends SocketFactory {

  private final String address;

  /**
   * Makes a factory; pgjdbc calls this constructor by reflection.
   *
   * @param address such as {@code 127.0.0.1}
   */
  public TunnelSocketFactory(String address) {
    this.address = address;
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress named, int timeoutMillis) throws IOException {
        int port = ((InetSocketAddress) named).getPort();
        super.connect(new InetSocketAddress(address, port), timeoutMillis);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return new Socket(address, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return new Socket(address, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return new Socket(address, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return new Socket(address, port, local, localPort);
  }
}
