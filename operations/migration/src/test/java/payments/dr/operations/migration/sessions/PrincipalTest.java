package payments.dr.operations.migration.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrincipalTest {

  @Test
  void session_is_its_role_whatever_the_path() {
    assertEquals(
        List.of("arn:aws:iam::123456789012:role/admin", "arn:aws:iam::123456789012:role/*/admin"),
        new Principal("arn:aws:sts::123456789012:assumed-role/admin/alice").patterns().toList());
  }

  @Test
  void user_is_itself() {
    assertEquals(
        List.of("arn:aws:iam::123456789012:user/alice"),
        new Principal("arn:aws:iam::123456789012:user/alice").patterns().toList());
  }
}
