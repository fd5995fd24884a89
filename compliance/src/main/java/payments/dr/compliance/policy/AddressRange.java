package payments.dr.compliance.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of addresses, such as {@code 10.0.0.0/16}. */
public final class AddressRange {

  /**
   * Nobody is given a network of the internet this large; and many parts of the internet would
   * otherwise pass for none.
   */
  private static final int SMALLEST_PREFIX_IPV4 = 16;

  private static final int SMALLEST_PREFIX_IPV6 = 32;

  private static final Pattern BLOCK = Pattern.compile("([0-9a-fA-F.:]+)/([0-9]{1,3})");

  /** Blocks of RFC 1918 and RFC 4193, whole or in part: addresses that only own networks have. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "10\\..*/([89]|1\\d|[23]\\d)|172\\.(1[6-9]|2\\d|3[01])\\..*/(1[2-9]|[23]\\d)"
              + "|192\\.168\\..*/(1[6-9]|[23]\\d)|[fF][cCdD].*/([789]|\\d{2,3})");

  private AddressRange() {}

  /**
   * Whether it is the internet or a large part of it; also what has a slash and is no block,
   * because AWS may read it in another way.
   */
  public static boolean isInternet(String block) {
    Matcher matcher = BLOCK.matcher(block);
    if (!block.contains("/")) {
      return false;
    }
    if (!matcher.matches()) {
      return true;
    }
    int prefix = Integer.parseInt(matcher.group(2));
    int smallest = block.contains(":") ? SMALLEST_PREFIX_IPV6 : SMALLEST_PREFIX_IPV4;
    return prefix < smallest && !PRIVATE.matcher(block).matches();
  }
}
