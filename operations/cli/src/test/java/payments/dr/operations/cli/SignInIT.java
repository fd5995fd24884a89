package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.aws.StandInAws;
import payments.dr.operations.aws.StandInAws.Answer;
import payments.dr.testing.ProjectCopy;

/**
 * Each kind of credentials that docs/deploy/aws.md names, on the class path that {@code ./dr}
 * starts with, as far as the network: the call to the ledger must be signed by the key that this
 * kind gave.
 */
class SignInIT {

  private static final String KEY = "ASIAOFTHISKINDOFKEY1";
  private static final String SOURCE_KEY = "AKIAOFTHESOURCE00001";
  private static final String NEVER = "2099-01-01T00:00:00Z";
  private static final String LONG_AGO = "2020-01-01T00:00:00Z";
  private static final String START_URL = "https://example.awsapps.com/start";
  private static final String LOGIN = "arn:aws:iam::222222222222:user/alice";

  /** Of STS, whose answer has the operation's name around it. */
  private static final String STS_KEYS =
      """
      <%1$sResponse><%1$sResult><Credentials><AccessKeyId>%2$s</AccessKeyId>
      <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser>
      <Arn>arn:aws:sts::222222222222:assumed-role/operator/alice</Arn>
      <AssumedRoleId>AROA:alice</AssumedRoleId></AssumedRoleUser></%1$sResult></%1$sResponse>""";

  @TempDir Path home;

  private final StandInAws aws = StandInAws.start();
  private final Map<String, String> variables = new HashMap<>();
  private String out = "";
  private String err = "";

  @BeforeEach
  void ledger_answers() {
    aws.on("us-east-2/dynamodb", Answer.json(200, "{}"));
    for (String service : List.of("DYNAMODB", "STS", "SSO", "SSO_OIDC", "SIGNIN")) {
      variables.put("AWS_ENDPOINT_URL_" + service, aws.endpoint());
    }
    variables.put("HOME", home.toString());
    variables.put("PATH", System.getenv("PATH"));
    variables.put("AWS_REGION", "us-east-2");
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.endpoint());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void environment_variables() throws Exception {
    variables.put("AWS_ACCESS_KEY_ID", KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("AWS_SESSION_TOKEN", "token");

    assertSigned();
  }

  @Test
  void keys_of_a_profile() throws Exception {
    write(".aws/credentials", "[op]\n" + keys(KEY));
    variables.put("AWS_PROFILE", "op");

    assertSigned();
  }

  @Test
  void files_elsewhere() throws Exception {
    write("elsewhere", "[default]\n" + keys(KEY));
    variables.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("elsewhere").toString());

    assertSigned();
  }

  @Test
  void role_by_another_profile() throws Exception {
    assumesRole();
    write(".aws/credentials", "[base]\n" + keys(SOURCE_KEY));
    profile("role_arn = arn:aws:iam::222222222222:role/operator\nsource_profile = base");

    assertSigned();
    assertEquals(SOURCE_KEY, keyThatAsked("us-east-2/sts"));
  }

  @Test
  void role_by_an_instance() throws Exception {
    assumesRole();
    instanceRole(SOURCE_KEY);
    profile(
        "role_arn = arn:aws:iam::222222222222:role/operator\ncredential_source = Ec2InstanceMetadata");

    assertSigned();
    assertEquals(SOURCE_KEY, keyThatAsked("us-east-2/sts"));
  }

  @Test
  void process() throws Exception {
    Path script =
        write(
            "vend",
            """
            #!/bin/sh
            echo '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "secret", "SessionToken": "token", "Expiration": "%s"}'
            """
                .formatted(KEY, NEVER));
    assertTrue(script.toFile().setExecutable(true));
    profile("credential_process = " + script);

    assertSigned();
  }

  @Test
  void process_that_fails() throws Exception {
    profile("credential_process = sh -c \"echo no vault >&2; echo here >&2; exit 1\"");
    variables.put("AWS_EC2_METADATA_DISABLED", "true");

    assertFails("not signed in: no credentials from profile op: ");
    assertTrue(err.contains("no vault"), err);
  }

  @Test
  void identity_center_with_a_session() throws Exception {
    ssoProfile();
    ssoToken(sha1("corp"), NEVER, "");
    aws.on("/federation/credentials", ssoKeys());

    assertSigned();
  }

