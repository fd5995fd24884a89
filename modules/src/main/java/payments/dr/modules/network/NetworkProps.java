package payments.dr.modules.network;

import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.naming.ResourceNames;

/** What a VPC needs; its Region brings address range and zones. */
public record NetworkProps(ResourceNames names, NetworkSettings settings, EncryptionKeys keys) {}
