package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.compliance.Control;
import payments.dr.compliance.ControlCoverage;
import payments.dr.compliance.Framework;
import payments.dr.compliance.PublishedControl;
import payments.dr.compliance.PublishedControls;
import payments.dr.compliance.References;
import payments.dr.compliance.Resource;
import payments.dr.compliance.Resources;
import payments.dr.compliance.Status;

/** Whatever AWS and CIS ask of the services in use has a status, and a reason if it is open. */
class PublishedControlsTest {

  private static final Set<AwsService> WITHOUT_CONTROLS =
      EnumSet.of(AwsService.CLOUD_WATCH, AwsService.SCHEDULER, AwsService.SECURITY_HUB);

  @Test
  void every_type_in_the_stacks_is_of_one_listed_service() {
    assertEquals(
        Set.of(),
        types().filter(type -> AwsService.of(type).count() != 1).collect(Collectors.toSet()));
    assertEquals(0, AwsService.of("aws_opensearch_domain").count());
    assertEquals(0, AwsService.of("aws_vpclattice_service").count());
    assertEquals(List.of(AwsService.ROUTE_53), AwsService.of("aws_route53_zone").toList());
  }

  @Test
  void every_service_in_use_has_its_controls_listed_and_no_other() {
    Set<AwsService> used = types().flatMap(AwsService::of).collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(AwsService.class), EnumSet.copyOf(used));
    assertEquals(
        EnumSet.complementOf(EnumSet.copyOf(WITHOUT_CONTROLS)),
        Arrays.stream(AwsService.values())
            .filter(service -> ids(Framework.FSBP).anyMatch(service::has))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(AwsService.class))));
    assertEquals(
        Set.of(),
        ids(Framework.FSBP)
            .filter(id -> used.stream().noneMatch(service -> service.has(id)))
            .collect(Collectors.toSet()));
  }

  @Test
  void no_control_is_listed_twice() {
    List<String> all =
        PublishedControls.ALL.stream().map(it -> it.framework() + " " + it.id()).toList();

    assertEquals(all.size(), Set.copyOf(all).size());
    assertTrue(PublishedControls.ALL.stream().noneMatch(it -> it.title().isBlank()));
  }

  /** An id that its publisher has withdrawn, renumbered or never had is none. */
  @Test
  void every_id_that_is_named_is_listed() {
    assertEquals(
        List.of(),
        References.all()
            .filter(control -> control.framework() != Framework.PCI)
            .filter(
                control ->
                    !control.verified() || ids(control.framework()).noneMatch(control.id()::equals))
            .map(Control::toString)
            .distinct()
            .toList());
  }

  @Test
  void every_control_has_a_status_and_a_reason_unless_rules_cover_it() {
    Set<Status> known =
        EnumSet.of(Status.COVERED, Status.PARTLY, Status.OPEN, Status.ACCEPTED, Status.NONE);
    Set<String> faults = new TreeSet<>();
    controls()
        .filter(control -> control.framework() != Framework.PCI)
        .filter(
            control ->
                !known.contains(control.status())
                    || (control.status() == Status.COVERED) != control.reasons().isEmpty())
        .map(
            control ->
                "%s is %s, reasons: %s"
                    .formatted(label(control), control.status(), control.reasons()))
        .forEach(faults::add);

    assertEquals(Set.of(), faults);
  }

  @Test
  void nothing_is_done_for_what_is_not_applicable() {
    assertEquals(
        Set.of(),
        controls()
            .filter(control -> !control.inapplicable().isEmpty())
            .filter(
                control ->
                    control.status() != Status.NONE
                        || control.inapplicable().size() != 1
                        || !control.rules().isEmpty())
            .map(PublishedControlsTest::label)
            .collect(Collectors.toSet()));
  }

  private static String label(ControlCoverage control) {
    return control.framework().title() + " " + control.id();
  }

  private static Stream<String> ids(Framework framework) {
    return PublishedControls.ALL.stream()
        .filter(control -> control.framework() == framework)
        .map(PublishedControl::id);
  }

  private static Stream<ControlCoverage> controls() {
    return EnvironmentCoverage.all(SynthesizedStacks.TODAY).stream()
        .flatMap(environment -> environment.coverage().controls().stream());
  }

  private static Stream<String> types() {
    return SynthesizedStacks.names()
        .flatMap(name -> Resources.of(SynthesizedStacks.get(name).json()).all().stream())
        .map(Resource::type)
        .filter(type -> type.startsWith("aws_"))
        .distinct();
  }
}
