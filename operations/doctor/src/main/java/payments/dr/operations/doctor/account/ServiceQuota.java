package payments.dr.operations.doctor.account;

import static payments.dr.operations.encoding.Json.JSON;

import java.util.OptionalInt;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A limit that only Service Quotas tells.
 *
 * @param service and code, as Service Quotas names the limit: {@code vpc L-F678F1CE}
 */
record ServiceQuota(String service, String code) {

  static final Permission PERMISSION = Permission.of("servicequotas:GetServiceQuota");

  /** Empty: AWS does not say. */
  OptionalInt limit(Clients aws, String region) {
    String body =
        JSON.createObjectNode().put("ServiceCode", service).put("QuotaCode", code).toString();
    try {
      return OptionalInt.of(
          aws.ask(
                  region,
                  JsonRequest.post(
                      "servicequotas", "ServiceQuotasV20190624", "GetServiceQuota", body))
              .path("Quota")
              .path("Value")
              .intValue());
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().equals("NoSuchResourceException")) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }
}
