package payments.dr.compliance.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, true",
    "0.0.0.0/1, true",
    "8.0.0.0/8, true",
    "203.0.113.0/24, false",
    "10.0.0.0/8, false",
    "10.0.0.0/7, true",
    "172.16.0.0/12, false",
    "172.16.0.0/8, true",
    "192.168.0.0/16, false",
    "192.168.0.0/8, true",
    "::/0, true",
    "2000::/3, true",
    "2001:db8::/32, false",
    "fc00::/7, false",
    "fc00::/6, true",
    "0.0.0.0/, true",
    "10.0.0.1, false"
  })
  void large_parts_of_the_internet_are_told_from_networks(String block, boolean internet) {
    assertEquals(internet, AddressRange.isInternet(block), block);
  }
}
