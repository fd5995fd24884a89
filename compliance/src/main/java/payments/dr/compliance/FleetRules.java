package payments.dr.compliance;

import static payments.dr.compliance.NetworkRules.inSeveralZones;
import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.hasEither;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.none;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Instances. */
final class FleetRules {

  private static final List<String> TEMPLATE = types("aws_launch_template");
  private static final Pattern PARAVIRTUAL = Pattern.compile("(c1|c3|hi1|hs1|m1|m2|m3|t1)\\..*");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "metadata-token-optional",
              "instances' credentials need a session",
              TEMPLATE,
              Scope.ALWAYS,
              in("metadata_options.http_tokens", "required")
                  .and(between("metadata_options.http_put_response_hop_limit", 1, 1)),
              pci("8.2.8").fsbp("EC2.8", "EC2.170").cis("5.7"),
              "a forged request of the application could read its role's credentials",
              "require IMDSv2, with one hop"),
          new Rule(
              "volume-not-encrypted",
              "volumes are encrypted with an own key",
              TEMPLATE,
              Scope.ALWAYS,
              volumes(),
              pci("3.5.1").fsbp("EC2.1", "EC2.3", "EC2.181"),
              "a snapshot that is shared by mistake would be readable",
              "encrypt each block device with the Region's key"),
          new Rule(
              "instance-public",
              "instances have no public address and no SSH key",
              TEMPLATE,
              Scope.ALWAYS,
              privateInterfaces().and(none("key_name")),
              pci("1.4.4(k)").fsbp("EC2.9", "EC2.25"),
              "people come in through Session Manager, by name and logged",
              "set associate_public_ip_address to false, and no key_name"),
          new Rule(
              "instance-in-several-networks",
              "instances have one network interface",
              TEMPLATE,
              Scope.ALWAYS,
              new Requirement(
                  "1 network_interfaces or none",
                  (template, stack) ->
                      faultIf(
                          template.at("network_interfaces").isArray()
                              && template.at("network_interfaces").size() > 1,
                          template.at("network_interfaces").size() + " network_interfaces")),
              NONE.fsbp("EC2.17"),
              "an instance in two networks is a way from one to the other",
              "keep one interface"),
          new Rule(
              "instance-paravirtual",
              "instances are not of types that can be paravirtual",
              TEMPLATE,
              Scope.ALWAYS,
              new Requirement(
                  "instance_type of a family other than c1, c3, hi1, hs1, m1, m2, m3, t1",
                  (template, stack) ->
                      faultIf(
                          PARAVIRTUAL.matcher(template.text("instance_type")).matches(),
                          template.describe("instance_type"))),
              NONE.fsbp("EC2.24"),
              "a paravirtual kernel shares more with its host than a virtual machine does",
              "choose a type of a newer generation"),
          new Rule(
              "instance-without-role",
              "instances sign in to AWS by a role",
              TEMPLATE,
              Scope.ALWAYS,
              hasEither("iam_instance_profile.arn", "iam_instance_profile.name"),
              NONE.cis("1.17"),
              "programs would need a key of a user, which somebody has to hide on the instance",
              "give it an instance profile"),
          new Rule(
              "fleet-in-one-zone",
              "fleets outlive a zone and replace what does not answer",
              types("aws_autoscaling_group"),
              Scope.ALWAYS,
              in("health_check_type", "ELB")
                  .and(inSeveralZones("vpc_zone_identifier"))
                  .and(has("launch_template")),
              pci("12.10.1(k)").fsbp("AutoScaling.1", "AutoScaling.2", "AutoScaling.9", "EC2.4"),
              "half of the service would go with one zone",
              "name subnets of several zones, and check by the load balancer"));

  private FleetRules() {}

  private static Requirement volumes() {
    Requirement each = on("ebs.encrypted").and(has("ebs.kms_key_id"));
    return new Requirement(
        "block_device_mappings, each with " + each.allowed(),
        (template, stack) ->
            faultIf(!template.has("block_device_mappings"), "no block_device_mappings")
                .or(() -> eachBlock(template, "block_device_mappings", each, stack)));
  }

  private static Requirement privateInterfaces() {
    Requirement each = in("associate_public_ip_address", "false");
    return new Requirement(
        "network_interfaces, each with " + each.allowed(),
        (template, stack) ->
            faultIf(!template.has("network_interfaces"), "no network_interfaces")
                .or(() -> eachBlock(template, "network_interfaces", each, stack)));
  }

  private static Optional<String> eachBlock(
      Resource resource, String path, Requirement each, Resources stack) {
    for (var block : resource.at(path)) {
      Optional<String> fault = each.check().fault(new Resource(path + ".", block), stack);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }
}
