"""Aurora Global Database: one writer, secondaries that name it, managed switchover and failover."""
from __future__ import annotations

import copy
import sys
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBCluster, GlobalCluster, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from local_aws import databases, settings
from local_aws.services.patching import add, backend_of, replace, replace_property
from local_aws.services.rds_settings import SUPPORT, remember_cluster
from local_aws.world.clock import CLOCK
from local_aws.world.past import PAST

FAILOVER_SECONDS = settings.failover_seconds()
# moto keeps every global cluster in this Region's backend, whichever Region asks
GLOBAL_HOME = "us-east-1"


def _all_globals(account: str) -> list[GlobalCluster]:
    return list(rds_backends[account][GLOBAL_HOME].global_clusters.values())


def global_cluster(account: str, identifier: str) -> GlobalCluster:
    wanted = identifier.split(":")[-1].lower()
    for found in _all_globals(account):
        if found.global_cluster_identifier == wanted:
            return found
    raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found")


def global_of(cluster: DBCluster) -> GlobalCluster | None:
    return next((g for g in _all_globals(cluster.backend.account_id) if cluster in g.members), None)


def _member(group: GlobalCluster, identifier: str) -> DBCluster:
    for member in group.members:
        if identifier in (member.db_cluster_arn, member.db_cluster_identifier):
            return member
    # the provider takes this code for "already removed"
    raise RDSClientError("DBClusterNotFoundFault", f"DBCluster {identifier} not found in global cluster {group.resource_id}")


def writer_of(group: GlobalCluster) -> DBCluster | None:
    return next((m for m in group.members if m.is_writer), None)


def _assign_roles(group: GlobalCluster, writer: DBCluster) -> None:
    """A secondary names the writer as its source, the writer names none (inferred for the time after a role swap)."""
    user, database = (next((v for m in group.members if (v := getattr(m, attribute))), None)
                      for attribute in ("master_username", "database_name"))
    password = next((v for m in group.members if (v := m.__dict__.get("_master_user_password"))), None)
    for member in group.members:
        member.is_writer = member is writer
        member.replication_source_identifier = None if member is writer else writer.db_cluster_arn
        # storage is replicated, users and databases with it (inferred)
        member.master_username, member.database_name = user, database
        if password:
            member.master_user_password = password
        member.read_replica_identifiers = []
    writer.read_replica_identifiers = [m.db_cluster_arn for m in group.members if m is not writer]


def _detach(group: GlobalCluster, member: DBCluster) -> None:
    """A detached cluster becomes a standalone writer for ever.
    AmazonRDS/latest/APIReference/API_RemoveFromGlobalCluster.html"""
    group.members.remove(member)
    member.global_cluster_identifier = None
    member.replication_source_identifier = None
    member.read_replica_identifiers = []
    member.is_writer = False
    writer = writer_of(group)
    if writer:
        _assign_roles(group, writer)


# --- global clusters

@replace(RDSResponse)
def create_global_cluster(original: Any, self: Any) -> ActionResult:
    identifier = self.params["GlobalClusterIdentifier"]
    if any(g.global_cluster_identifier == identifier.lower() for g in _all_globals(self.current_account)):
        raise RDSClientError("GlobalClusterAlreadyExistsFault", f"Global cluster {identifier} already exists")
    source_arn = self.params.get("SourceDBClusterIdentifier")
    if not source_arn:
        answer = original(self)
        created = global_cluster(self.current_account, identifier)
    else:
        created, answer = _adopt(self, identifier, source_arn)
    created.database_name, created.tags = self.params.get("DatabaseName"), self.params.get("Tags") or []
    created.engine_lifecycle_support = self.params.get("EngineLifecycleSupport") or SUPPORT
    PAST.changing(_key(created), None)
    return answer


def _adopt(self: Any, identifier: str, source_arn: str) -> tuple[GlobalCluster, ActionResult]:
    """AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html; moto looks for the source in us-east-1 only."""
    for name in ("Engine", "EngineVersion", "DatabaseName", "StorageEncrypted"):
        if self.params.get(name) is not None:
            raise RDSClientError("InvalidParameterCombination", f"{name} cannot be specified with SourceDBClusterIdentifier")
    region = source_arn.split(":")[3] if source_arn.startswith("arn:") else self.region
    source = rds_backends[self.current_account][region].describe_db_clusters(source_arn)[0]
    if global_of(source):
        raise RDSClientError("InvalidDBClusterStateFault", f"{source_arn} already belongs to a global cluster")
    home = self.global_backend
    created = GlobalCluster(home, identifier, source.engine, source.engine_version, source.storage_encrypted,
                            self.params.get("DeletionProtection"))
    home.global_clusters[created.global_cluster_identifier] = created
    created.members.append(source)
    source.global_cluster_identifier = created.global_cluster_identifier
    _assign_roles(created, source)
    return created, ActionResult({"GlobalCluster": created})


