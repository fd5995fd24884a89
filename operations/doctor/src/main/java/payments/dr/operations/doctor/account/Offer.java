package payments.dr.operations.doctor.account;

import java.util.Collection;
import java.util.List;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.doctor.check.Result;

/** Judges in which of an environment's zones AWS offers something. */
final class Offer {

  private Offer() {}

  /**
   * @param what is offered
   * @param offering zones that offer it
   * @param setting that chooses it
   */
  static Result of(
      String what, RegionSettings region, Collection<String> offering, String setting) {
    List<String> without =
        region.availabilityZones().stream().filter(zone -> !offering.contains(zone)).toList();
    if (without.isEmpty()) {
      return Result.ok(what + " in " + String.join(", ", region.availabilityZones()));
    }
    String found =
        "%s must be offered in %s, got none in %s"
            .formatted(
                what, String.join(", ", region.availabilityZones()), String.join(", ", without));
    String remediation = "choose other availabilityZones, or another " + setting;
    return without.size() == region.availabilityZones().size()
        ? Result.fails(found, remediation)
        : Result.attention(found, remediation);
  }
}
