from __future__ import annotations

import functools
import itertools
import threading
from typing import Any

import roles
from botocore.exceptions import ClientError
from instance import SHARED, EmulatorTest, client

NUMBER = itertools.count()
SOURCE, TARGET = "us-east-2", "us-east-1"


@functools.cache
def keys() -> dict[str, str]:
    """One of each Region."""
    return {region: client("kms", region).create_key()["KeyMetadata"]["Arn"] for region in (SOURCE, TARGET)}


@functools.cache
def replicator() -> str:
    return roles.make(client, "replicator", "s3.amazonaws.com", roles.allow("s3:*", "kms:*"))


def rule(target: str, **changes: Any) -> dict[str, Any]:
    return {"ID": "all", "Status": "Enabled", "Priority": 1, "Filter": {"Prefix": ""}, "DeleteMarkerReplication": {"Status": "Enabled"},
            "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
            "Destination": {"Bucket": f"arn:aws:s3:::{target}", "EncryptionConfiguration": {"ReplicaKmsKeyID": keys()[TARGET]}}, **changes}


class BucketTest(EmulatorTest):
    """Two versioned buckets, each encrypted by a key of its Region."""

    def setUp(self) -> None:
        number = next(NUMBER)
        self.s3 = {region: client("s3", region) for region in (SOURCE, TARGET)}
        self.names = {SOURCE: f"source-{number}", TARGET: f"target-{number}"}
        for region, name in self.names.items():
            place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            self.s3[region].create_bucket(Bucket=name, **place)
            self.s3[region].put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
            self.s3[region].put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [
                {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": keys()[region]}}]})

    def replicate(self, *rules: dict[str, Any], role: str = "") -> None:
        self.s3[SOURCE].put_bucket_replication(
            Bucket=self.names[SOURCE], ReplicationConfiguration={"Role": role or replicator(), "Rules": list(rules)})

    def put(self, key: str, body: str = "x", **options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.s3[SOURCE].put_object(Bucket=self.names[SOURCE], Key=key, Body=body.encode(), **options)
        return answer

    def head(self, region: str, key: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self.s3[region].head_object(Bucket=self.names[region], Key=key)
            return found
        except ClientError:
            return None

    def versions(self, region: str) -> list[tuple[str, bool]]:
        listed = self.s3[region].list_object_versions(Bucket=self.names[region])
        return [(v["VersionId"], v["IsLatest"]) for v in listed.get("Versions", [])]


class ObjectLockTest(EmulatorTest):
    def test_default_of_a_bucket_with_locked_objects_is_changed_taken_back_and_bypassed(self) -> None:
        s3, name = client("s3", TARGET), f"locked-{next(NUMBER)}"
        s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
        for days in (400, 500):
            s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration={
                "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": days}}})
            self.assertEqual(days, s3.get_object_lock_configuration(Bucket=name)
                             ["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Days"])
            s3.put_object(Bucket=name, Key=f"row-{days}", Body=b"x", IfNoneMatch="*")
        s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})

        self.assertNotIn("Rule", s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"])
        for version in s3.list_object_versions(Bucket=name)["Versions"]:
            place = {"Bucket": name, "Key": version["Key"], "VersionId": version["VersionId"]}
            with self.assertRaises(ClientError):
                s3.delete_object(**place)
            s3.delete_object(**place, BypassGovernanceRetention=True)
        s3.delete_bucket(Bucket=name)


class ReplicationTest(BucketTest):
    def setUp(self) -> None:
        super().setUp()
        self.target = self.names[TARGET]

    def test_copy_has_the_same_version_under_the_other_key(self) -> None:
        self.replicate(rule(self.target))
        version = self.put("a", "text", Metadata={"m": "1"}, Tagging="k=v")["VersionId"]
        source, copy = self.head(SOURCE, "a"), self.head(TARGET, "a")
        assert source and copy
        self.assertEqual((version, "COMPLETED", keys()[SOURCE]), (source["VersionId"], source["ReplicationStatus"], source["SSEKMSKeyId"]))
        self.assertEqual((version, "REPLICA", keys()[TARGET]), (copy["VersionId"], copy["ReplicationStatus"], copy["SSEKMSKeyId"]))
        self.assertEqual({"m": "1"}, copy["Metadata"])
        self.assertEqual([{"Key": "k", "Value": "v"}], self.s3[TARGET].get_object_tagging(Bucket=self.target, Key="a")["TagSet"])

    def test_overwritten_copied_and_assembled_objects_follow(self) -> None:
        self.replicate(rule(self.target))
        self.put("a", "one")
        self.put("a", "two")
        self.s3[SOURCE].copy_object(Bucket=self.names[SOURCE], Key="b", CopySource={"Bucket": self.names[SOURCE], "Key": "a"})
        upload = self.s3[SOURCE].create_multipart_upload(Bucket=self.names[SOURCE], Key="c")["UploadId"]
        part = self.s3[SOURCE].upload_part(Bucket=self.names[SOURCE], Key="c", UploadId=upload, PartNumber=1, Body=b"three")
        self.s3[SOURCE].complete_multipart_upload(Bucket=self.names[SOURCE], Key="c", UploadId=upload, MultipartUpload={
            "Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
        self.assertEqual(self.versions(SOURCE), self.versions(TARGET))
        for key, body in (("a", b"two"), ("b", b"two"), ("c", b"three")):
            self.assertEqual(body, self.s3[TARGET].get_object(Bucket=self.target, Key=key)["Body"].read())

    def test_delete_markers_follow_when_the_rule_says_so_deleted_versions_never(self) -> None:
        self.replicate(rule(self.target))
        version = self.put("a")["VersionId"]
        self.s3[SOURCE].delete_object(Bucket=self.names[SOURCE], Key="a")
        self.assertIsNone(self.head(TARGET, "a"))
        self.s3[SOURCE].delete_object(Bucket=self.names[SOURCE], Key="a", VersionId=version)
        self.assertEqual([(version, False)], self.versions(TARGET))
        self.replicate(rule(self.target, DeleteMarkerReplication={"Status": "Disabled"}))
        self.put("b")
        self.s3[SOURCE].delete_object(Bucket=self.names[SOURCE], Key="b")
        self.assertIsNotNone(self.head(TARGET, "b"))

    def test_nothing_is_copied_that_the_rule_leaves_out(self) -> None:
        self.put("old")
        self.replicate(rule(self.target, Filter={"Prefix": "in/"}, ID="in"))
        self.put("in/a")
        self.put("out/a")
        self.assertEqual([False, True, False], [self.head(TARGET, key) is not None for key in ("old", "in/a", "out/a")])
        self.replicate(rule(self.target, Status="Disabled"))
        self.put("in/b")
        self.assertIsNone(self.head(TARGET, "in/b"))

    def test_copies_are_not_copied_on(self) -> None:
        self.replicate(rule(self.target))
        self.s3[TARGET].put_bucket_replication(Bucket=self.target, ReplicationConfiguration={
            "Role": replicator(), "Rules": [rule(self.names[SOURCE])]})
        self.put("a")
        self.assertEqual(1, len(self.versions(SOURCE)))
        self.assertEqual(1, len(self.versions(TARGET)))

    def test_destination_must_exist_and_keep_versions(self) -> None:
        with self.assertRaisesRegex(ClientError, "Destination bucket must exist"):
            self.replicate(rule("nobodys-bucket"))
        self.s3[TARGET].create_bucket(Bucket=f"plain-{self.target}")
        with self.assertRaisesRegex(ClientError, "Destination bucket must have versioning enabled"):
            self.replicate(rule(f"plain-{self.target}"))

    def test_encrypted_objects_need_a_key_at_the_destination(self) -> None:
        with self.assertRaisesRegex(ClientError, "ReplicaKmsKeyID must be specified"):
            self.replicate(rule(self.target, Destination={"Bucket": f"arn:aws:s3:::{self.target}"}))

    def test_only_what_the_role_may_is_copied(self) -> None:
        here, there = (f"arn:aws:s3:::{self.names[region]}" for region in (SOURCE, TARGET))
        read = roles.allow("s3:GetReplicationConfiguration", "s3:ListBucket", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", on=[here, f"{here}/*"])
        write = roles.allow("s3:ReplicateObject", on=f"{there}/*")
        unlock, lock = (roles.allow(f"kms:{action}", StringEquals={"kms:ViaService": f"s3.{region}.amazonaws.com"})
                        for action, region in (("Decrypt", SOURCE), ("Encrypt", TARGET)))
        whole = [read, write, unlock, lock]
        name = f"replicates-{self.target}"
        self.replicate(rule(self.target), role=roles.make(client, name, "s3.amazonaws.com", *whole))
        for lacking in whole:
            client("iam").put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=roles.policy(*(each for each in whole if each is not lacking)))
            self.put("lacking")
            source = self.head(SOURCE, "lacking")
            assert source
            self.assertEqual(("FAILED", None), (source["ReplicationStatus"], self.head(TARGET, "lacking")), lacking)
        client("iam").put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=roles.policy(*whole))
        self.put("a")
        self.assertIsNotNone(self.head(TARGET, "a"))
        self.s3[SOURCE].delete_object(Bucket=self.names[SOURCE], Key="a")
        self.assertIsNotNone(self.head(TARGET, "a"), "it may not ReplicateDelete")

    def test_copies_wait_for_a_region_that_is_lost(self) -> None:
        self.replicate(rule(self.target))
        SHARED.command("fault", TARGET, "region-lost")
        try:
            self.put("a")
            source = self.head(SOURCE, "a")
            assert source
            self.assertEqual("PENDING", source["ReplicationStatus"])
        finally:
            SHARED.command("repair", TARGET, "region-lost")
        source, copy = self.head(SOURCE, "a"), self.head(TARGET, "a")
        assert source and copy
        self.assertEqual(("COMPLETED", "REPLICA"), (source["ReplicationStatus"], copy["ReplicationStatus"]))


class ConditionalWriteTest(BucketTest):
    def test_object_that_exists_is_not_written_again_until_it_is_deleted(self) -> None:
        self.put("lock", IfNoneMatch="*")
        self.refused("PreconditionFailed", self.put, key="lock", IfNoneMatch="*")
        self.s3[SOURCE].delete_object(Bucket=self.names[SOURCE], Key="lock")
        self.put("lock", IfNoneMatch="*")

    def test_of_many_writers_one_wins(self) -> None:
        won: list[int] = []

        def write(number: int) -> None:
            try:
                client("s3", SOURCE).put_object(Bucket=self.names[SOURCE], Key="lock", Body=b"x", IfNoneMatch="*")
                won.append(number)
            except ClientError:
                pass

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(1, len(won))


class EncryptionTest(BucketTest):
    def test_buckets_key_is_used_unless_the_writer_names_another(self) -> None:
        self.put("a")
        self.put("b", ServerSideEncryption="AES256")
        found = [self.head(SOURCE, key) for key in ("a", "b")]
        self.assertEqual(["aws:kms", "AES256"], [f["ServerSideEncryption"] for f in found if f])

    def test_old_version_is_restored_by_a_copy_under_the_buckets_key(self) -> None:
        old = self.put("a", "one")["VersionId"]
        self.put("a", "two")
        self.s3[SOURCE].copy_object(Bucket=self.names[SOURCE], Key="a", CopySource={"Bucket": self.names[SOURCE], "Key": "a", "VersionId": old})
        restored = self.s3[SOURCE].get_object(Bucket=self.names[SOURCE], Key="a")
        self.assertEqual((b"one", "aws:kms"), (restored["Body"].read(), restored["ServerSideEncryption"]))
        self.assertEqual([True, False, False], [latest for _, latest in self.versions(SOURCE)])
