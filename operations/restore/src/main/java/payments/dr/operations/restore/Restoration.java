package payments.dr.operations.restore;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.encoding.Sha256;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * One restore: where, of what, and how what it makes is called. The same one has the same names, so
 * that a second run goes on with it. Its record are the tags of its cluster, which is made first
 * with them and removed last. So it needs no ledger, and no file of a machine.
 */
record Restoration(
    ResourceNames names, RegionRole role, DatabaseGeneration generation, Origin origin) {

  private static final String RESTORED = "restored";
  private static final int DIGITS = 8;
  private static final Set<String> RECORD = Set.of("Generation", "RestoredFrom", "RestoredTo");

  /** {@code primary-restored-v2-1f3a55c0-prod}. */
  String cluster() {
    return names.regional(role, RESTORED + marked());
  }

  /** {@code primary-restored-v2-1f3a55c0-0-prod}. */
  String instance() {
    return names.regional(role, RESTORED + marked() + "-0");
  }

  /** {@code primary-restored-sessions-v2-1f3a55c0-prod}. */
  String table() {
    return names.regional(role, RESTORED + "-sessions" + marked());
  }

  private String marked() {
    String text = origin.cluster() + " " + origin.time();
    String digest = HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    return generation.nameSuffix() + "-" + digest.substring(0, DIGITS);
  }

  /** They say what the cluster is, and are enough to go on with the restore. */
  List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    tags.add(tag("Environment", names.environment()));
    tags.add(tag("Generation", generation.id()));
    tags.add(tag("RestoredFrom", origin.cluster()));
    tags.add(tag("RestoredTo", origin.time().toString()));
    origin.sessions().ifPresent(arn -> tags.add(tag("SessionsFrom", arn)));
    return tags;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /** Of a cluster, if a restore made it; of others nothing is known, their tags included. */
  static Optional<Restoration> of(ResourceNames names, RegionRole role, DBCluster cluster) {
    Map<String, String> tags =
        cluster.tagList().stream()
            .filter(tag -> tag.value() != null)
            .collect(Collectors.toMap(Tag::key, Tag::value));
    if (!names.environment().equals(tags.get("Environment"))
        || !tags.keySet().containsAll(RECORD)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
              new Restoration(
                  names,
                  role,
                  DatabaseGeneration.valueOf(tags.get("Generation").toUpperCase(Locale.ROOT)),
                  new Origin(
                      tags.get("RestoredFrom"),
                      Instant.parse(tags.get("RestoredTo")),
                      Optional.ofNullable(tags.get("SessionsFrom")))))
          // Tags are copied along with snapshots; a name is given once.
          .filter(restoration -> restoration.cluster().equals(cluster.dbClusterIdentifier()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The command that began it, which goes on with it. */
  String command(String region) {
    String command = "./dr restore " + names.environment();
    return origin.isContinuous()
        ? "%s --at %s --region %s --generation %s"
            .formatted(command, origin.time(), region, generation.id())
        : command + " --point " + origin.cluster();
  }
}
