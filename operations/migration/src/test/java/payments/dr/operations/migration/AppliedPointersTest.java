package payments.dr.operations.migration;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AppliedPointersTest {

  @Test
  void both_lead_to_the_generation_that_their_values_name() throws IOException {
    assertTrue(pointers("v2", "v2").leadTo("v2"));
    assertFalse(pointers("v2", "v2").leadTo("v1"));
  }

  @Test
  void apply_that_failed_has_moved_one_or_none_whatever_the_output_says() throws IOException {
    assertFalse(pointers("v1", "v1").leadTo("v2"));
    assertFalse(pointers("v2", "v1").leadTo("v2"));
    assertTrue(pointers("v1", "v1").leadTo("v1"));
  }

  @Test
  void state_without_both_leads_nowhere() throws IOException {
    assertFalse(AppliedPointers.of(new ObjectMapper().readTree("{}")).leadTo("v2"));
  }

  private static AppliedPointers pointers(String primary, String dr) throws IOException {
    return AppliedPointers.of(
        new ObjectMapper()
            .readTree(
                """
                {"outputs": {"activeDatabase": {"value": "v2"}}, "resources": [
                  {"type": "aws_ssm_parameter", "name": "primary_pointer_parameter_1A2B3C4D",
                   "instances": [{"attributes": {"insecure_value": "{\\"generation\\":\\"%s\\"}"}}]},
                  {"type": "aws_ssm_parameter", "name": "dr_pointer_parameter_1A2B3C4D",
                   "instances": [{"attributes": {"insecure_value": "{\\"generation\\":\\"%s\\"}"}}]},
                  {"type": "aws_ssm_parameter", "name": "primary_other",
                   "instances": [{"attributes": {"insecure_value": "x"}}]}]}"""
                    .formatted(primary, dr)));
  }
}
