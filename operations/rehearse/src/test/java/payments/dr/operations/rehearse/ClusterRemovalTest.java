package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterResponse;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;

/** A cluster goes in whichever state a killed run left it, and nobody waits for ever. */
class ClusterRemovalTest {

  private int pauses;

  @Test
  void cluster_that_is_being_made_is_asked_until_it_goes() {
    remove("creating", "creating", "available", "deleting", "deleting");

    assertEquals(5, pauses);
  }

  @Test
  void nothing_is_waited_for_where_there_is_no_cluster() {
    remove();

    assertEquals(0, pauses);
  }

  @Test
  void cluster_that_does_not_go_is_told() {
    String[] states = new String[1000];
    Arrays.fill(states, "deleting");

    String said = assertThrows(CommandFailedException.class, () -> remove(states)).getMessage();

    assertTrue(said.endsWith("after 120 tries to delete it, got \"it is deleting\""), said);
    assertEquals(120, pauses);
  }

  private void remove(String... states) {
    new ClusterRemoval(new OneCluster(new ArrayDeque<>(List.of(states))), "it", () -> pauses++)
        .run();
  }

  /** RDS with one cluster, in the state of each try; then it is gone. */
  private record OneCluster(Deque<String> states) implements RdsClient {

    @Override
    public DeleteDbClusterResponse deleteDBCluster(DeleteDbClusterRequest request) {
      if (states.isEmpty()) {
        throw DbClusterNotFoundException.builder().message("no such cluster").build();
      }
      String state = states.remove();
      if (!state.equals("available")) {
        throw InvalidDbClusterStateException.builder().message("it is " + state).build();
      }
      return DeleteDbClusterResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
