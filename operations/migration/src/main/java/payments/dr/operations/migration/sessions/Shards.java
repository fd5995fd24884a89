package payments.dr.operations.migration.sessions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * The shards of a stream, and how far each was read. A shard is read once its parent was read to
 * the end: only then do the records of one key come in their order.
 */
final class Shards {

  /** Nothing was read of it yet. */
  static final String START = "START";

  /** It was read to its end. */
  static final String END = "END";

  private final Map<String, String> positions = new LinkedHashMap<>();
  private final Map<String, String> parents = new LinkedHashMap<>();
  private final BiConsumer<String, String> keep;

  /**
   * @param positions known from before, by shard
   * @param keep remembers the position of a shard
   */
  Shards(Map<String, String> positions, BiConsumer<String, String> keep) {
    this.positions.putAll(positions);
    this.keep = keep;
  }

  /** Takes in what the stream lists now. */
  synchronized void listed(List<Shard> shards) {
    parents.clear();
    for (Shard shard : shards) {
      positions.putIfAbsent(shard.shardId(), START);
      parents.put(shard.shardId(), Optional.ofNullable(shard.parentShardId()).orElse(""));
    }
  }

  /** Those to read from now: a parent that is no longer listed has no records any more. */
  synchronized List<String> ready() {
    List<String> ready = new ArrayList<>();
    parents.forEach(
        (shard, parent) -> {
          boolean first = !parents.containsKey(parent) || END.equals(positions.get(parent));
          if (first && !END.equals(positions.get(shard))) {
            ready.add(shard);
          }
        });
    return ready;
  }

  /** Whether some are listed whose turn has not come. */
  synchronized boolean waiting() {
    return parents.keySet().stream().filter(shard -> !END.equals(positions.get(shard))).count()
        > ready().size();
  }

  synchronized String position(String shard) {
    return positions.get(shard);
  }

  /** To be called when everything up to there was done. */
  synchronized void read(String shard, String position) {
    positions.put(shard, position);
    keep.accept(shard, position);
  }
}
