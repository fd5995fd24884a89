package payments.dr.operations.migration.sessions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.encoding.Sha256;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Hashes all that an application can see of an item. */
final class Fingerprint {

  private Fingerprint() {}

  /** The first 8 bytes of a SHA-256. */
  static long of(Map<String, AttributeValue> item) {
    return hash(map(StreamChange.plain(item)));
  }

  static long hash(String text) {
    return ByteBuffer.wrap(Sha256.of(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static String map(Map<String, AttributeValue> map) {
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(map)
        .forEach((name, value) -> text.append(quoted(name)).append(text(value)).append(','));
    return text.append('}').toString();
  }

  /** The type is part of it; sets have no order. */
  private static String text(AttributeValue value) {
    return value.type()
        + switch (value.type()) {
          case S -> quoted(value.s());
          case N -> value.n();
          case B -> bytes(value.b());
          case BOOL -> value.bool().toString();
          case NUL -> "";
          case SS -> sorted(value.ss());
          case NS -> sorted(value.ns());
          case BS -> sorted(value.bs().stream().map(Fingerprint::bytes).toList());
          case L -> value.l().stream().map(Fingerprint::text).toList().toString();
          case M -> map(value.m());
          default ->
              throw new IllegalArgumentException(
                  "attribute must have a type that DynamoDB has, such as S or M, got "
                      + value.type());
        };
  }

  private static String sorted(List<String> values) {
    return values.stream().map(Fingerprint::quoted).sorted().toList().toString();
  }

  private static String bytes(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  /** Length first, so that no text looks like two. */
  private static String quoted(String text) {
    return text.length() + ":" + text;
  }
}
