package payments.dr.compliance;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When AWS does something, in its words: {@code rate(1 day)} or {@code cron(0 5 * * ? *)}. */
public final class Schedule {

  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  /** Minute and hour, then the fields that would leave days out. */
  private static final Pattern CRON =
      Pattern.compile("cron\\(\\S+ \\S+ (\\S+) (\\S+) (\\S+) (\\S+)\\)");

  private static final Set<String> EACH = Set.of("*", "?");

  private Schedule() {}

  /** Whether it is at least once a day; not when it cannot be read. */
  public static boolean isDaily(String expression) {
    Matcher rate = RATE.matcher(expression);
    if (rate.matches()) {
      return switch (rate.group(2)) {
        case "minute" -> Long.parseLong(rate.group(1)) <= 24 * 60;
        case "hour" -> Long.parseLong(rate.group(1)) <= 24;
        default -> Long.parseLong(rate.group(1)) == 1;
      };
    }
    Matcher cron = CRON.matcher(expression);
    return cron.matches()
        && EACH.contains(cron.group(1))
        && EACH.contains(cron.group(2))
        && EACH.contains(cron.group(3))
        && EACH.contains(cron.group(4));
  }
}
