package payments.dr.modules.compute;

/**
 * The jar that renews the lease.
 *
 * @param path relative to the stack's folder
 * @param sha256 of its bytes, in lower-case hexadecimal digits
 */
public record RenewerCode(String path, String sha256) {}
