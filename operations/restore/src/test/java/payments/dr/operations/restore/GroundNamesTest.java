package payments.dr.operations.restore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.region.RegionRole;
import payments.dr.testing.ProjectCopy;

/** What is found by its name has that name in the stack. */
class GroundNamesTest {

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void names_are_those_of_the_stack(RegionRole role) throws IOException {
    String stack =
        Files.readString(
            ProjectCopy.PROJECT.resolve("main/src/test/resources/golden/payments-dr-local.json"));
    String prefix = role.id() + "-";
    for (String name :
        new String[] {
          prefix + "db-subnets-v2-local",
          prefix + "db-sg-v2-local",
          prefix + "db-params-v2-local",
          "alias/" + prefix + "data-local",
          "alias/" + prefix + "backup-local",
          prefix + "backup-vault-local",
          "backup-role-local",
          "session-table-v2-local",
          prefix + "db-cluster-v2-local"
        }) {
      assertTrue(stack.contains("\"" + name + "\""), name);
    }
  }
}
