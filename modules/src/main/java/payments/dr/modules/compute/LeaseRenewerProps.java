package payments.dr.modules.compute;

import java.util.List;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.storage.AccessLogs;

/**
 * What the renewer of one Region needs before its fleet is made.
 *
 * @param registers the Region's own ledger, the other Region's, the witness
 */
public record LeaseRenewerProps(
    ResourceNames names,
    RenewerCode code,
    List<LeaseRegister> registers,
    EncryptionKeys keys,
    AccessLogs accessLogs,
    boolean protectData) {

  public LeaseRenewerProps {
    if (registers.size() != 3) {
      throw new IllegalArgumentException(
          "registers of a lease must be three, got " + registers.size());
    }
    registers = List.copyOf(registers);
  }
}
