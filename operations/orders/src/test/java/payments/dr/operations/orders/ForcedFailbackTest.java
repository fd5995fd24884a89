package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.DataRecord;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.aws.StsAnswer;

/** The order that takes the writer home without the DR Region, from the command to the act. */
class ForcedFailbackTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final CommandedRegions world = new CommandedRegions().pass(Duration.ofSeconds(1));

  @BeforeEach
  void dr_region_serves() {
    assertEquals(0, world.run("staging\n", "switchover", "staging", "--reason", "drill"));
    world.pass(MINUTE);
    assertEquals(Phase.FAILED_OVER, world.phase());
    world.done.clear();
  }

  @Test
  void lost_dr_region_is_left_by_the_other_controller() {
    world.drIsDark = true;

    assertEquals(0, order(), world.err);

    assertTrue(
        world.out.contains(
            "other      its controller is taken for dead: nobody answers in us-east-2: NO_ANSWER;"
                + " STS of us-east-1 answers as "
                + CommandedRegions.ALICE),
        world.out);
    assertTrue(
        world.out.contains(
            "promotes v2 in us-east-1 without us-east-2, then leads customers home; payments that"
                + " were not replicated are LOST"),
        world.out);
    assertTrue(world.out.contains("taken      STEADY -> FAILING_BACK"), world.out);
    world.pass(MINUTE);
    assertEquals(List.of("force primary", "unlatch"), world.done.stream().distinct().toList());
    assertEquals(Phase.STEADY, StateStore.read(world.primaryLedger).orElseThrow().state().phase());
    assertEquals("us-east-1", DataRecord.read(world.primaryLedger).orElseThrow().writerRegion());
    assertEquals(0, world.run("", "audit", "staging", "--region", "us-east-1"), world.out);
    assertTrue(
        world.out.contains("FORCE by " + CommandedRegions.ALICE + ": us-east-2 is lost"),
        world.out);

    world.drIsDark = false;
    world.pass(MINUTE);
    assertEquals(Phase.STEADY, world.phase(), "the DR Region's controller follows the writer");
  }

  @Test
  void living_controller_must_be_paused_first() {
    assertEquals(1, order());

    assertTrue(
        world.err.startsWith(
            "dr: controller in us-east-2 must be paused first, since its ledger answers:"
                + " ./dr pause staging"),
        world.err);
    assertNothingWasOrdered();

    world.run("", "pause", "staging", "--reason", "us-east-2 is sick");
    assertEquals(0, order(), world.err);
    assertTrue(world.out.contains("paused in us-east-2"), world.out);
  }

  /** None of these is a lost Region; each was taken for one. */
  @ParameterizedTest
  @EnumSource(names = "NO_ANSWER", mode = EnumSource.Mode.EXCLUDE)
  void region_that_cannot_be_asked_is_not_taken_for_dead(Obstacle obstacle) {
    world.drIsDark = true;
    world.obstacle = obstacle;

    assertEquals(2, order(), world.out);

    assertTrue(
        world.err.contains(
            ": controller in us-east-2 must be paused, or known to be out of reach, got:"
                + " dr-ledger-staging must answer, got %s; nothing was changed"
                    .formatted(obstacle)),
        world.err);
    assertNothingWasOrdered();
  }

  @Test
  void silence_proves_nothing_where_no_region_knows_the_caller() {
    world.drIsDark = true;
    world.stsAnswers =
        List.of(
            new StsAnswer("us-east-1", Optional.of(Obstacle.NO_ANSWER), "no answer either"),
            new StsAnswer("us-east-2", Optional.of(Obstacle.NO_ANSWER), "no answer"));
    assertEquals(2, order(), world.out);
    assertTrue(world.err.startsWith("dr: no network here: "), world.err);

    world.stsAnswers =
        List.of(new StsAnswer("us-east-1", Optional.of(Obstacle.NOT_SIGNED_IN), "expired"));
    assertEquals(2, order(), world.out);
    assertTrue(world.err.startsWith("dr: not signed in: "), world.err);
    assertNothingWasOrdered();
  }

  @Test
  void second_loss_is_left_in_the_same_way() {
    world.drIsDark = true;
    assertEquals(0, order());
    world.pass(MINUTE);
    world.drIsDark = false;
    world.pass(MINUTE.multipliedBy(2));
    assertEquals(
        0, world.run("staging\n", "switchover", "staging", "--reason", "drill"), world.err);
    world.pass(MINUTE);
    world.drIsDark = true;
    world.done.clear();

    assertEquals(0, order(), world.err);
    world.pass(MINUTE);

    assertEquals(1, world.done.stream().filter("force primary"::equals).count());
  }

  @Test
  void controller_that_nobody_ordered_anything_is_idle() {
    assertEquals(0, world.run("", "status", "staging", "--region", "us-east-1"), world.out);

    assertTrue(world.out.contains("none: idle until somebody orders a forced failback"), world.out);
  }

  @Test
  void region_must_be_one_of_the_environment() {
    assertEquals(1, world.run("", "status", "staging", "--region", "eu-west-1"));

    assertEquals(
        "dr: --region must be us-east-1 or us-east-2, got \"eu-west-1\"", world.err.strip());
  }

  private void assertNothingWasOrdered() {
    assertEquals(0, ControlRecord.read(world.primaryLedger).version());
    assertTrue(DataRecord.read(world.primaryLedger).isEmpty());
  }

  private int order() {
    return world.run(
        "staging\n", "force", "staging", "--region", "us-east-1", "--reason", "us-east-2 is lost");
  }
}
