package payments.dr.operations.doctor.account;

import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** Asks the resolver that this machine is set up with, by the JDK's own DNS client. */
public final class ResolverNameServers implements NameServers {

  private static final String NS = "NS";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory",
          "com.sun.jndi.dns.timeout.initial", "2000",
          "com.sun.jndi.dns.timeout.retries", "2");

  /**
   * JNDI takes a Hashtable only. Its provider of DNS makes no objects of what it reads, and no
   * other one can be asked for here.
   */
  @Override
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  public Set<String> of(String domain) {
    try {
      DirContext dns = new InitialDirContext(new Hashtable<>(SETTINGS));
      try {
        Attribute found = dns.getAttributes(domain, new String[] {NS}).get(NS);
        return found == null ? Set.of() : names(found);
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException e) {
      return Set.of();
    } catch (NamingException e) {
      throw new NameServersUnknownException(
          "name servers of %s must be told by this machine's resolver, got %s".formatted(domain, e),
          e);
    }
  }

  private static Set<String> names(Attribute found) throws NamingException {
    Set<String> names = new TreeSet<>();
    NamingEnumeration<?> values = found.getAll();
    while (values.hasMore()) {
      names.add(values.next().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
    }
    return names;
  }
}
