package payments.dr.main;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.PrivateBucket;

/** A stack of as many resources as asked for, which {@code bench/synthesis.py} synthesizes. */
final class LargeStack {

  private static final int RESOURCES_OF_A_BUCKET = 7;

  private LargeStack() {}

  /**
   * @param args how many resources, rounded down to whole buckets
   */
  public static void main(String[] args) {
    App app = new App();
    TerraformStack stack = new TerraformStack(app, "large");
    Region region =
        new Region(
            stack,
            RegionRole.PRIMARY,
            "us-east-1",
            new ProviderSettings("123456789012", "us-east-2", false, Map.of()));
    int buckets = Integer.parseInt(args[0]) / RESOURCES_OF_A_BUCKET;
    for (int number = 0; number < buckets; number++) {
      new PrivateBucket(
          region,
          "bucket-" + number,
          region,
          new BucketProps("bucket-" + number, null, null, null, List.of(), true));
    }
    app.synth();
  }
}
