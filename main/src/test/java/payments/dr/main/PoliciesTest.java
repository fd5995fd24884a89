package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import payments.dr.compliance.Resources;
import payments.dr.compliance.Wildcards;

/**
 * The exceptions that rules about policies make for every stack; that the stacks keep these rules,
 * SecurityRulesTest, and what policies add up to, IamSimulationIT.
 */
class PoliciesTest {

  @Test
  void every_listed_wildcard_is_in_use() {
    Set<String> unused = new TreeSet<>();
    Wildcards.ALLOWED.forEach(allowed -> unused.add(allowed.reason()));
    SynthesizedStacks.names()
        .map(name -> Resources.of(SynthesizedStacks.get(name).json()))
        .flatMap(Wildcards::used)
        .forEach(unused::remove);

    assertEquals(Set.of(), unused);
  }
}
