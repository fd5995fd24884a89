package payments.dr.lambda.port;

import java.util.Map;

/**
 * Where rows of the audit trail lie a second time, out of reach of those who may write the ledger.
 */
public interface AuditArchive {

  /**
   * Keeps one row; what is kept already stays as it is, so that a repeated call changes nothing.
   *
   * @param incident that the row belongs to; of orders {@code control}
   * @param version of the entry that the row keeps
   * @param values all of the row
   * @throws PortException when it was not taken in time
   */
  void keep(String incident, long version, Map<String, String> values);
}
