package payments.dr.modules.network;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Buckets of AWS that instances read, signed in or not, by the Region they stand in. Each is named
 * whole: a pattern would also match a bucket that somebody else made.
 *
 * <p>As of November 2026, from "SSM Agent communications with AWS managed S3 buckets" and
 * "Reference: Amazon S3 buckets for patching operations" of the Systems Manager User Guide, and
 * "Scanning Amazon EC2 instances" of the Amazon Inspector User Guide. Buckets for Windows, macOS
 * and agents before 2.2.45 are left out.
 */
public final class AwsBuckets {

  /** The last part of the names of Patch Manager's buckets. */
  private static final Map<String, String> PATCH_MANAGER =
      Map.ofEntries(
          entry("af-south-1", "bdd5f65a9"),
          entry("ap-east-1", "632356271"),
          entry("ap-northeast-1", "4849fa78f"),
          entry("ap-northeast-2", "10467995c"),
          entry("ap-northeast-3", "67373598a"),
          entry("ap-south-1", "cb7c62ff9"),
          entry("ap-south-2", "32f4b4128"),
          entry("ap-southeast-1", "7fdfd9ef7"),
          entry("ap-southeast-2", "17283a275"),
          entry("ap-southeast-3", "aa48fc462"),
          entry("ap-southeast-4", "01e2c40d3"),
          entry("ca-central-1", "3148e69e3"),
          entry("ca-west-1", "9e3a4b2f9"),
          entry("eu-central-1", "9163fdaaf"),
          entry("eu-central-2", "184ce43c8"),
          entry("eu-north-1", "795879e9b"),
          entry("eu-south-1", "c52f3f594"),
          entry("eu-south-2", "a4cf248b1"),
          entry("eu-west-1", "5522fb710"),
          entry("eu-west-2", "902a2bc74"),
          entry("eu-west-3", "29bf85721"),
          entry("il-central-1", "e221cb57b"),
          entry("me-central-1", "2932f2f80"),
          entry("me-south-1", "a53fc9dce"),
          entry("sa-east-1", "ddf4b6a09"),
          entry("us-east-1", "1970c647d"),
          entry("us-east-2", "552881074"),
          entry("us-west-1", "8badb4304"),
          entry("us-west-2", "34d7f99f8"));

  /** The last part of the names of the buckets with patch baselines, where they have one. */
  private static final Map<String, String> PATCH_BASELINES =
      Map.ofEntries(
          entry("af-south-1", "tbxdb5b9"),
          entry("ap-south-2", "50209442"),
          entry("ap-southeast-3", "be0a3174"),
          entry("ap-southeast-4", "dc6f76ce"),
          entry("eu-south-2", "df2c9d70"),
          entry("me-south-1", "uduvl7q8"));

  /** Where packages come from another bucket. */
  private static final Set<String> WITH_DISTRIBUTOR = Set.of("af-south-1", "eu-south-1");

  private AwsBuckets() {}

  /** The objects from which Amazon Linux installs its packages. */
  static String amazonLinux(String region) {
    return objects("al2023-repos-" + region + "-de612dc2");
  }

  /** The vulnerability definitions with which Amazon Inspector's agent scans. */
  static String inspector(String region) {
    return objects("inspector2-oval-prod-" + region);
  }

  /**
   * The objects that Systems Manager's agent and Patch Manager read. In a Region that came after
   * the list, Patch Manager's own bucket is not known and not among them.
   */
  public static List<String> systemsManager(String region) {
    String baselines = PATCH_BASELINES.get(region);
    String patchManager = PATCH_MANAGER.get(region);
    return Stream.concat(
            Stream.of(
                "amazon-ssm-" + region,
                "aws-ssm-" + region,
                "aws-ssm-document-attachments-" + region,
                WITH_DISTRIBUTOR.contains(region)
                    ? "aws-ssm-distributor-file-" + region
                    : region + "-birdwatcher-prod",
                "patch-baseline-snapshot-" + region + (baselines == null ? "" : "-" + baselines)),
            Stream.ofNullable(patchManager)
                .map(suffix -> "aws-patch-manager-" + region + "-" + suffix))
        .map(AwsBuckets::objects)
        .toList();
  }

  private static String objects(String bucket) {
    return "arn:aws:s3:::" + bucket + "/*";
  }
}
