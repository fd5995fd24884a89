package payments.dr.modules.reference;

/**
 * A resource, as Terraform's expressions name it.
 *
 * @param address such as {@code aws_vpc.primary_network_vpc_1A2B3C4D}
 */
public record Reference(String address) {

  /**
   * Refers to a resource that is made directly in a component, before or after this call. That it
   * is, only Terraform and a test of whole stacks check.
   *
   * @param type such as {@code aws_vpc}; each class of the bindings has it as {@code
   *     TF_RESOURCE_TYPE}
   */
  public static Reference to(Component scope, String type, String id) {
    return new Reference(type + "." + UniqueId.of(scope.path, id));
  }

  public String arn() {
    return attribute("arn");
  }

  public String id() {
    return attribute("id");
  }

  public String name() {
    return attribute("name");
  }

  /**
   * An expression for what Terraform knows of the resource, such as {@code ${aws_vpc.x.id}}.
   * CDKTF's {@code Fn} would take it for a text that is to stay as it is: calls of functions are
   * written around {@link #address} instead.
   *
   * @param name as Terraform writes it: {@code dns_name}, not {@code dnsName}
   */
  public String attribute(String name) {
    return "${" + address + "." + name + "}";
  }
}
