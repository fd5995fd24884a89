package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.console.CommandFailedException;

/** Jobs that take their time, and jobs that fail. */
class BackupJobsTest {

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private int pauses;

  private final BackupJobs jobs = new BackupJobs(this::answer, () -> pauses++);

  @Test
  void a_backup_is_waited_for_and_gives_its_recovery_point() {
    answers.addAll(
        List.of(
            "{'BackupJobId': 'one'}",
            "{'State': 'CREATED'}",
            "{'State': 'RUNNING'}",
            "{'State': 'COMPLETED', 'RecoveryPointArn': 'point'}"));

    assertEquals("point", jobs.backUp("us-east-1", body -> body.put("ResourceArn", "cluster")));

    assertEquals(2, pauses);
    assertEquals(
        List.of(
            "us-east-1 /backup-jobs {\"ResourceArn\":\"cluster\"}",
            "us-east-1 /backup-jobs/one ",
            "us-east-1 /backup-jobs/one ",
            "us-east-1 /backup-jobs/one "),
        asked);
  }

  @Test
  void a_job_that_does_not_end_is_given_up() {
    answers.add("{'BackupJobId': 'one'}");
    for (int look = 0; look < 1000; look++) {
      answers.add("{'State': 'RUNNING'}");
    }

    CommandFailedException failed =
        assertThrows(CommandFailedException.class, () -> jobs.backUp("us-east-1", body -> body));

    assertEquals(
        "AWS Backup's /backup-jobs/one in us-east-1 must end within 120 looks, got no end",
        failed.getMessage());
    assertEquals(120, pauses);
  }

  @Test
  void a_copy_tells_its_point_one_level_deeper() {
    answers.addAll(
        List.of(
            "{'CopyJobId': 'two'}",
            "{'CopyJob': {'State': 'COMPLETED', 'DestinationRecoveryPointArn': 'copy'}}"));

    assertEquals("copy", jobs.copy("us-east-1", body -> body));
  }

  @Test
  void a_restore_that_fails_tells_why() {
    answers.addAll(
        List.of(
            "{'RestoreJobId': 'three'}",
            "{'Status': 'FAILED', 'StatusMessage': 'the key is not accessible'}"));

    CommandFailedException failed =
        assertThrows(CommandFailedException.class, () -> jobs.restore("us-east-2", body -> body));

    assertEquals(
        "AWS Backup's /restore-jobs/three in us-east-2 must complete, got FAILED: the key is not accessible",
        failed.getMessage());
  }

  private JsonNode answer(String region, JsonRequest request) {
    asked.add(region + " " + request.path() + " " + request.body());
    return QuestionsTest.json(answers.remove());
  }
}
