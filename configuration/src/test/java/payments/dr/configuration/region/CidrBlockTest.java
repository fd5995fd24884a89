package payments.dr.configuration.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/16", "172.31.255.0/24", "255.255.255.255/32"})
  void what_is_read_is_written_the_same(String notation) {
    assertEquals(notation, CidrBlock.valueOf(notation).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.0 | must be a CIDR block such as \"10.0.0.0/16\", got \"10.0.0.0\"",
        "10.0.0/16 | must be a CIDR block such as \"10.0.0.0/16\", got \"10.0.0/16\"",
        "fd00::/8 | must be a CIDR block such as \"10.0.0.0/16\", got \"fd00::/8\"",
        "10.0.0.256/32 | must have numbers from 0 to 255, got \"10.0.0.256/32\"",
        "10.0.0.0/33 | prefix length must be 0 to 32, got 33",
        "10.0.1.0/16 | must start at the first address of its range, such as 10.0.0.0/16, got"
            + " 10.0.1.0/16"
      })
  void bad_notation_is_refused(String notation, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CidrBlock.valueOf(notation));

    assertEquals(message, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/16, 10.1.0.0/16, false",
    "10.0.0.0/16, 10.0.0.0/16, true",
    "10.0.0.0/16, 10.0.255.0/24, true",
    "10.0.255.0/24, 10.0.0.0/16, true",
    "10.0.0.0/17, 10.0.128.0/17, false",
    "0.0.0.0/0, 192.168.0.0/16, true",
    "127.255.255.255/32, 128.0.0.0/1, false"
  })
  void blocks_overlap_when_one_holds_the_other(String one, String other, boolean overlap) {
    assertEquals(overlap, CidrBlock.valueOf(one).overlaps(CidrBlock.valueOf(other)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/16, 2, 0, 10.0.0.0/18",
    "10.0.0.0/16, 2, 3, 10.0.192.0/18",
    "10.0.0.0/22, 4, 15, 10.0.3.192/26",
    "0.0.0.0/0, 1, 1, 128.0.0.0/1"
  })
  void parts_are_equal_and_numbered(String block, int newBits, int index, String part) {
    assertEquals(part, CidrBlock.valueOf(block).subnet(newBits, index).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void part_outside_the_block_is_refused(int index) {
    CidrBlock block = CidrBlock.valueOf("10.0.0.0/16");

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> block.subnet(2, index));

    assertEquals("subnet index must be 0 to 3, got " + index, refused.getMessage());
  }

  @Test
  void part_smaller_than_an_address_is_refused() {
    CidrBlock block = CidrBlock.valueOf("10.0.0.0/31");

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> block.subnet(2, 0));

    assertEquals("prefix length must be 0 to 32, got 33", refused.getMessage());
  }
}
