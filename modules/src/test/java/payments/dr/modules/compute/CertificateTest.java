package payments.dr.modules.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.acm_certificate.AcmCertificate;
import com.hashicorp.cdktf.providers.aws.acm_certificate_validation.AcmCertificateValidation;
import com.hashicorp.cdktf.providers.aws.route53_record.Route53Record;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class CertificateTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    Certificate.pair(
        "certificate",
        new CertificateProps(TestStack.NAMES, "pay.example.com", "Z0PUBLIC", stack.regions()));
    synthesized = stack.synthesize();
  }

  @ParameterizedTest
  @EnumSource
  void each_region_has_its_own_certificate_of_the_public_name(RegionRole role) {
    JsonNode certificate = synthesized.only(AcmCertificate.TF_RESOURCE_TYPE, role.id());

    assertEquals("aws." + role.id(), certificate.path("provider").asText());
    assertEquals("pay.example.com", certificate.path("domain_name").asText());
    assertEquals("DNS", certificate.path("validation_method").asText());
  }

  @ParameterizedTest
  @EnumSource
  void replaced_certificate_stays_until_its_successor_serves(RegionRole role) {
    assertTrue(
        synthesized
            .only(AcmCertificate.TF_RESOURCE_TYPE, role.id())
            .at("/lifecycle/create_before_destroy")
            .asBoolean());
  }

  @Test
  void one_record_validates_both() {
    JsonNode record = synthesized.only(Route53Record.TF_RESOURCE_TYPE);

    assertEquals("Z0PUBLIC", record.path("zone_id").asText());
    assertTrue(record.path("allow_overwrite").asBoolean());
    assertEquals(
        synthesized
            .only(AcmCertificateValidation.TF_RESOURCE_TYPE, "primary")
            .path("validation_record_fqdns"),
        synthesized
            .only(AcmCertificateValidation.TF_RESOURCE_TYPE, "dr")
            .path("validation_record_fqdns"));
  }

  @Test
  void record_reads_the_set_of_validation_options_as_a_list() {
    String name = synthesized.only(Route53Record.TF_RESOURCE_TYPE).path("name").asText();

    assertTrue(name.startsWith("${tolist(aws_acm_certificate.dr_certificate_"), name);
  }
}