  @Test
  void identity_center_refreshes_its_session() throws Exception {
    ssoProfile();
    ssoToken(
        sha1("corp"),
        LONG_AGO,
        """
        , "clientId": "client", "clientSecret": "secret", "refreshToken": "refresh",
        "registrationExpiresAt": "2099-01-01T00:00:00Z"\
        """);
    aws.on(
            "/token",
            Answer.json(200, "{'accessToken': 'new', 'expiresIn': 3600, 'tokenType': 'Bearer'}"))
        .on("/federation/credentials", ssoKeys());

    assertSigned();
  }

  @Test
  void identity_center_as_it_was_before_sessions() throws Exception {
    profile(
        "sso_start_url = %s\nsso_region = us-east-1\nsso_account_id = 222222222222\nsso_role_name = Operator"
            .formatted(START_URL));
    ssoToken(sha1(START_URL), NEVER, "");
    aws.on("/federation/credentials", ssoKeys());

    assertSigned();
  }

  @Test
  void role_by_identity_center() throws Exception {
    assumesRole();
    roleByIdentityCenter();
    ssoToken(sha1("corp"), NEVER, "");
    aws.on("/federation/credentials", ssoKeys());

    assertSigned();
  }

  @Test
  void aws_login() throws Exception {
    profile("login_session = " + LOGIN);
    loginToken(KEY, NEVER);

    assertSigned();
  }

  @Test
  void aws_login_refreshes_its_session() throws Exception {
    profile("login_session = " + LOGIN);
    loginToken(SOURCE_KEY, LONG_AGO);
    aws.on(
        "/v1/token",
        Answer.json(
            200,
            """
            {'accessToken': {'accessKeyId': '%s', 'secretAccessKey': 'secret', 'sessionToken': 'token'},
             'tokenType': 'aws_sigv4', 'expiresIn': 900, 'refreshToken': 'next'}"""
                .formatted(KEY)));

    assertSigned();
  }

  /** As a pipeline signs in by OIDC when it hands on no variables. */
  @Test
  void web_identity() throws Exception {
    aws.on("/", Answer.of(200, "text/xml", STS_KEYS.formatted("AssumeRoleWithWebIdentity", KEY)));
    variables.put("AWS_ROLE_ARN", "arn:aws:iam::222222222222:role/operator");
    variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", write("token", "of.oidc").toString());

    assertSigned();
  }

  @Test
  void web_identity_of_a_profile() throws Exception {
    aws.on("/", Answer.of(200, "text/xml", STS_KEYS.formatted("AssumeRoleWithWebIdentity", KEY)));
    profile(
        "role_arn = arn:aws:iam::222222222222:role/operator\nweb_identity_token_file = "
            + write("token", "of.oidc"));

    assertSigned();
  }

  @Test
  void container() throws Exception {
    aws.on("/container", vended(KEY));
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.endpoint() + "/container");

