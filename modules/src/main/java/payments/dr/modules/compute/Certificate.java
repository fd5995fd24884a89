package payments.dr.modules.compute;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.acm_certificate.AcmCertificate;
import com.hashicorp.cdktf.providers.aws.acm_certificate_validation.AcmCertificateValidation;
import com.hashicorp.cdktf.providers.aws.acm_certificate_validation.AcmCertificateValidationTimeouts;
import com.hashicorp.cdktf.providers.aws.route53_record.Route53Record;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The certificate of the public name in one Region, issued once its DNS record is seen. */
public final class Certificate extends Component {

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
    Reference record = certificates.dr().validationRecord(props.zoneId());
    return certificates.map(certificate -> certificate.validatedBy(record));
  }

  /** Known only after validation, so that no listener gets a certificate still pending. */
  public String arn() {
    return validatedArn;
  }

  private Reference validationRecord(String zoneId) {
    var wanted = certificate.getDomainValidationOptions().get(0);
    Route53Record.Builder.create(this, "validation-record")
        .provider(region.provider())
        .zoneId(zoneId)
        .name(wanted.getResourceRecordName())
        .type(wanted.getResourceRecordType())
        .records(List.of(wanted.getResourceRecordValue()))
        .ttl(60)
        // An earlier certificate of the same name left the very same record.
        .allowOverwrite(true)
        .build();
    return Reference.to(this, Route53Record.TF_RESOURCE_TYPE, "validation-record");
  }

  private Certificate validatedBy(Reference record) {
    AcmCertificateValidation.Builder.create(this, "validation")
        .provider(region.provider())
        .certificateArn(Reference.to(this, AcmCertificate.TF_RESOURCE_TYPE, "certificate").arn())
        .validationRecordFqdns(List.of(record.attribute("fqdn")))
        // Minutes are usual; a zone that nobody delegated would hold the apply for 75.
        .timeouts(AcmCertificateValidationTimeouts.builder().create("20m").build())
        .build();
    validatedArn =
        Reference.to(this, AcmCertificateValidation.TF_RESOURCE_TYPE, "validation")
            .attribute("certificate_arn");
    return this;
  }
}
