package payments.dr.operations.cli.adapters;

import java.nio.file.Path;
import java.time.Duration;
import payments.dr.lambda.aws.AwsClients;
import payments.dr.lambda.aws.Bounds;
import payments.dr.lambda.aws.LatchObject;
import payments.dr.operations.aws.LocalAws;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A local AWS with the adapters' way into it. */
record TwoRegions(LocalAws local, AwsClients aws) implements AutoCloseable {

  static final String PRIMARY = "us-east-1";
  static final String DR = "us-east-2";

  /** Patient: the machine of a test may be busy. */
  private static final Bounds PATIENT =
      new Bounds(Duration.ofSeconds(20), 2, Duration.ofSeconds(40));

  private static final Duration LIMIT = Duration.ofMinutes(1);

  static TwoRegions start(Path home) {
    LocalAws local = LocalAws.start(home);
    return new TwoRegions(
        local,
        new AwsClients(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
            local.access().endpoint()));
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region) {
    return aws.client(builder, region, PATIENT);
  }

  /** A global cluster whose writer is in the primary Region, one instance in each. */
  void globalCluster(String name) {
    client(RdsClient.builder(), PRIMARY)
        .createGlobalCluster(
            request -> request.globalClusterIdentifier(name).engine("aurora-postgresql"));
    member(name, PRIMARY);
    member(name, DR);
  }

  /** A bucket in a Region, and the latch object's place in it. */
  LatchObject latch(String region, String bucket) {
    S3Client s3 = bucket(region, bucket, false);
    return new LatchObject(s3, s3, bucket);
  }

  /** A bucket that locks what it gets for 400 days, unless somebody may bypass it. */
  S3Client lockedBucket(String region, String bucket) {
    S3Client s3 = bucket(region, bucket, true);
    s3.putObjectLockConfiguration(
        request ->
            request
                .bucket(bucket)
                .objectLockConfiguration(
                    lock ->
                        lock.objectLockEnabled("Enabled")
                            .rule(
                                rule ->
                                    rule.defaultRetention(
                                        time -> time.mode("GOVERNANCE").days(400)))));
    return s3;
  }

  private S3Client bucket(String region, String bucket, boolean locked) {
    S3Client s3 = client(S3Client.builder(), region);
    s3.createBucket(
        request -> {
          request.bucket(bucket).objectLockEnabledForBucket(locked);
          if (!region.equals(PRIMARY)) {
            request.createBucketConfiguration(where -> where.locationConstraint(region));
          }
        });
    return s3;
  }

  /** What the AWS CLI says, for services that nothing else here has a client of. */
  String cli(String region, String arguments) {
    return local
        .shell()
        .sh(
            LIMIT,
            "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws --region %s --endpoint-url %s %s"
                .formatted(region, local.endpoint(), arguments))
        .expect(0)
        .out()
        .strip();
  }

  /** A Region gives no answer any more, until it is repaired. */
  void lose(String region) {
    local.shell().sh(LIMIT, "emulator/local-aws fault " + region + " region-lost").expect(0);
  }

  void repair(String region) {
    local.shell().sh(LIMIT, "emulator/local-aws repair " + region + " region-lost").expect(0);
  }

  private void member(String global, String region) {
    RdsClient rds = client(RdsClient.builder(), region);
    String cluster = global + "-" + region;
    rds.createDBCluster(
        request -> {
          request
              .dbClusterIdentifier(cluster)
              .engine("aurora-postgresql")
              .globalClusterIdentifier(global);
          if (region.equals(PRIMARY)) {
            request.masterUsername("dbadmin").masterUserPassword("of-the-tests");
          }
        });
    rds.createDBInstance(
        request ->
            request
                .dbInstanceIdentifier(cluster + "-1")
                .dbClusterIdentifier(cluster)
                .dbInstanceClass("db.r6g.large")
                .engine("aurora-postgresql"));
  }

  @Override
  public void close() {
    local.close();
  }
}
