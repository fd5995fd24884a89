/** {@code ./dr compliance}: which controls of PCI DSS, AWS FSBP and CIS an environment covers. */
package payments.dr.operations.reports.compliance;
