package payments.dr.operations.restore;

import java.util.List;

/** What stands between a restored database and serving, for the person who has to decide. */
final class NextSteps {

  private NextSteps() {}

  static List<String> of(Restoration restoration, String region) {
    String environment = restoration.names().environment();
    String suffix = restoration.generation().nameSuffix();
    return List.of(
        "Nothing was switched: payments go where they went before, and nobody but you reads this.",
        "Between it and serving stand, see docs/operate/backups.md#serving-from-a-restored-database:",
        "  controller   ./dr pause %s: it must not move what people are moving"
            .formatted(environment),
        "  payments     what was committed after the newest heartbeat is in no backup: find it elsewhere first",
        "  global       %s is outside of global-db%s-%s, has one instance, and Terraform does not know it"
            .formatted(restoration.cluster(), suffix, environment),
        "  pointer      /payments/%s/database in both Regions names the endpoints that applications use"
            .formatted(environment),
        "  sessions     %s has no replica, no time to live, no stream and no point-in-time recovery"
            .formatted(restoration.table()),
        "  DNS          stays as it is: customers reach the fleet, and the fleet the pointer's endpoint",
        "To remove what was made: ./dr restore %s --clean %s"
            .formatted(environment, restoration.cluster()));
  }
}
