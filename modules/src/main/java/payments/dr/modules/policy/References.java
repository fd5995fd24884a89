package payments.dr.modules.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The controls that a rule answers to. */
public record References(List<Control> controls) {

  static final References NONE = new References(List.of());

  public References {
    controls = controls.stream().sorted().toList();
  }

  static References pci(String... ids) {
    return NONE.with(Framework.PCI, ids);
  }

  References fsbp(String... ids) {
    return with(Framework.FSBP, ids);
  }

  References cis(String... ids) {
    return with(Framework.CIS, ids);
  }

  private References with(Framework framework, String... ids) {
    return new References(
        Stream.concat(controls.stream(), Arrays.stream(ids).map(id -> Control.of(framework, id)))
            .toList());
  }
}
