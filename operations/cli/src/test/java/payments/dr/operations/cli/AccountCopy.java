package payments.dr.operations.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * A copy of the project and one environment of it that is made for AWS. A local AWS with the id of
 * its account takes the place of AWS: the stacks are applied as they are, and only AWS's own
 * variables lead there.
 */
final class AccountCopy {

  private static final Duration COMMAND = Duration.ofMinutes(5);
  private static final Duration APPLY = Duration.ofMinutes(25);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("(?m)^id: \"(\\d{12})\"");

  private final ProjectCopy copy;
  private final String environment;
  private final Shell shell;

  private AccountCopy(ProjectCopy copy, String environment, Shell shell) {
    this.copy = copy;
    this.environment = environment;
    this.shell = shell;
  }

  /**
   * Starts the account's local AWS, empty.
   *
   * @param environment that has a file in the copy
   * @param account that has one, too
   */
  static AccountCopy start(ProjectCopy copy, String environment, String account)
      throws IOException {
    Matcher id =
        ID.matcher(Files.readString(copy.root().resolve("main/accounts/" + account + ".yaml")));
    if (!id.find()) {
      throw new AssertionError("account " + account + " must have an id");
    }
    String endpoint =
        copy.shell()
            .with("MOTO_ACCOUNT_ID", id.group(1))
            .sh(COMMAND, "emulator/local-aws start")
            .expect(0)
            .out()
            .strip();
    Shell shell =
        copy.shell()
            .with("AWS_ENDPOINT_URL", endpoint)
            .with("AWS_ACCESS_KEY_ID", "local")
            .with("AWS_SECRET_ACCESS_KEY", "local")
            .with("AWS_PAGER", "");
    return new AccountCopy(copy, environment, shell);
  }

  void stop() {
    copy.stopLocalAws();
  }

  Shell.Result run(String command) {
    return shell.sh(APPLY, command);
  }

  /** Runs the AWS CLI, whose version 1 overlooks AWS_ENDPOINT_URL for some services. */
  Shell.Result aws(String command) {
    return shell.sh(COMMAND, "aws --endpoint-url \"$AWS_ENDPOINT_URL\" " + command);
  }

  /** Changes one part of the environment's file. */
  void replace(String part, String by) throws IOException {
    copy.replace("main/environments/" + environment + ".yaml", part, by);
  }

  void synthesize() {
    shell.sh(COMMAND, "scripts/synth " + environment).expect(0);
  }

  /** As {@code make deploy} does, for a person who says yes. */
  String deploy() {
    return shell
        .sh(APPLY, "scripts/stacks deploy --auto-approve %s %s".formatted(environment, stack()))
        .expect(0)
        .out();
  }

  /** As {@code make destroy} does, for a person who says yes. */
  Shell.Result destroy() {
    return shell.sh(
        APPLY, "scripts/stacks destroy --auto-approve %s %s".formatted(environment, stack()));
  }

  /** Asks AWS about every resource; fails unless there is nothing to change. */
  void planNothing() {
    terraform("plan -detailed-exitcode -no-color -input=false").expect(0);
  }

  /**
   * Returns the same for a new role that has one policy; the local AWS holds it to that.
   *
   * @param policy as IAM takes it, without single quotes
   */
  AccountCopy as(String role, String policy) throws IOException {
    String anybody =
        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\":"
            + " {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}]}";
    String made =
        aws("iam create-role --region us-east-1 --role-name %s --assume-role-policy-document '%s'"
                .formatted(role, anybody))
            .expect(0)
            .out();
    aws("iam put-role-policy --region us-east-1 --role-name %s --policy-name own --policy-document '%s'"
            .formatted(role, policy))
        .expect(0);
    JsonNode session =
        JSON.readTree(
                aws("sts assume-role --region us-east-1 --role-session-name test --role-arn "
                        + JSON.readTree(made).at("/Role/Arn").asText())
                    .expect(0)
                    .out())
            .path("Credentials");
    return new AccountCopy(
        copy,
        environment,
        shell
            .with("AWS_ACCESS_KEY_ID", session.path("AccessKeyId").asText())
            .with("AWS_SECRET_ACCESS_KEY", session.path("SecretAccessKey").asText())
            .with("AWS_SESSION_TOKEN", session.path("SessionToken").asText()));
  }

  /** How many resources the stack's state knows. */
  int deployed() throws IOException {
    return JSON.readTree(terraform("state pull").expect(0).out()).path("resources").size();
  }

  /** How many resources the synthesized stack has. */
  int synthesized() throws IOException {
    int resources = 0;
    Path file = copy.root().resolve("cdktf.out/stacks/%s/cdk.tf.json".formatted(stack()));
    for (JsonNode type : JSON.readTree(file.toFile()).path("resource")) {
      resources += type.size();
    }
    return resources;
  }

  /**
   * Returns the same without AWS being asked about every resource before a change: what the last
   * plan has seen is still there, and half of a plan's processor time goes into asking.
   */
  AccountCopy trustingTheState() {
    return planning("-refresh=false");
  }

  /** Returns the same for one resource, and what it needs or what needs it. */
  AccountCopy planningOnly(String address) {
    return planning("-refresh=false -target=" + address);
  }

  private AccountCopy planning(String options) {
    return new AccountCopy(copy, environment, shell.with("TF_CLI_ARGS_plan", options));
  }

  private Shell.Result terraform(String words) {
    return shell.sh(
        APPLY,
        "scripts/with-aws %s terraform -chdir=cdktf.out/stacks/%s %s"
            .formatted(environment, stack(), words));
  }

  private String stack() {
    return "payments-dr-" + environment;
  }
}
