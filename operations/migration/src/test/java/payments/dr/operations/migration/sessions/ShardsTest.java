package payments.dr.operations.migration.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.Shard;

class ShardsTest {

  private final Map<String, String> kept = new HashMap<>();

  @Test
  void child_waits_until_its_parent_was_read_to_the_end() {
    Shards shards = new Shards(Map.of(), kept::put);
    shards.listed(List.of(shard("parent", null), shard("child", "parent"), shard("other", null)));
    assertEquals(List.of("parent", "other"), shards.ready());
    assertTrue(shards.waiting());

    shards.read("parent", "17");
    assertEquals(List.of("parent", "other"), shards.ready());
    shards.read("parent", Shards.END);

    assertEquals(List.of("child", "other"), shards.ready());
    assertFalse(shards.waiting());
    assertEquals(Map.of("parent", Shards.END), kept);
  }

  @Test
  void child_of_a_parent_that_is_no_longer_listed_is_read() {
    Shards shards = new Shards(Map.of(), kept::put);
    shards.listed(List.of(shard("child", "gone")));

    assertEquals(List.of("child"), shards.ready());
  }

  @Test
  void positions_from_before_are_gone_on_from() {
    Shards shards = new Shards(Map.of("parent", Shards.END, "child", "42"), kept::put);
    shards.listed(List.of(shard("parent", null), shard("child", "parent")));

    assertEquals(List.of("child"), shards.ready());
    assertEquals("42", shards.position("child"));
  }

  private static Shard shard(String id, String parent) {
    return Shard.builder().shardId(id).parentShardId(parent).build();
  }
}
