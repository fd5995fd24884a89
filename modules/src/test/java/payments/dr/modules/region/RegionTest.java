package payments.dr.modules.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.testing.TestStack;

class RegionTest {

  @TempDir static Path outdir;

  private static RegionPair<Region> regions;
  private static JsonNode providers;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    regions = stack.regions();
    providers = stack.synthesize().json().at("/provider/aws");
  }

  @Test
  void no_provider_is_without_alias() {
    assertEquals(2, providers.size());
    providers.forEach(provider -> assertFalse(provider.path("alias").asText().isEmpty()));
  }

  @ParameterizedTest
  @EnumSource
  void provider_works_in_its_region_and_account_only(RegionRole role) {
    JsonNode provider = provider(role);

    assertEquals(regions.get(role).name(), provider.path("region").asText());
    assertEquals(
        "[\"" + TestStack.ACCOUNT + "\"]", provider.path("allowed_account_ids").toString());
    assertEquals("test", provider.at("/default_tags/0/tags/Environment").asText());
  }

  @ParameterizedTest
  @EnumSource
  void provider_signs_in_outside_the_primary_region(RegionRole role) {
    assertEquals("us-east-2", provider(role).path("sts_region").asText());
  }

  private static JsonNode provider(RegionRole role) {
    for (JsonNode provider : providers) {
      if (provider.path("alias").asText().equals(role.id())) {
        return provider;
      }
    }
    throw new AssertionError("expected a provider " + role.id() + ", found " + providers);
  }
}
