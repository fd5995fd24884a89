package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** The first and the last step of a life on AWS, by stand-ins for {@code make} and {@code ./dr}. */
class StatesTest {

  private static final Environment ENVIRONMENT =
      new Project(ProjectCopy.PROJECT).environment("dev");

  @TempDir Path root;

  private boolean there = true;

  @BeforeEach
  void standIns() throws IOException {
    Files.writeString(root.resolve("Makefile"), "%:\n\t@echo make $@ $(ENV) $(APPROVE) >> said\n");
    Files.writeString(
        root.resolve("dr"), "#!/bin/sh\nread -r typed\necho \"dr $* by $typed\" >> said\n");
    Files.setPosixFilePermissions(root.resolve("dr"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void stacks_are_synthesized_before_the_buckets_are_made() throws IOException {
    states().make();

    assertEquals(List.of("make bootstrap dev --auto-approve"), said());
  }

  @Test
  void buckets_that_are_there_are_removed() throws IOException {
    states().remove();

    assertEquals(
        List.of("make environment-stacks dev", "dr state remove state-dev by state-dev"), said());
  }

  @Test
  void buckets_that_are_gone_are_not_removed_again() throws IOException {
    there = false;

    assertFalse(states().areThere());
    states().remove();

    assertEquals(List.of(), said());
  }

  /** Killed once the buckets were gone, but not their key. */
  @Test
  void a_removal_that_was_killed_goes_on_without_buckets() throws IOException {
    there = false;
    Files.createDirectories(root.resolve(".bootstrap/state-dev"));

    states().remove();

    assertEquals("dr state remove state-dev by state-dev", said().get(1));
  }

  private List<String> said() throws IOException {
    Path said = root.resolve("said");
    return Files.exists(said) ? Files.readAllLines(said) : List.of();
  }

  private States states() {
    return new States(
        new Project(root),
        ENVIRONMENT,
        (StateBackend.S3) ENVIRONMENT.backend(ENVIRONMENT.stackName()),
        new Programs(root),
        region -> {
          assertEquals("us-east-2", region);
          return new Bucket();
        });
  }

  private final class Bucket implements S3Client {

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
      assertEquals("acme-state-dev", request.bucket());
      if (!there) {
        throw NoSuchBucketException.builder().build();
      }
      return HeadBucketResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
