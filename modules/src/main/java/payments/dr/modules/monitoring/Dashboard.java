package payments.dr.modules.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.hashicorp.cdktf.providers.aws.cloudwatch_dashboard.CloudwatchDashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * One page on one Region: is the database following, are customers served.
 *
 * <p>It shows its own Region's metrics only, so that it still works when the other one is gone.
 */
public final class Dashboard extends Component {

  /** In key order: the body is compared as text, and Map.of has another order in every run. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final int COLUMNS = 3;
  private static final int WIDTH = 8;
  private static final int HEIGHT = 6;

  private final Region region;
  private final DashboardProps props;
  private final List<Object> widgets = new ArrayList<>();

  public Dashboard(Region region, String id, DashboardProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    LoadBalancerDimensions loadBalancer = props.loadBalancer();
    databaseWidget(
        "Database replication lag (ms)", database -> database.replicationLag(region.role()));
    widget(
        "Hosts",
        List.of(
            loadBalancer.healthyHosts().onDashboard("healthy"),
            loadBalancer.unhealthyHosts().onDashboard("unhealthy")));
    widget("Response time, p99 (s)", List.of(loadBalancer.responseTime().onDashboard("p99")));
    widget(
        "Requests and 5xx answers",
        List.of(
            loadBalancer.requests().onDashboard("requests"),
            loadBalancer.targetErrors().onDashboard("5xx of the fleet"),
            loadBalancer.ownErrors().onDashboard("5xx of the load balancer")));
    databaseWidget("Database writer CPU (%)", database -> database.writerCpu(region.role()));
    databaseWidget("Database connections", database -> database.connections(region.role()));
    databaseWidget(
        "Session replication latency (ms)",
        database -> database.sessionReplicationLatency(props.peerRegion()));
    controllerWidgets(props.controller());
    CloudwatchDashboard.Builder.create(this, "page")
        .provider(region.provider())
        .dashboardName(props.names().regional(region.role(), "dashboard"))
        .dashboardBody(body())
        .build();
  }

  private void controllerWidgets(MonitoredController controller) {
    widget(
        "Failover controller",
        List.of(
            controller.invocations().onDashboard("invocations"),
            controller.ticks().onDashboard("looks"),
            controller.errors().onDashboard("errors"),
            controller.failures().onDashboard("failed starts")));
    widget(
        "Replication lag that the controller measured (ms)",
        List.of(controller.measuredLag().onDashboard("lag")));
    widget(
        "Age of the newest heartbeat (s)", List.of(controller.heartbeatAge().onDashboard("age")));
    widget(
        "Measured by the last failover (s)",
        List.of(
            controller.measuredRecoveryTime().onDashboard("until served again"),
            controller.measuredLoss().onDashboard("lost")));
  }

  private void databaseWidget(String title, Function<MonitoredDatabase, Metric> metric) {
    widget(
        title,
        props.databases().stream()
            .map(database -> metric.apply(database).onDashboard(database.generation()))
            .toList());
  }

  private void widget(String title, List<List<Object>> metrics) {
    int index = widgets.size();
    Map<String, Object> properties =
        Map.of(
            "title",
            title,
            "region",
            region.name(),
            "view",
            "timeSeries",
            "period",
            60,
            "metrics",
            metrics);
    widgets.add(
        Map.of(
            "type",
            "metric",
            "x",
            index % COLUMNS * WIDTH,
            "y",
            index / COLUMNS * HEIGHT,
            "width",
            WIDTH,
            "height",
            HEIGHT,
            "properties",
            properties));
  }

  private String body() {
    try {
      return JSON.writeValueAsString(Map.of("widgets", widgets));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dashboard of texts and numbers is always JSON", e);
    }
  }
}
