package payments.dr.modules.failover.controller;

/**
 * The jar that the functions of both Regions run.
 *
 * @param path relative to the stack's folder
 * @param sha256 of its bytes, in Base64, as Lambda tells it
 */
public record FunctionCode(String path, String sha256) {}
