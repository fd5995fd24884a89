package payments.dr.operations.rehearse;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.console.Project;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Asks every question, and writes the page of the answers. */
record Answers(Project project, Environment environment, Doctor doctor, Supplier<AwsAccess> access)
    implements Step.Action {

  @Override
  public void run() {
    AwsAccess aws = access.get();
    RegionPair<String> regions = environment.config().regions().map(RegionSettings::name);
    List<CloudWatchClient> clients =
        Stream.of(regions.primary(), regions.dr())
            .map(
                region ->
                    aws.client(
                        CloudWatchClient.builder()
                            .region(Region.of(region))
                            .httpClientBuilder(UrlConnectionHttpClient.builder())))
            .toList();
    try {
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      String where = environment.config().localAws() ? "emulated" : "AWS";
      new AnswersPage(project.root().resolve(AnswersPage.FILE))
          .write(
              questions(aws, regions, clients).stream()
                  .map(
                      question ->
                          new AnswersPage.Row(
                              question.asks(), question.tried(), where, today, question.answer()))
                  .toList());
    } finally {
      clients.forEach(CloudWatchClient::close);
    }
  }

  private List<Question> questions(
      AwsAccess aws, RegionPair<String> regions, List<CloudWatchClient> clients) {
    List<Question> all = new ArrayList<>();
    all.add(new LagMetrics(clients, List.of(cluster(RegionRole.PRIMARY), cluster(RegionRole.DR))));
    all.add(
        new OfBackup(
            new JsonCalls(aws)::ask,
            regions,
            "arn:aws:rds:%s:%s:cluster:%s"
                .formatted(
                    regions.primary(),
                    project.configuration().accountOf(environment).config().id(),
                    cluster(RegionRole.PRIMARY))));
    List<Doctor.Answer> found = doctor.ask();
    all.add(
        new OfDoctor(
            "Does an alarm reach the topic, which is encrypted with a key that lets CloudWatch in by its account?",
            "test alarm",
            found));
    all.add(
        new OfDoctor(
            "Does the controller trust the database's certificate by the roots that its jar brings?",
            "heartbeat",
            found));
    all.add(new OfDoctor("Do the metrics that alarms watch have data?", "metrics", found));
    all.add(drill("How long until a lost fleet is suspected?", "detect"));
    all.add(drill("How long does the promotion of the other cluster take?", "promote"));
    all.add(drill("How long until DNS answers with the other Region?", "turn DNS"));
    all.add(drill("How long until clients have left their old connections?", "reconnect"));
    return all;
  }

  private Question drill(String asks, String term) {
    return new OfDrill(
        asks, environment.name(), "front-door", term, project.root().resolve("evidence"));
  }

  private String cluster(RegionRole role) {
    return environment
        .names()
        .regional(role, "db-cluster-" + environment.config().databases().active().id());
  }
}
