package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether the analyzer of access from outside the account, of which a Region has one, is the
 * account stack's or still to be made by it. One that somebody else made stops that deployment.
 *
 * @param own name of that stack's analyzer
 */
public record OutsideAccess(String where, String own, Single analyzer) implements Check {

  @Override
  public String name() {
    return "access analyzer";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("access-analyzer:ListAnalyzers"));
  }

  @Override
  public Result ask(Clients aws) {
    JsonNode analyzers =
        aws.ask(
                where,
                JsonRequest.get("access-analyzer", "ListAnalyzers", "/analyzer?type=ACCOUNT"))
            .path("analyzers");
    Optional<String> name =
        StreamSupport.stream(analyzers.spliterator(), false)
            .map(each -> each.path("name").asText())
            .findFirst();
    if (name.isEmpty()) {
      return analyzer.absent();
    }
    String what = "analyzer " + name.get();
    return name.get().equals(own) ? Result.ok(what) : analyzer.exists(what, name.get());
  }
}