@replace(RDSResponse)
def describe_global_clusters(original: Any, self: Any) -> ActionResult:
    wanted = self.params.get("GlobalClusterIdentifier")
    found = [global_cluster(self.current_account, wanted)] if wanted else _all_globals(self.current_account)
    for criterion in self.params.get("Filters") or []:
        if criterion["Name"] == "db-cluster-id":
            found = [g for g in found if any(
                value in (m.db_cluster_arn, m.db_cluster_identifier) for m in g.members for value in criterion["Values"])]
    shown = [each for group in found if (each := PAST.seen(_key(group), group)) is not None]
    if wanted and not shown:
        raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {wanted} not found")
    return ActionResult({"GlobalClusters": shown})


# --- what is read of a change a moment later (that global clusters are read late is seen, how late is inferred)

def _key(group: GlobalCluster) -> tuple[str, str]:
    return "global cluster", str(group.resource_id)


def _changing(group: GlobalCluster) -> None:
    """It is read as it is now for a while."""
    if PAST.takes_time:
        frozen = copy.copy(group)
        frozen.members = [copy.copy(member) for member in group.members]
        PAST.changing(_key(group), frozen)


@add(RDSResponse)
def modify_global_cluster(self: Any) -> ActionResult:
    group = global_cluster(self.current_account, self.params["GlobalClusterIdentifier"])
    if self.params.get("DeletionProtection") is not None:
        group.deletion_protection = self.params["DeletionProtection"]
    if self.params.get("EngineVersion"):
        group.engine_version = self.params["EngineVersion"]
        for member in group.members:
            member.engine_version = group.engine_version   # which its instances tell too
    renamed = self.params.get("NewGlobalClusterIdentifier")
    if renamed:
        clusters = self.global_backend.global_clusters
        clusters.pop(group.global_cluster_identifier)
        group.global_cluster_identifier = renamed
        clusters[group.global_cluster_identifier] = group
        for member in group.members:
            member.global_cluster_identifier = group.global_cluster_identifier
    return ActionResult({"GlobalCluster": group})


@replace(RDSResponse)
def delete_global_cluster(original: Any, self: Any) -> ActionResult:
    group = global_cluster(self.current_account, self.params["GlobalClusterIdentifier"])
    if group.deletion_protection:
        raise RDSClientError("InvalidParameterCombination",
                             "Cannot delete protected Global Cluster, please disable deletion protection and try again.")
    return original(self)


@replace(RDSResponse)
def remove_from_global_cluster(original: Any, self: Any) -> ActionResult:
    group = global_cluster(self.current_account, self.params["GlobalClusterIdentifier"])
    member = _member(group, self.params["DbClusterIdentifier"])
    _refuse_while_busy(group)
    if member.is_writer and len(group.members) > 1:
        # AmazonRDS/latest/AuroraUserGuide/aurora-global-database-deleting.html: the primary leaves last; wording inferred
        raise RDSClientError("InvalidGlobalClusterStateFault",
                             f"{member.db_cluster_arn} is the primary of a global cluster that still has secondary clusters")
    _changing(group)
    _detach(group, member)
    return ActionResult({"GlobalCluster": group})


@add(GlobalCluster)
def _failover_state(self: Any) -> dict[str, Any] | None:
    change = self.__dict__.get("change")
    if change is None:
        return None
    # AmazonRDS/latest/APIReference/API_FailoverState.html
    started = CLOCK.monotonic() - change["since"] > FAILOVER_SECONDS / 4
    return {"Status": change["verb"] if started else "pending", "FromDbClusterArn": change["from"],
            "ToDbClusterArn": change["to"], "IsDataLossAllowed": change["loss"]}


GlobalCluster.failover_state = property(lambda self: self._failover_state())  # type: ignore[attr-defined]


@replace_property(GlobalCluster, "global_cluster_members")
def _members_with_status(value: list[dict[str, Any]], self: Any) -> list[dict[str, Any]]:
    # AmazonRDS/latest/APIReference/API_GlobalClusterMember.html
    for shown, member in zip(value, self.members):
        shown["SynchronizationStatus"] = "pending-resync" if _resyncs(member) else "connected"
    return value


def _resyncs(member: DBCluster) -> bool:
    return CLOCK.monotonic() < getattr(member, "resync_until", 0) or databases.seeding(member)


# --- role swaps

