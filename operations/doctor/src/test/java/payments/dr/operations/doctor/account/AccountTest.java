package payments.dr.operations.doctor.account;

import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.FAILS;

import org.junit.jupiter.api.Test;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whose account it is, and what must be there before anything can be deployed. */
class AccountTest {

  private static final String HERE = "us-east-1";

  private final FakeAws aws = new FakeAws();

  @Test
  void credentials_of_another_account_are_refused() {
    Credentials check = new Credentials(HERE, "222222222222", "main/accounts/prod.yaml");

    assertOk(aws.on(GetCallerIdentityRequest.class, caller("222222222222")).ask(check), "alice");
    assertNotOk(
        FAILS,
        aws.on(GetCallerIdentityRequest.class, caller("333333333333")).ask(check),
        "must be 222222222222, got 333333333333",
        "main/accounts/prod.yaml");
  }

  @Test
  void region_that_is_off_is_found() {
    RegionEnabled check = new RegionEnabled("ap-south-2", HERE);

    assertOk(aws.on(DescribeRegionsRequest.class, optIn("opted-in")).ask(check), "opted-in");
    assertNotOk(
        FAILS,
        aws.on(DescribeRegionsRequest.class, optIn("not-opted-in")).ask(check),
        "ap-south-2 must be switched on",
        "enable-region");
    assertNotOk(
        FAILS,
        aws.on(DescribeRegionsRequest.class, DescribeRegionsResponse.builder().build()).ask(check),
        "got ap-south-2",
        "regions");
  }

  @Test
  void missing_state_bucket_is_found() {
    StateBucket check = new StateBucket("us-east-2", "acme-state-prod", "payments-dr-prod", "prod");

    assertOk(
        aws.on(HeadBucketRequest.class, HeadBucketResponse.builder().build()).ask(check),
        "acme-state-prod");
    assertNotOk(
        FAILS,
        aws.on(HeadBucketRequest.class, NoSuchBucketException.builder().build()).ask(check),
        "got none",
        "make bootstrap ENV=prod");
    assertNotOk(
        FAILS,
        aws.on(HeadBucketRequest.class, S3Exception.builder().statusCode(301).build()).ask(check),
        "another Region",
        "state.region");
  }

  private static GetCallerIdentityResponse caller(String account) {
    return GetCallerIdentityResponse.builder()
        .account(account)
        .arn("arn:aws:sts::" + account + ":assumed-role/operator/alice")
        .build();
  }

  private static DescribeRegionsResponse optIn(String status) {
    return DescribeRegionsResponse.builder()
        .regions(
            Region.builder().regionName(HERE).optInStatus("opt-in-not-required").build(),
            Region.builder().regionName("ap-south-2").optInStatus(status).build())
        .build();
  }
}
