package payments.dr.operations.drill;

import com.fasterxml.jackson.databind.JsonNode;
import payments.dr.configuration.region.RegionPair;
import payments.dr.operations.aws.LocalAwsApi;

/** Every fault, by the local AWS that the environment is on. */
record LocalFaults(LocalAwsApi aws, RegionPair<String> regions) implements Faults {

  @Override
  public void inject(InjectedFault fault) {
    aws.put(path(fault));
  }

  /** A local AWS refuses to repair what is not broken. */
  @Override
  public void repair(InjectedFault fault) {
    for (JsonNode broken : aws.get("status").path("faults").path(regions.get(fault.region()))) {
      if (broken.asText().equals(fault.kind())) {
        aws.delete(path(fault));
      }
    }
  }

  private String path(InjectedFault fault) {
    return "faults/" + regions.get(fault.region()) + "/" + fault.kind();
  }
}
