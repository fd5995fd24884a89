package payments.dr.modules.region;

import com.hashicorp.cdktf.TerraformStack;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionRole;

/** One AWS Region of the pair, named by its role. */
public final class Region extends AwsRegion {

  private final RegionRole role;

  /**
   * Makes the Region's provider.
   *
   * @param name such as {@code us-east-1}
   */
  public Region(TerraformStack stack, RegionRole role, String name, ProviderSettings shared) {
    super(stack, role.id(), name, shared);
    this.role = role;
  }

  public RegionRole role() {
    return role;
  }
}
