package payments.dr.configuration.failover;

import java.util.List;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** The domain of one environment and how long resolvers may remember its answers. */
public record DnsSettings(
    @Setting(
            value = "Domain of the environment's hosted zone",
            pattern = "(?=.{1,240}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}",
            patternMeaning = "a lower-case domain name such as payments-dev.example.com")
        String domainName,
    @Setting(
            value = "Existing hosted zone of that domain; absent: one is created",
            pattern = "Z[A-Z0-9]{1,31}",
            patternMeaning = "a Route 53 zone id such as Z0123456789ABCDEFGHIJ",
            optional = true)
        String hostedZoneId,
    @Setting(
            value =
                "Name servers of that zone, which the failover controller asks; wanted with"
                    + " hostedZoneId only",
            defaultValue = "[]",
            max = 8,
            pattern = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}",
            patternMeaning = "a host name such as ns-1.awsdns-1.org")
        List<String> nameServers,
    @Setting(
            value = "Seconds that resolvers keep the service's address",
            defaultValue = "20",
            min = 5,
            max = 60)
        Integer recordTtlSeconds) {

  public DnsSettings {
    nameServers = List.copyOf(nameServers);
    ConfigurationErrors errors = new ConfigurationErrors();
    if (hostedZoneId == null && !nameServers.isEmpty()) {
      errors.add("nameServers", "be left out without hostedZoneId", nameServers);
    } else if (hostedZoneId != null && nameServers.isEmpty()) {
      errors.require(
          "nameServers",
          "with hostedZoneId: those that `aws route53 get-hosted-zone --id "
              + hostedZoneId
              + "` names");
    }
    errors.throwIfAny();
  }
}