def _refuse_while_busy(group: GlobalCluster) -> None:
    if group.__dict__.get("change"):
        raise RDSClientError("InvalidGlobalClusterStateFault",
                             f"Global cluster {group.global_cluster_identifier} is not in a state that allows this operation")


def _swap(self: Any, loss: bool) -> ActionResult:
    group = global_cluster(self.current_account, self.params["GlobalClusterIdentifier"])
    _refuse_while_busy(group)
    target = _member(group, self.params["TargetDbClusterIdentifier"])
    source = writer_of(group)
    if target is source:
        raise RDSClientError("InvalidDBClusterStateFault", f"{target.db_cluster_arn} is already the primary DB cluster")
    if not target.members:   # a headless secondary has nothing to promote (inferred)
        raise RDSClientError("InvalidDBClusterStateFault", f"{target.db_cluster_arn} has no DB instances")
    if _resyncs(target):     # it lacks the writer's data still (inferred)
        raise RDSClientError("InvalidDBClusterStateFault", f"{target.db_cluster_arn} is not synchronized with the primary DB cluster")
    _changing(group)
    verb = "failing-over" if loss else "switching-over"
    group.change = {"verb": verb, "loss": loss, "since": CLOCK.monotonic(), "to": target.db_cluster_arn,
                    "from": source.db_cluster_arn if source else None}
    group.status = verb
    answer = ActionResult({"GlobalCluster": group})

    def assign() -> None:
        if loss and source:
            _keep_lost_writes(source)
            # the old writer comes back as a secondary, on a volume that is filled anew
            source.resync_until = CLOCK.monotonic() + FAILOVER_SECONDS
        _assign_roles(group, target)

    def finish() -> None:
        _changing(group)
        try:
            if target in group.members:
                databases.swap(source, target, loss, assign)
        except databases.Failed as failure:   # the writer remains the writer (inferred)
            print(f"{verb} {group.global_cluster_identifier}: {failure}", file=sys.stderr, flush=True)
        finally:
            group.change, group.status = None, "available"

    CLOCK.call_later(FAILOVER_SECONDS, finish)
    return answer


def _keep_lost_writes(old_writer: DBCluster) -> None:
    """AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html: a snapshot of the old writer's
    storage remains after an unplanned failover."""
    stamp = CLOCK.now().strftime("%Y-%m-%d-%H-%M-%S")
    snapshot = old_writer.backend.create_auto_cluster_snapshot(
        old_writer.db_cluster_identifier, f"rds:unplanned-global-failover-{old_writer.db_cluster_identifier}-{stamp}")
    databases.snapshot(old_writer, snapshot, lost=True)


@add(RDSResponse)
def failover_global_cluster(self: Any) -> ActionResult:
    loss, switch = bool(self.params.get("AllowDataLoss")), bool(self.params.get("Switchover"))
    if loss and switch:   # AmazonRDS/latest/APIReference/API_FailoverGlobalCluster.html
        raise RDSClientError("InvalidParameterCombination", "AllowDataLoss and Switchover are mutually exclusive")
    return _swap(self, loss)


@add(RDSResponse)
def switchover_global_cluster(self: Any) -> ActionResult:
    return _swap(self, loss=False)


@replace(RDSResponse)
def promote_read_replica_db_cluster(original: Any, self: Any) -> ActionResult:
    cluster = self.backend.describe_db_clusters(self.params["DBClusterIdentifier"])[0]
    if not cluster.replication_source_identifier:
        raise RDSClientError("InvalidDBClusterStateFault", f"{cluster.db_cluster_arn} is not a read replica")
    group = global_of(cluster)
    if group is None:
        return original(self)
    _detach(group, cluster)   # inferred: the damage that a diff on replication_source_identifier does
    return ActionResult({"DBCluster": cluster})


# --- clusters

