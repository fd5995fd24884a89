package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;

import java.util.List;

/**
 * What Terraform cannot show: somebody has to do it.
 *
 * @param who answers for it
 */
public record NotAssessable(String who, String what, References references) {

  public static final List<NotAssessable> ALL =
      List.of(
          new NotAssessable(
              "AWS",
              "buildings, hardware, disposal of media",
              pci("9.2.1(k)", "9.3.1(k)", "9.4.1(k)")),
          new NotAssessable("AWS", "time of the services' clocks", pci("10.6.1(k)")),
          new NotAssessable(
              "application",
              "what card data it stores, for how long, and how it masks them",
              pci("3.3.1(k)", "3.4.1(k)")),
          new NotAssessable(
              "application",
              "secure development, reviews, known vulnerabilities of its parts",
              pci("6.2.1(k)", "6.3.1(k)", "6.3.2(k)")),
          new NotAssessable(
              "application", "scripts of payment pages", pci("6.4.3(k)", "11.6.1(k)")),
          new NotAssessable(
              "application",
              "hardening of the image, malware protection, patches, Systems Manager's agent",
              pci("2.2.1(k)", "5.2.1(k)").fsbp("SSM.1", "SSM.2", "SSM.3")),
          new NotAssessable(
              "account's owner",
              "root user, people's accounts, passwords, second factor, reviews of access",
              pci("8.4.2(k)", "7.2.4(k)")
                  .fsbp("IAM.2", "IAM.3", "IAM.4", "IAM.5", "IAM.6", "IAM.7", "IAM.8")
                  .cis("1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11", "1.12")
                  .cis("1.13", "1.14", "1.15", "1.20", "1.21")),
          new NotAssessable(
              "account's owner",
              "contacts of the account, a role for AWS Support",
              NONE.cis("1.1", "1.2", "1.16")),
          new NotAssessable(
              "security team", "reading logs and findings, every day", pci("10.4.1.1(k)")),
          new NotAssessable(
              "security team",
              "scans and penetration tests",
              pci("11.3.1(k)", "11.3.2(k)", "11.4.1(k)")),
          new NotAssessable(
              "organization",
              "policies, training, incident response, suppliers",
              pci("12.1.1(k)", "12.6.1(k)", "12.8.1(k)", "12.10.2(k)")));
}
