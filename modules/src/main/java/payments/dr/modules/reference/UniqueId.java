package payments.dr.modules.reference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name that CDKTF gives an element: its path within the stack for people, and eight digits that
 * keep apart what looks the same. A test holds it against CDKTF's own.
 */
final class UniqueId {

  private static final String NOT_IN_PATH = "Default";
  private static final String NOT_SHOWN = "Resource";
  private static final int HASH_DIGITS = 8;
  private static final int SHOWN_LENGTH = 240;
  private static final int LONGEST = 255;

  private UniqueId() {}

  /**
   * @param path of what the element is in, from below the stack
   */
  static String of(List<String> path, String id) {
    List<String> ids =
        Stream.concat(path.stream(), Stream.of(id))
            .filter(each -> !each.equals(NOT_IN_PATH))
            .toList();
    if (ids.size() == 1 && allowed(ids.get(0)).length() <= LONGEST) {
      return allowed(ids.get(0));
    }
    String shown =
        withoutRepetition(ids)
            .filter(each -> !each.equals(NOT_SHOWN))
            .map(UniqueId::allowed)
            .collect(Collectors.joining("_"));
    return shown.substring(0, Math.min(shown.length(), SHOWN_LENGTH)) + "_" + hash(ids);
  }

  /** Leaves out what the last id that is kept ends with. */
  private static Stream<String> withoutRepetition(List<String> ids) {
    List<String> kept = new ArrayList<>();
    for (String id : ids) {
      if (kept.isEmpty() || !kept.get(kept.size() - 1).endsWith(id)) {
        kept.add(id);
      }
    }
    return kept.stream();
  }

  private static String allowed(String id) {
    return id.replaceAll("[^A-Za-z0-9_-]", "");
  }

  private static String hash(List<String> ids) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5")
              .digest(String.join("/", ids).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().withUpperCase().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
