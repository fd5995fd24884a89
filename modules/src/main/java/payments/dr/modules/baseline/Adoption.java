package payments.dr.modules.baseline;

import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import payments.dr.modules.region.Region;

/** Takes over what exists already: Terraform imports it, and then refuses to destroy it. */
final class Adoption {

  private Adoption() {}

  /**
   * Imports a resource, unless there is nothing to import.
   *
   * @param id by which Terraform imports that type; null where the stack makes the resource itself
   */
  static void of(TerraformResource resource, String id, Region region) {
    if (id != null) {
      resource.importFrom(id, region.provider());
      resource.setLifecycle(TerraformResourceLifecycle.builder().preventDestroy(true).build());
    }
  }
}
