package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.RegionRole;

/** The files of this project. */
class CommittedFilesTest {

  private static Configuration configuration;

  @BeforeAll
  static void read() {
    configuration = Configuration.read(Path.of(".."), Optional.empty());
  }

  @Test
  void make_four_environments_in_three_accounts() {
    assertEquals(
        List.of("dev", "local", "prod", "staging"),
        configuration.environments().stream().map(Environment::name).toList());
    assertEquals(
        List.of("local", "nonprod", "prod"),
        configuration.accounts().stream().map(Account::name).toList());
  }

  @Test
  void protect_the_data_of_staging_and_prod() {
    assertEquals(
        List.of("prod", "staging"),
        configuration.environments().stream()
            .filter(environment -> environment.config().protectData())
            .map(Environment::name)
            .toList());
  }

  @Test
  void keep_production_in_an_account_of_its_own() {
    var environments =
        configuration.environments().stream()
            .collect(
                Collectors.groupingBy(
                    environment -> configuration.accountOf(environment).config().id(),
                    Collectors.mapping(Environment::name, Collectors.toList())));

    assertTrue(environments.containsValue(List.of("prod")), environments::toString);
  }

  @Test
  void give_each_environment_address_ranges_of_its_own() {
    List<CidrBlock> blocks = new ArrayList<>();
    for (Environment environment : configuration.environments()) {
      for (RegionRole role : RegionRole.values()) {
        CidrBlock block = environment.config().regions().get(role).cidrBlock();
        assertFalse(
            blocks.stream().anyMatch(block::overlaps),
            () -> environment.name() + "'s " + block + " overlaps one of " + blocks);
        blocks.add(block);
      }
    }
  }
}
