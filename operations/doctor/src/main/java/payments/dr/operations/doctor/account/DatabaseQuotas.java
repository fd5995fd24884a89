package payments.dr.operations.doctor.account;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import payments.dr.operations.doctor.check.Verdict;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AccountQuota;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/**
 * Whether the clusters of a Region and their instances fit into the account's limits.
 *
 * @param instances how many each cluster of the environment has, by its identifier
 */
public record DatabaseQuotas(String where, Map<String, Integer> instances) implements Check {

  @Override
  public String name() {
    return "database quotas";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("rds:DescribeAccountAttributes"), Permission.of("rds:DescribeDBClusters"));
  }

  @Override
  public Result ask(Clients aws) {
    RdsClient rds = aws.rds(where);
    Map<String, AccountQuota> quotas =
        rds.describeAccountAttributes().accountQuotas().stream()
            .collect(Collectors.toMap(AccountQuota::accountQuotaName, quota -> quota));
    Map<String, List<DBClusterMember>> there =
        rds.describeDBClustersPaginator().dbClusters().stream()
            .filter(cluster -> instances.containsKey(cluster.dbClusterIdentifier()))
            .collect(Collectors.toMap(DBCluster::dbClusterIdentifier, DBCluster::dbClusterMembers));
    Result clusters =
        quota("Aurora clusters", missing(there.keySet()), quotas.get("DBClusters"), "L-952B80B8");
    Result members =
        quota(
            "database instances",
            instances.keySet().stream()
                .mapToInt(it -> missing(it, there.getOrDefault(it, List.of())))
                .sum(),
            quotas.get("DBInstances"),
            "L-7B6409FD");
    return clusters.verdict() != Verdict.OK
        ? clusters
        : new Result(
            members.verdict(), clusters.found() + "; " + members.found(), members.remediation());
  }

  private int missing(Set<String> there) {
    return instances.size() - there.size();
  }

  private int missing(String cluster, List<DBClusterMember> members) {
    return Math.max(0, instances.get(cluster) - members.size());
  }

  private Result quota(String what, int needed, AccountQuota quota, String code) {
    int used = quota == null ? 0 : quota.used().intValue();
    OptionalInt limit =
        quota == null ? OptionalInt.empty() : OptionalInt.of(quota.max().intValue());
    return new Quota(what, needed, used, limit, "rds", code).result(where);
  }
}
