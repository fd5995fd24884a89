package payments.dr.examples.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Where the payments are, as the parameter {@code /payments/<environment>/database} of each Region
 * says. It says more, which this service does not need.
 *
 * @param generation such as {@code v2}
 * @param writer host name of this Region's cluster, which takes writes once it is promoted
 * @param database name of the database there
 * @param user the role to sign in as
 * @param sessionTable of this Region
 * @param ledgerTable of this Region, whose entry {@code WRITES} may forbid to write
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record DatabaseLocation(
    @JsonProperty(required = true) String generation,
    @JsonProperty(required = true) String writer,
    @JsonProperty(required = true) int port,
    @JsonProperty(required = true) String database,
    @JsonProperty(required = true) String user,
    @JsonProperty(required = true) String sessionTable,
    @JsonProperty(required = true) String ledgerTable) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @throws IllegalArgumentException when the text is no pointer
   */
  static DatabaseLocation parse(String text) {
    try {
      return JSON.readValue(text, DatabaseLocation.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the pointer must be JSON with generation, writer, port, database, user, sessionTable and"
              + " ledgerTable, got "
              + text,
          e);
    }
  }
}
