package payments.dr.operations.migration.sessions;

import java.time.InstantSource;
import java.util.List;
import payments.dr.configuration.environment.Environment;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.Mutex;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.Project;
import payments.dr.operations.ledger.EnvironmentLedger;

/** The migration of an environment's sessions, with its tables and its ledger. */
final class EnvironmentSessions {

  private EnvironmentSessions() {}

  static SessionMigration of(String name) {
    // As many as work at once; the JDK keeps five open otherwise.
    System.setProperty("http.maxConnections", "64");
    Project project = Project.ofLauncher();
    Environment environment = project.environment(name);
    AwsAccess aws = AwsAccess.of(project, environment);
    Ledger ledger = EnvironmentLedger.open(aws, environment);
    String primary = environment.config().regions().primary().name();
    String dr = environment.config().regions().dr().name();
    String writer = DataRecord.read(ledger).map(DataRecord::writerRegion).orElse(primary);
    List<String> regions = writer.equals(dr) ? List.of(dr, primary) : List.of(primary, dr);
    return new SessionMigration(
        SessionTableClients.of(aws, regions, "-" + environment.name()),
        ledger,
        Mutex.TTL,
        InstantSource.system(),
        System.out);
  }
}
