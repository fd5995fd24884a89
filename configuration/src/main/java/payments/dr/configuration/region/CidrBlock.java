package payments.dr.configuration.region;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address range in CIDR notation.
 *
 * @param address the first address of the range, as an unsigned 32-bit number
 * @param prefixLength number of fixed leading bits, 0 to 32
 */
public record CidrBlock(long address, int prefixLength) {

  private static final Pattern NOTATION =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  public CidrBlock {
    if (prefixLength < 0 || prefixLength > 32) {
      throw new IllegalArgumentException("prefix length must be 0 to 32, got " + prefixLength);
    }
    if (address < 0 || address >= 1L << 32 || address % (1L << (32 - prefixLength)) != 0) {
      throw new IllegalArgumentException(
          "must start at the first address of its range, such as "
              + format(firstAddress(address, prefixLength), prefixLength)
              + ", got "
              + format(address, prefixLength));
    }
  }

  /**
   * Reads {@code 10.0.0.0/16}.
   *
   * @throws IllegalArgumentException when the text is no CIDR block, or has bits set behind its
   *     prefix (AWS would silently clear them, and the next plan would show a replacement)
   */
  public static CidrBlock valueOf(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a CIDR block such as \"10.0.0.0/16\", got \"" + text + "\"");
    }
    long address = 0;
    for (int octet = 1; octet <= 4; octet++) {
      int value = Integer.parseInt(matcher.group(octet));
      if (value > 255) {
        throw new IllegalArgumentException("must have numbers from 0 to 255, got \"" + text + "\"");
      }
      address = address << 8 | value;
    }
    return new CidrBlock(address, Integer.parseInt(matcher.group(5)));
  }

  public boolean overlaps(CidrBlock other) {
    int shorter = Math.min(prefixLength, other.prefixLength);
    return firstAddress(address, shorter) == firstAddress(other.address, shorter);
  }

  /** Returns the {@code index}-th of the 2<sup>{@code newBits}</sup> equal parts of this block. */
  public CidrBlock subnet(int newBits, int index) {
    if (index < 0 || index >= 1 << newBits) {
      throw new IllegalArgumentException(
          "subnet index must be 0 to " + ((1 << newBits) - 1) + ", got " + index);
    }
    int length = prefixLength + newBits;
    return new CidrBlock(address + ((long) index << (32 - length)), length);
  }

  @Override
  public String toString() {
    return format(address, prefixLength);
  }

  private static long firstAddress(long address, int prefixLength) {
    return address >> (32 - prefixLength) << (32 - prefixLength);
  }

  private static String format(long address, int prefixLength) {
    return "%d.%d.%d.%d/%d"
        .formatted(
            address >> 24 & 255,
            address >> 16 & 255,
            address >> 8 & 255,
            address & 255,
            prefixLength);
  }
}
