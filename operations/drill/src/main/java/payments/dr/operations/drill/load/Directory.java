package payments.dr.operations.drill.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * A resolver that remembers each answer for as long as its record allows, as customers' resolvers
 * do. It asks a zone's own name server, since nobody else knows the names of a local AWS.
 */
public final class Directory {

  private final String server;
  private final Duration ttl;
  private final InstantSource clock;
  private String known;
  private Instant until = Instant.MIN;

  /**
   * Makes a directory that asks one name server.
   *
   * @param server address and port of the name server
   * @param ttl of the service's record; Java's own client of the protocol does not tell it
   */
  public Directory(String server, Duration ttl, InstantSource clock) {
    this.server = server;
    this.ttl = ttl;
    this.clock = clock;
  }

  /**
   * Returns what the name is a CNAME of.
   *
   * @throws NamingException when the server does not say
   */
  public synchronized String lookUp(String name) throws NamingException {
    if (!clock.instant().isBefore(until)) {
      known = ask(name);
      until = clock.instant().plus(ttl);
    }
    return known;
  }

  @SuppressWarnings("BanJNDI") // asks one name server; the answer is a name, never an object
  private String ask(String name) throws NamingException {
    InitialDirContext context = new InitialDirContext();
    try {
      Attribute answer =
          context
              .getAttributes("dns://" + server + "/" + name, new String[] {"CNAME"})
              .get("CNAME");
      if (answer == null) {
        throw new NamingException(name + " must be a CNAME");
      }
      return answer.get().toString().replaceFirst("\\.$", "");
    } finally {
      context.close();
    }
  }
}
