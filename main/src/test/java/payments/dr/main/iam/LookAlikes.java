package payments.dr.main.iam;

import java.util.ArrayList;
import java.util.List;

/** Calls that differ from a needed one in a single respect, and so must be refused. */
public final class LookAlikes {

  private static final String ELSEWHERE = "eu-west-1";
  private static final String STRANGER = "999999999999";

  /** Of this header S3 takes no value but the one that is needed. */
  private static final String ONE_VALUE = "s3:if-none-match";

  private LookAlikes() {}

  /**
   * In another Region, in another account, on a resource named otherwise, and with another value of
   * each condition key.
   */
  public static List<Call> of(Call call) {
    List<Call> all = new ArrayList<>();
    if (call.namesNothing()) {
      all.add(call.with("aws:RequestedRegion", ELSEWHERE));
    } else {
      if (!call.resource().endsWith("/*")) {
        all.add(renamed(call));
      }
      if (call.service().equals("rds-db")) {
        all.add(call.on(call.resource().replaceFirst("/.*", "/other")));
      }
      String[] arn = call.resource().split(":", 6);
      if (!arn[3].isEmpty()) {
        all.add(replaced(call, 3, ELSEWHERE));
      }
      if (!arn[4].isEmpty()) {
        all.add(replaced(call, 4, STRANGER));
      }
    }
    call.with().keySet().stream()
        .filter(key -> !key.equals("aws:RequestedRegion") && !key.equals(ONE_VALUE))
        .forEach(key -> all.add(call.with(key, other(call.with().get(key)))));
    return all;
  }

  private static Object other(Object value) {
    return value instanceof List<?> ? List.of("OTHER") : "other";
  }

  private static Call replaced(Call call, int part, String by) {
    String[] arn = call.resource().split(":", 6);
    arn[part] = by;
    return call.on(String.join(":", arn));
  }

  /** The name stands behind its type, a group's behind its id as well; a bucket's comes first. */
  private static Call renamed(Call call) {
    String[] arn = call.resource().split(":", 6);
    String before =
        switch (arn[2]) {
          case "s3" -> "";
          case "autoscaling" -> ".*autoScalingGroupName/";
          default -> "([a-z-]+[:/])?";
        };
    arn[5] = arn[5].replaceFirst("^(" + before + ")", "$1other");
    return call.on(String.join(":", arn));
  }
}
