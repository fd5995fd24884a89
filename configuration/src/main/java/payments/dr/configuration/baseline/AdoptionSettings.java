package payments.dr.configuration.baseline;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.Setting;

/**
 * What the account has already of what watches it, and comes under the management of its stack. It
 * is then changed to what the stack would have made, and never destroyed with it.
 */
public record AdoptionSettings(
    @Setting(
            value = "Whether the service-linked role of AWS Config exists already",
            defaultValue = "false")
        Boolean configRole,
    @Setting(
            value = "ARN of Security Hub's aggregator of findings, whose home is the DR Region",
            pattern = "arn:aws:securityhub:[a-z0-9-]+:\\d{12}:finding-aggregator/[0-9a-f-]{36}",
            patternMeaning = "the ARN of a finding aggregator",
            optional = true)
        String findingAggregator,
    @Setting("What exists in the primary Region") RegionAdoptionSettings primary,
    @Setting("What exists in the DR Region") RegionAdoptionSettings dr) {

  /** Returns what exists in each Region. */
  public RegionPair<RegionAdoptionSettings> regions() {
    return new RegionPair<>(primary, dr);
  }

  /** Returns the services of which something is adopted. */
  public Set<WatchingService> services() {
    Set<WatchingService> services = EnumSet.noneOf(WatchingService.class);
    if (configRole || any(primary.recorder(), dr.recorder(), primary.channel(), dr.channel())) {
      services.add(WatchingService.CONFIG);
    }
    if (any(primary.detector(), dr.detector())) {
      services.add(WatchingService.GUARDDUTY);
    }
    if (primary.securityHub() || dr.securityHub() || any(findingAggregator)) {
      services.add(WatchingService.SECURITY_HUB);
    }
    if (any(primary.analyzer(), dr.analyzer())) {
      services.add(WatchingService.ACCESS_ANALYZER);
    }
    return services;
  }

  private static boolean any(String... identifiers) {
    return Stream.of(identifiers).anyMatch(Objects::nonNull);
  }
}
