package payments.dr.lambda.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;

/** What each act does to the world. */
class ActTest {

  private final List<String> done = new ArrayList<>();
  private boolean refused;

  static List<Arguments> acts() {
    return List.of(
        Arguments.of(new Act.Nothing(), List.of()),
        Arguments.of(new Act.Prepare(Incident.NONE), List.of("take", "raiseCapacity")),
        Arguments.of(new Act.PromoteDr(Incident.NONE), List.of("promoteDr")),
        Arguments.of(new Act.PromotePrimary(Incident.NONE), List.of("promotePrimary")),
        Arguments.of(new Act.ForcePrimary(Incident.NONE), List.of("forcePrimary")),
        Arguments.of(new Act.Latch(), List.of("latch")),
        Arguments.of(new Act.Unlatch(), List.of("release", "unlatch")),
        Arguments.of(new Act.Unroute(), List.of("unlatch")),
        Arguments.of(new Act.Loosen(), List.of("loosen")),
        Arguments.of(new Act.Unfence(), List.of("release")));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void each_does_this_and_no_more(Act act, List<String> what) {
    perform(act);

    assertEquals(what, done);
  }

  @Test
  void a_region_whose_ledger_refuses_keeps_neither_capacity_nor_route_from_changing() {
    refused = true;

    assertThrows(PortException.class, () -> perform(new Act.Prepare(Incident.NONE)));
    assertThrows(PortException.class, () -> perform(new Act.Unlatch()));

    assertEquals(List.of("take", "raiseCapacity", "release", "unlatch"), done);
  }

  @ParameterizedTest
  @MethodSource("acts")
  void only_moves_of_the_writer_ask_aws_for_something_that_must_be_noted(Act act) {
    assertEquals(
        Set.of("PromoteDr", "PromotePrimary", "ForcePrimary").contains(act.label()), act.asksAws());
  }

  private void perform(Act act) {
    act.perform(new Hands(), new Lease(), () -> {});
  }

  private final class Lease implements WriterLease {

    @Override
    public LeaseReading read() {
      return new LeaseReading.Unread();
    }

    @Override
    public void take(Incident incident) {
      change("take");
    }

    @Override
    public void release() {
      change("release");
    }

    @Override
    public void force(Incident incident) {
      change("force");
    }

    private void change(String what) {
      done.add(what);
      if (refused) {
        throw new PortException("refused");
      }
    }
  }

  private final class Hands implements Actuators {

    @Override
    public void raiseCapacity() {
      done.add("raiseCapacity");
    }

    @Override
    public void promoteDr(Incident incident, Guard guard) {
      done.add("promoteDr");
    }

    @Override
    public void promotePrimary(Incident incident, Guard guard) {
      done.add("promotePrimary");
    }

    @Override
    public void forcePrimary(Incident incident, Guard guard) {
      done.add("forcePrimary");
    }

    @Override
    public void latch() {
      done.add("latch");
    }

    @Override
    public void unlatch() {
      done.add("unlatch");
    }

    @Override
    public void loosen() {
      done.add("loosen");
    }
  }
}
