package payments.dr.lambda.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks every server for the certificate of one name, whatever name it was reached by: a load
 * balancer's certificate is for the customers' name, and both Regions have that one.
 */
public final class NamedSocketFactory extends SSLSocketFactory {

  private final SSLSocketFactory sockets;
  private final String name;

  public NamedSocketFactory(SSLSocketFactory sockets, String name) {
    this.sockets = sockets;
    this.name = name;
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return sockets.createSocket(connected, name, port, autoClose);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connectedOnly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw connectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw connectedOnly();
  }

  private static UnsupportedOperationException connectedOnly() {
    return new UnsupportedOperationException("only connected sockets are wrapped");
  }
}
