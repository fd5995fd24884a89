package payments.dr.lambda.aws;

/**
 * Where a database is.
 *
 * @param host the name in the server's certificate
 */
public record DatabaseAddress(String host, int port, String database) {}
