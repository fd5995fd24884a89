package payments.dr.modules.compute;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.acm_certificate.AcmCertificate;
import com.hashicorp.cdktf.providers.aws.acm_certificate_validation.AcmCertificateValidation;
import com.hashicorp.cdktf.providers.aws.acm_certificate_validation.AcmCertificateValidationTimeouts;
import com.hashicorp.cdktf.providers.aws.route53_record.Route53Record;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/** The certificate of the public name in one Region, issued once its DNS record is seen. */
public final class Certificate extends Construct {

  private final Region region;
  private final AcmCertificate certificate;
  private String validatedArn;

  private Certificate(Region region, String id, CertificateProps props) {
    super(region, id);
    this.region = region;
    certificate =
        AcmCertificate.Builder.create(this, "certificate")
            .provider(region.provider())
            .domainName(props.domainName())
            .validationMethod("DNS")
            .tags(Map.of("Name", props.names().regional(region.role(), "certificate")))
            // AWS refuses to delete a certificate that a listener still shows.
            .lifecycle(TerraformResourceLifecycle.builder().createBeforeDestroy(true).build())
            .build();
  }

  /** Makes the certificates of both Regions. */
  public static RegionPair<Certificate> pair(String id, CertificateProps props) {
    RegionPair<Certificate> certificates =
        props.regions().map(region -> new Certificate(region, id, props));
    // One record for both: ACM asks for the same one in every Region of an account. Like the rest
    // of DNS it is reached through the DR Region.
    Route53Record record = certificates.dr().validationRecord(props.zoneId());
    return certificates.map(certificate -> certificate.validatedBy(record));
  }

  /** Known only after validation, so that no listener gets a certificate still pending. */
  public String arn() {
    return validatedArn;
  }

  private Route53Record validationRecord(String zoneId) {
    var wanted = certificate.getDomainValidationOptions().get(0);
    return Route53Record.Builder.create(this, "validation-record")
        .provider(region.provider())
        .zoneId(zoneId)
        .name(wanted.getResourceRecordName())
        .type(wanted.getResourceRecordType())
        .records(List.of(wanted.getResourceRecordValue()))
        .ttl(60)
        // An earlier certificate of the same name left the very same record.
        .allowOverwrite(true)
        .build();
  }

  private Certificate validatedBy(Route53Record record) {
    validatedArn =
        AcmCertificateValidation.Builder.create(this, "validation")
            .provider(region.provider())
            .certificateArn(certificate.getArn())
            .validationRecordFqdns(List.of(record.getFqdn()))
            // Minutes are usual; a zone that nobody delegated would hold the apply for 75.
            .timeouts(AcmCertificateValidationTimeouts.builder().create("20m").build())
            .build()
            .getCertificateArn();
    return this;
  }
}
