package payments.dr.modules.backup;

import com.hashicorp.cdktf.Postcondition;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.backup_region_settings.BackupRegionSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Switches AWS Backup on for Aurora and DynamoDB in one Region of the account; without it, jobs for
 * them are skipped in silence. Once per account and Region, so never part of an environment.
 *
 * <p>DynamoDB is also handed to AWS Backup's full management, which copies between Regions and cold
 * storage need. Other services' switches belong to other teams and are left as they are.
 *
 * <p>AWS answers with a switch for every service that it has, and adds more, so no list of the
 * others can be complete. Once made, both maps are therefore ignored as a whole, and what is
 * switched on here is checked instead: a plan that finds it switched off fails and says how to mend
 * it.
 */
public final class BackupOptIn extends Component {

  private static final String OPT_IN = "resource_type_opt_in_preference";
  private static final String MANAGEMENT = "resource_type_management_preference";

  private static final Map<String, Boolean> OPTED_IN =
      new TreeMap<>(Map.of("Aurora", true, "DynamoDB", true));
  private static final Map<String, Boolean> MANAGED = Map.of("DynamoDB", true);

  public BackupOptIn(Region region, String id) {
    super(region, id);
    BackupRegionSettings.Builder.create(this, "settings")
        .provider(region.provider())
        .resourceTypeOptInPreference(OPTED_IN)
        .resourceTypeManagementPreference(MANAGED)
        .lifecycle(
            TerraformResourceLifecycle.builder()
                .ignoreChanges(List.of(OPT_IN, MANAGEMENT))
                .postcondition(
                    List.of(
                        on(region, OPT_IN, "resource-type-opt-in-preference", OPTED_IN),
                        on(region, MANAGEMENT, "resource-type-management-preference", MANAGED)))
                .build())
        .build();
  }

  private static Postcondition on(
      Region region, String attribute, String option, Map<String, Boolean> types) {
    Stream<String> each =
        types.keySet().stream()
            .map(type -> "lookup(self." + attribute + ", \"" + type + "\", false)");
    String names = String.join(", ", types.keySet());
    String pairs =
        types.keySet().stream().map(type -> type + "=true").collect(Collectors.joining(","));
    return Postcondition.builder()
        .condition("${" + each.collect(Collectors.joining(" && ")) + "}")
        .errorMessage(
            ("%s of AWS Backup in %s must be on for %s, got ${jsonencode(self.%s)};"
                    + " run: aws backup update-region-settings --region %s --%s %s")
                .formatted(
                    attribute, region.name(), names, attribute, region.name(), option, pairs))
        .build();
  }
}