@replace(RDSResponse)
def describe_db_clusters(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    answer.result["DBClusters"] = [_as_seen(cluster) for cluster in answer.result["DBClusters"]]
    return answer


def _as_seen(cluster: DBCluster) -> DBCluster:
    """AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html: a new one is creating for a while."""
    status = PAST.seen(("cluster", cluster.db_cluster_arn), cluster.status)
    if status == cluster.status:
        return cluster
    shown = copy.copy(cluster)
    shown.status = status
    return shown


# AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html
INSTANCES = CLUSTERS = 40


@add(RDSResponse)
def describe_account_attributes(self: Any) -> ActionResult:
    used = {"DBInstances": (self.backend.databases, INSTANCES), "DBClusters": (self.backend.clusters, CLUSTERS)}
    return ActionResult({"AccountQuotas": [
        {"AccountQuotaName": name, "Used": len(there), "Max": most} for name, (there, most) in used.items()]})


@replace(RDSResponse)
def describe_orderable_db_instance_options(original: Any, self: Any) -> ActionResult:
    """Whatever version and class is asked for can be made here, in each zone of the Region; moto knows a few versions."""
    if not {"EngineVersion", "DBInstanceClass"} <= self.params.keys():
        return original(self)
    zones = backend_of("ec2", self.current_account, self.region).describe_availability_zones()
    return ActionResult({"OrderableDBInstanceOptions": [{
        "Engine": self.params["Engine"], "EngineVersion": self.params["EngineVersion"], "DBInstanceClass": self.params["DBInstanceClass"],
        "AvailabilityZones": [{"Name": zone.name} for zone in zones], "SupportsGlobalDatabases": True, "Vpc": True}]})


@replace(RDSResponse)
def create_db_cluster(original: Any, self: Any) -> ActionResult:
    identifier = self.params["DBClusterIdentifier"]
    if identifier.lower() in self.backend.clusters:
        raise RDSClientError("DBClusterAlreadyExistsFault", f"DB Cluster already exists: {identifier}")
    group_id = self.params.get("GlobalClusterIdentifier")
    group = global_cluster(self.current_account, group_id) if group_id else None
    if group:
        _refuse_for_member(self.params, group)
        _refuse_unsigned(self, group)
    answer = original(self)
    cluster = self.backend.clusters[identifier]
    cluster.engine_lifecycle_support = SUPPORT
    remember_cluster(self.params, cluster)
    PAST.changing(("cluster", cluster.db_cluster_arn), "creating")
    if group:
        if cluster not in group.members:   # moto matches the identifier with its case
            group.members.append(cluster)
        _assign_roles(group, writer_of(group) or cluster)
    return answer


def _refuse_for_member(params: Any, group: GlobalCluster) -> None:
    """What the API refuses for a cluster of a global database; wording from reports of users."""
    if params.get("ManageMasterUserPassword"):
        raise RDSClientError("InvalidParameterCombination",
                             "ManageMasterUserPassword is not supported for a cluster of an Aurora global database")
    _refuse_while_busy(group)
    if not group.members:
        return
    for name, words in (("MasterUsername", "user name"), ("MasterUserPassword", "password"), ("DatabaseName", "database name")):
        if params.get(name):
            raise RDSClientError("InvalidParameterCombination", f"Cannot specify {words} for cross region replication cluster")
    if group.storage_encrypted and not params.get("KmsKeyId"):
        raise RDSClientError("InvalidParameterCombination",
                             "KmsKeyId should be explicitly specified for an encrypted cross region replication cluster")


def _refuse_unsigned(self: Any, group: GlobalCluster) -> None:
    """AmazonRDS/latest/APIReference/API_CreateDBCluster.html: what is encrypted is copied across Regions with a request signed
    there; wording from a report of a user. SDKs make the URL of a SourceRegion, which they do not send."""
    writer = writer_of(group)
    if writer is None or writer.region == self.region or self.params.get("PreSignedUrl") or self.params.get("SourceRegion"):
        return
    if group.storage_encrypted or writer.storage_encrypted:
        raise RDSClientError("InvalidParameterCombination",
                             f"Source cluster {writer.db_cluster_arn} is encrypted; pre-signed URL has to be specified")


@replace(RDSResponse)
def delete_db_cluster(original: Any, self: Any) -> ActionResult:
    """AmazonRDS/latest/APIReference/API_DeleteDBCluster.html: one of the two must be said; wording from reports of users."""
    skip, name = bool(self.params.get("SkipFinalSnapshot")), self.params.get("FinalDBSnapshotIdentifier")
    if skip == bool(name):
        raise RDSClientError("InvalidParameterCombination", "FinalDBSnapshotIdentifier cannot be specified when deleting a cluster with "
                             "SkipFinalSnapshot" if skip else "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.")
    return original(self)


@replace(RDSBackend)  # type: ignore[no-redef]
def delete_db_cluster(original: Any, self: Any, cluster_identifier: str, snapshot_name: str | None = None) -> DBCluster:
    cluster = self.clusters.get(cluster_identifier)
    if cluster is not None and not cluster.deletion_protection and global_of(cluster):
        # the provider waits on this very wording
        raise RDSClientError("InvalidDBClusterStateFault",
                             "This cluster is a part of a global cluster, please remove it from globalcluster first")
    if snapshot_name:
        self.create_db_cluster_snapshot(cluster_identifier, snapshot_name)
    try:
        return original(self, cluster_identifier)
    except Exception:
        if snapshot_name:
            self.delete_db_cluster_snapshot(snapshot_name)
        raise
