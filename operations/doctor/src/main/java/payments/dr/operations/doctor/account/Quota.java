package payments.dr.operations.doctor.account;

import java.util.OptionalInt;
import payments.dr.operations.doctor.check.Result;

/**
 * Judges whether what an environment still needs fits into a limit of the account.
 *
 * @param what is limited, such as {@code elastic addresses}
 * @param needed how many are still to be made
 * @param used how many there are, those of others too
 * @param limit how many there may be; empty: AWS does not say
 * @param service and code, as Service Quotas names the limit: {@code ec2 L-0263D0A3}
 */
record Quota(String what, int needed, int used, OptionalInt limit, String service, String code) {

  Result result(String region) {
    if (limit.isEmpty()) {
      return Result.notAnswerable(
          "limit of %s must be told by AWS, got none".formatted(what),
          "aws service-quotas get-service-quota --service-code %s --quota-code %s --region %s"
              .formatted(service, code, region));
    }
    String state = "%d of %d %s in use, %d needed".formatted(used, limit.getAsInt(), what, needed);
    return needed == 0 || used + needed <= limit.getAsInt()
        ? Result.ok(state)
        : Result.fails(
            state,
            "aws service-quotas request-service-quota-increase --service-code %s --quota-code %s --desired-value %d --region %s"
                .formatted(service, code, used + needed, region));
  }
}
