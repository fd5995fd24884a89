package payments.dr.main;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must work while the primary Region is gone: nothing of it may refer to a resource there, or
 * it could neither be made nor changed on that day. Names may be written as plain text.
 */
final class RecoveryPath {

  /** Constructs of the DR Region that recover, or wake those who do. */
  private static final Pattern ON_PATH =
      Pattern.compile(
          "aws_\\w+\\.dr_(alerts|audit-archive|backup-alarms|backup-plan|certificate-alarms|change-alarms|controller|controller-alarms|database-alarms-v\\d+"
              + "|firewall|firewall-alarms|latch|ledger|load-balancer-alarms|routing|test-alarm|zone)_.+");

  private static final Pattern REFERENCE =
      Pattern.compile("\\b(aws_\\w+)\\.primary_[\\w-]+(?:\\.\\w+)*");

  /**
   * A reference that has to be, and why it holds nothing up.
   *
   * @param from addresses of resources, a colon, and JSON pointers into them
   * @param to type of the resource in the primary Region
   */
  record Declared(Pattern from, String to, String reason) {

    boolean covers(String place, String type) {
      return to.equals(type) && from.matcher(place).matches();
    }
  }

  static final List<Declared> DECLARED =
      List.of(
          declared(
              "aws_backup_plan\\.dr_backup-plan_.+:/rule/\\d+/copy_action/\\d+/destination_vault_arn",
              "aws_backup_vault",
              "backups are copied out of their Region; only the copy waits for the other"),
          declared(
              "aws_backup_selection\\.dr_backup-plan_.+:/iam_role_arn",
              "aws_iam_role",
              "a role is in no Region, and is there when the primary one is not"),
          declared(
              "aws_lambda_function\\.dr_controller_.+"
                  + ":/environment/variables/PRIMARY_(LOAD_BALANCER|PROBE_URL)",
              "aws_lb",
              "AWS chooses a load balancer's name; it is compared with what DNS answers, and"
                  + " probed"),
          declared(
              "aws_route53_(health_check|record)\\.dr_routing_.+:/(fqdn|records/\\d+)",
              "aws_lb",
              "DNS names the entrance of either Region"),
          declared(
              "aws_route53_health_check\\.dr_latch_primary-.+:/fqdn",
              "aws_s3_bucket",
              "the latch has a copy in the primary Region; one copy is enough"));

  private RecoveryPath() {}

  /**
   * What would need the primary Region on the day on which it is gone, a line for each reference
   * that is not declared.
   *
   * @param resources as in Terraform's JSON: by type, then by name
   */
  static List<String> faults(JsonNode resources) {
    List<String> faults = new ArrayList<>();
    references(resources)
        .forEach(
            (place, reference) -> {
              String type = reference.substring(0, reference.indexOf('.'));
              if (DECLARED.stream().noneMatch(declared -> declared.covers(place, type))) {
                faults.add(
                    place.replaceFirst(":/", " at ")
                        + " must not refer to the primary Region, which may be gone when this is"
                        + " needed; got "
                        + reference
                        + " (allowed: plain text, or a reference that RecoveryPath declares)");
              }
            });
    return faults;
  }

  /** References of the path into the primary Region, by where they stand. */
  static Map<String, String> references(JsonNode resources) {
    Map<String, String> found = new TreeMap<>();
    for (var type : resources.properties()) {
      for (var resource : type.getValue().properties()) {
        String address = type.getKey() + "." + resource.getKey();
        if (ON_PATH.matcher(address).matches()) {
          collect(address + ":", resource.getValue(), found);
        }
      }
    }
    return found;
  }

  private static void collect(String place, JsonNode node, Map<String, String> found) {
    if (node.isObject()) {
      node.properties().forEach(it -> collect(place + "/" + it.getKey(), it.getValue(), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(place + "/" + i, node.get(i), found);
      }
    } else {
      Matcher reference = REFERENCE.matcher(node.asText());
      if (reference.find()) {
        found.put(place, reference.group());
      }
    }
  }

  private static Declared declared(String from, String to, String reason) {
    return new Declared(Pattern.compile(from), to, reason);
  }
}
