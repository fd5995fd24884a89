package payments.dr.operations.encoding;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads and writes JSON for every command. */
public final class Json {

  /** Has Jackson's defaults: compact, and unknown properties are errors. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}
}
