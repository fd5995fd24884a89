package payments.dr.modules.backup;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.backup_region_settings.BackupRegionSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Switches AWS Backup on for Aurora and DynamoDB in one Region of the account; without it, jobs for
 * them are skipped in silence. Once per account and Region, so never part of an environment.
 *
 * <p>DynamoDB is also handed to AWS Backup's full management, which copies between Regions and cold
 * storage need. Other services' switches belong to other teams and are left as they are.
 */
public final class BackupOptIn extends Component {

  /**
   * Everything else that a Region may report. AWS answers with the whole map, so a key that is
   * neither set nor ignored is a difference in every plan: a new service is added here.
   */
  private static final List<String> OTHERS =
      List.of(
          "CloudFormation",
          "DSQL",
          "DocumentDB",
          "EBS",
          "EC2",
          "EFS",
          "EKS",
          "FSx",
          "Neptune",
          "RDS",
          "Redshift",
          "Redshift Serverless",
          "S3",
          "SAP HANA on Amazon EC2",
          "Storage Gateway",
          "Timestream",
          "VirtualMachine");

  public BackupOptIn(Region region, String id) {
    super(region, id);
    BackupRegionSettings.Builder.create(this, "settings")
        .provider(region.provider())
        .resourceTypeOptInPreference(Map.of("Aurora", true, "DynamoDB", true))
        .resourceTypeManagementPreference(Map.of("DynamoDB", true))
        .lifecycle(
            TerraformResourceLifecycle.builder()
                .ignoreChanges(
                    Stream.concat(
                            keys("resource_type_opt_in_preference"),
                            keys("resource_type_management_preference"))
                        .toList())
                .build())
        .build();
  }

  private static Stream<String> keys(String attribute) {
    return OTHERS.stream().map(type -> attribute + "[\"" + type + "\"]");
  }
}
