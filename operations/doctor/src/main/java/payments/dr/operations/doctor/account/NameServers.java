package payments.dr.operations.doctor.account;

import java.util.Set;

/** Tells to which name servers a domain is delegated, as the resolver of this machine sees it. */
@FunctionalInterface
public interface NameServers {

  /**
   * Their host names in lower case, without a dot at the end; empty: the domain is not delegated.
   *
   * @throws NameServersUnknownException when the resolver does not say
   */
  Set<String> of(String domain);
}
