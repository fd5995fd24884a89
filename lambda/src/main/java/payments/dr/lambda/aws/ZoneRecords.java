package payments.dr.lambda.aws;

import java.io.IOException;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Site;

/**
 * What the environment's zone answers at this moment.
 *
 * @param externalRecord TXT record that is "up" while Route 53's checkers reach the primary Region
 * @param serviceRecord the customers' name
 * @param primaryLoadBalancer what the service record is a CNAME of, or
 * @param drLoadBalancer when customers are sent to the DR Region
 */
public record ZoneRecords(
    NameServers servers,
    String externalRecord,
    String serviceRecord,
    String primaryLoadBalancer,
    String drLoadBalancer) {

  /**
   * @throws IOException when no name server answered
   */
  Health external() throws IOException {
    List<String> texts =
        servers.records(externalRecord, Type.TXT).stream()
            .flatMap(record -> ((TXTRecord) record).getStrings().stream())
            .toList();
    if (texts.equals(List.of("up"))) {
      return Health.UP;
    }
    return texts.equals(List.of("down")) ? Health.DOWN : Health.UNKNOWN;
  }

  /**
   * @throws IOException when no name server answered
   */
  Site answers() throws IOException {
    List<Record> records = servers.records(serviceRecord, Type.CNAME);
    if (records.size() != 1) {
      return Site.UNKNOWN;
    }
    Name target = ((CNAMERecord) records.get(0)).getTarget();
    if (target.equals(Name.fromString(primaryLoadBalancer, Name.root))) {
      return Site.PRIMARY;
    }
    return target.equals(Name.fromString(drLoadBalancer, Name.root)) ? Site.DR : Site.UNKNOWN;
  }
}
