package payments.dr.modules.baseline;

import com.hashicorp.cdktf.TerraformStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.baseline.WatchingService;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;

/**
 * Leaves services to the team that answers for them: Terraform forgets what the stack had of them,
 * and AWS keeps it. Without this, a service that is no longer watched would be switched off.
 */
public final class Handover {

  private final AccountBaselineProps props;
  private final List<Map<String, Object>> removed = new ArrayList<>();

  private Handover(AccountBaselineProps props) {
    this.props = props;
  }

  /** Hands over what the settings leave to others, whether or not the stack ever had it. */
  public static void in(TerraformStack stack, AccountBaselineProps props) {
    Handover handover = new Handover(props);
    props.settings().leave().forEach(handover::leave);
    if (!handover.removed.isEmpty()) {
      stack.addOverride("removed", handover.removed);
    }
  }

  private void leave(WatchingService service) {
    switch (service) {
      case CONFIG -> {
        forget(ConfigRole.ID, ConfigRole.RESOURCES);
        forget(ConfigRecorder.ID, ConfigRecorder.RESOURCES);
      }
      case GUARDDUTY -> forget(GuardDuty.ID, GuardDuty.RESOURCES);
      case SECURITY_HUB -> forget(SecurityHub.ID, SecurityHub.RESOURCES);
      case ACCESS_ANALYZER -> forget(AccessAnalyzer.ID, AccessAnalyzer.RESOURCES);
    }
  }

  /**
   * @param id of the construct that is left out in both Regions
   * @param resources types by the ids that it would give to them
   */
  private void forget(String id, RegionPair<Map<String, String>> resources) {
    props
        .regions()
        .map(region -> new Component(region, id))
        .zip(resources, Handover::references)
        .map(removed::addAll);
  }

  private static List<Map<String, Object>> references(
      Component leftOut, Map<String, String> resources) {
    return new TreeMap<>(resources)
        .entrySet().stream()
            .map(each -> Reference.to(leftOut, each.getValue(), each.getKey()).address())
            .map(
                address ->
                    Map.<String, Object>of("from", address, "lifecycle", Map.of("destroy", false)))
            .toList();
  }
}
