package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionJarTest {

  @TempDir Path folder;

  @Test
  void a_missing_jar_is_told_with_its_place_and_how_to_build_it() {
    Path file = folder.resolve("failover-function.jar");

    assertEquals(
        "the failover function's jar must exist, found none at "
            + file
            + "; build it with `mvn -q -pl lambda -am -DskipTests package`",
        assertThrows(MissingJarException.class, () -> FunctionJar.at(file)).getMessage());
  }

  @Test
  void so_is_that_of_the_renewer_where_a_lease_is_renewed() {
    Path file = folder.resolve("lease-renewer.jar");

    assertEquals(
        "the lease renewer's jar must exist, found none at "
            + file
            + "; build it with `mvn -q -pl renewer -am -DskipTests package`",
        assertThrows(MissingJarException.class, () -> new RenewerJar(file).addTo(null))
            .getMessage());
  }
}