    assertSigned();
  }

  @Test
  void instance() throws Exception {
    instanceRole(KEY);

    assertSigned();
  }

  @Test
  void nobody() throws Exception {
    variables.put("AWS_EC2_METADATA_DISABLED", "true");

    assertFails("not signed in: no credentials in system properties, environment variables, ");
    assertTrue(err.contains("; sign in: AWS_PROFILE=NAME with a profile of yours"), err);
  }

  @Test
  void places_are_those_of_the_sdk_in_its_order() throws Exception {
    variables.put("AWS_EC2_METADATA_DISABLED", "true");

    assertEquals(0, run("payments.dr.operations.aws.SdkChain"), err);
  }

  @Test
  void session_that_has_ended() throws Exception {
    ssoProfile();
    ssoToken(sha1("corp"), LONG_AGO, "");

    assertFails("not signed in: no credentials from profile op: ");
    assertTrue(err.contains("`aws sso login --profile op`"), err);
  }

  @Test
  void session_that_has_ended_of_another_profile() throws Exception {
    roleByIdentityCenter();
    ssoToken(sha1("corp"), LONG_AGO, "");

    assertFails("not signed in: no credentials from profile op: ");
    assertTrue(err.contains("`aws sso login --profile people`"), err);
  }

  @Test
  void session_that_the_portal_does_not_know() throws Exception {
    ssoProfile();
    ssoToken(sha1("corp"), NEVER, "");
    aws.on(
        "/federation/credentials",
        portal(401, "UnauthorizedException", "Session token not found or invalid"));

    assertFails("not signed in: no credentials from profile op: ");
    assertTrue(err.contains("Session token not found or invalid"), err);
  }

  @Test
  void permission_set_that_is_not_assigned() throws Exception {
    ssoProfile();
    ssoToken(sha1("corp"), NEVER, "");
    aws.on("/federation/credentials", portal(403, "ForbiddenException", "No access"));

    assertFails("AWS refused: no credentials from profile op: ");
    assertTrue(err.contains("No access"), err);
  }

  @Test
  void login_that_has_ended() throws Exception {
    profile("login_session = " + LOGIN);
    loginToken(SOURCE_KEY, LONG_AGO);
    aws.on(
        "/v1/token",
        exchange -> {
          exchange.getResponseHeaders().set("x-amzn-ErrorType", "AccessDeniedException");
          Answer.json(400, "{'error': 'TOKEN_EXPIRED', 'message': 'expired'}").to(exchange);
        });

    assertFails("not signed in: no credentials from profile op: ");
    assertTrue(err.contains("`aws login --profile op`"), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mfa_serial = arn:aws:iam::222222222222:mfa/alice"})
  void role_that_is_refused(String more) throws Exception {
    write(".aws/credentials", "[base]\n" + keys(SOURCE_KEY));
    profile("role_arn = arn:aws:iam::222222222222:role/operator\nsource_profile = base\n" + more);
    String denied =
        "User: alice is not authorized to perform: sts:AssumeRole on resource: operator";
    aws.on("us-east-2/sts", Answer.xmlFault(403, "AccessDenied", denied));

    assertFails("AWS refused: no credentials from profile op: ");
    assertTrue(err.contains(denied), err);
    assertEquals(!more.isEmpty(), err.contains("this program asks for no MFA code: "), err);
  }

  /** The Region that signs people in may be the one that is lost. */
  @Test
  void sign_in_that_does_not_answer_while_aws_does() throws Exception {
    write(".aws/credentials", "[base]\n" + keys(SOURCE_KEY));
    profile("role_arn = arn:aws:iam::222222222222:role/operator\nsource_profile = base");
    aws.on("us-east-2/sts", Answer.dropped());

    assertFails("not signed in: no credentials from profile op: ");
    assertTrue(err.contains("; STS of us-east-1: refusal of GetCallerIdentity"), err);
  }

  private static final String SSO =
      """
      sso_session = corp
      sso_account_id = 222222222222
      sso_role_name = Operator
      [sso-session corp]
      sso_start_url = %s
      sso_region = us-east-1
      sso_registration_scopes = sso:account:access
      """
          .formatted(START_URL);

  private void ssoProfile() throws IOException {
    profile(SSO);
  }

  private void roleByIdentityCenter() throws IOException {
    write(
        ".aws/config",
        """
        [profile op]
        role_arn = arn:aws:iam::222222222222:role/operator
        source_profile = people
        [profile people]
        %s"""
            .formatted(SSO));
    variables.put("AWS_PROFILE", "op");
  }

  private void profile(String settings) throws IOException {
    write(".aws/config", "[profile op]\n" + settings + "\n");
    variables.put("AWS_PROFILE", "op");
  }

  private static String keys(String key) {
    return "aws_access_key_id = " + key + "\naws_secret_access_key = secret\n";
  }

  private void assumesRole() {
    aws.on("us-east-2/sts", Answer.of(200, "text/xml", STS_KEYS.formatted("AssumeRole", KEY)));
  }

  private void instanceRole(String key) {
    aws.on("/latest/api/token", Answer.of(200, "text/plain", "token"));
    for (String path : List.of("security-credentials", "security-credentials-extended")) {
      aws.on("/latest/meta-data/iam/" + path + "/", Answer.of(200, "text/plain", "fleet"))
          .on("/latest/meta-data/iam/" + path + "/fleet", vended(key));
    }
  }

  /** As a container's and an instance's service of metadata vend keys. */
  private static Answer vended(String key) {
    return Answer.json(
        200,
        "{'Code': 'Success', 'Type': 'AWS-HMAC', 'AccessKeyId': '%s', 'SecretAccessKey': 'secret', 'Token': 'token', 'Expiration': '%s', 'LastUpdated': '%s', 'AccountId': '222222222222'}"
            .formatted(key, NEVER, LONG_AGO));
  }

  private static Answer ssoKeys() {
    return Answer.json(
        200,
        "{'roleCredentials': {'accessKeyId': '%s', 'secretAccessKey': 'secret', 'sessionToken': 'token', 'expiration': 4070908800000}}"
            .formatted(KEY));
  }

  private static Answer portal(int status, String code, String message) {
    return exchange -> {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", code);
      Answer.json(status, "{'message': '%s'}".formatted(message)).to(exchange);
    };
  }

  private void ssoToken(String name, String expires, String more) throws Exception {
    write(
        ".aws/sso/cache/%s.json".formatted(name),
        """
        {"startUrl": "%s", "region": "us-east-1", "accessToken": "access", "expiresAt": "%s"%s}"""
            .formatted(START_URL, expires, more));
  }

  private void loginToken(String key, String expires) throws Exception {
    write(
        ".aws/login/cache/%s.json".formatted(hash("SHA-256", LOGIN)),
        """
        {"accessToken": {"accessKeyId": "%s", "secretAccessKey": "secret", "sessionToken": "token",
         "accountId": "222222222222", "expiresAt": "%s"}, "tokenType": "aws_sigv4",
         "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "refresh",
         "idToken": "identity", "dpopKey": "%s"}"""
            .formatted(key, expires, elliptic().replace("\n", "\\n")));
  }

  /** A key on P-256 as OpenSSL writes it (RFC 5915), since Java's own form is another. */
  private static String elliptic() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    var point = ((ECPublicKey) pair.getPublic()).getW();
    String der =
        "30770201010420"
            + hex(((ECPrivateKey) pair.getPrivate()).getS())
            + "a00a06082a8648ce3d030107a14403420004"
            + hex(point.getAffineX())
            + hex(point.getAffineY());
    return "-----BEGIN EC PRIVATE KEY-----\n%s\n-----END EC PRIVATE KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(der)));
  }

  private static String hex(BigInteger number) {
    return "%064x".formatted(number);
  }

  private static String sha1(String text) throws GeneralSecurityException {
    return hash("SHA-1", text);
  }

  private static String hash(String algorithm, String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Path write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private void assertSigned() throws Exception {
    assertEquals(3, run(), err);
    assertTrue(out.contains("NO CONTROLLER ever ran here"), out);
    assertEquals(KEY, keyThatAsked("us-east-2/dynamodb"));
  }

  private void assertFails(String how) throws Exception {
    assertEquals(2, run(), out);
    assertTrue(err.startsWith("dr: " + how), err);
    assertEquals(1, err.lines().count(), err);
    assertTrue(
        aws.asked().stream().noneMatch(it -> it.where().endsWith("/dynamodb")), "asked nothing");
  }

  private String keyThatAsked(String where) {
    return aws.asked().stream()
        .filter(it -> it.where().equals(where))
        .findFirst()
        .map(StandInAws.Asked::accessKey)
        .orElse("nobody; asked was " + aws.asked());
  }

  /** What {@code ./dr status staging} runs, with nothing of this machine's environment. */
  private int run() throws Exception {
    return run("payments.dr.operations.cli.Dr", "status", "staging");
  }

  private int run(String... command) throws Exception {
    Path target = ProjectCopy.PROJECT.resolve("operations/cli/target");
    String jar = target.resolve("operations-cli-2.0.0.jar").toString();
    Path outFile = home.resolve("out");
    Path errFile = home.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            jar
                                + ":"
                                + Files.readString(target.resolve("classpath"))
                                + ":"
                                + ProjectCopy.PROJECT.resolve(
                                    "operations/common/target/test-classes"),
                            "-Dpayments.dr.root=" + ProjectCopy.PROJECT),
                        Stream.of(command))
                    .toList())
            .redirectOutput(outFile.toFile())
            .redirectError(errFile.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    assertTrue(process.waitFor(90, TimeUnit.SECONDS), "ends");
    out = Files.readString(outFile);
    err = Files.readString(errFile);
    return process.exitValue();
  }
}
