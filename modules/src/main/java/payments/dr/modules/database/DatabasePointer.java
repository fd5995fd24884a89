package payments.dr.modules.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hashicorp.cdktf.providers.aws.ssm_parameter.SsmParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Tells the applications of one Region, at run time, which database is active and where it is; the
 * only thing that changes when a later generation takes over.
 *
 * <p>It has the same name in both Regions, and in each the real host names of that Region's own
 * cluster: a name of ours would not be in Aurora's certificate.
 */
public final class DatabasePointer extends Component {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Reference parameter;

  public DatabasePointer(Region region, String id, DatabasePointerProps props) {
    super(region, id);
    SsmParameter.Builder.create(this, "parameter")
        .provider(region.provider())
        .name(props.names().path("database"))
        .description("Active database generation and where it is")
        .type("String")
        // Nothing in it is secret, and the reviewer of a cutover must see what changes.
        .insecureValue(value(props, region.role()))
        .build();
    parameter = Reference.to(this, SsmParameter.TF_RESOURCE_TYPE, "parameter");
  }

  /** {@code /payments/dev/database}. */
  public String name() {
    return parameter.name();
  }

  public String arn() {
    return parameter.arn();
  }

  /** What an application needs to follow it. */
  public List<Statement> applicationStatements() {
    return List.of(
        Statement.allow("ReadDatabasePointer").actions("ssm:GetParameter").on(parameter.arn()));
  }

  private static String value(DatabasePointerProps props, RegionRole role) {
    PaymentsDatabase active = props.active();
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("generation", active.generation().id());
    value.put("writer", active.writerEndpoints().get(role));
    value.put("reader", active.readerEndpoints().get(role));
    value.put("port", active.port());
    value.put("database", active.databaseName());
    value.put("user", active.applicationUsername());
    value.put("secretArn", active.secretArns().get(role));
    value.put("sessionTable", active.sessionTableName());
    value.put("ledgerTable", props.ledgerTables().get(role));
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }
}
