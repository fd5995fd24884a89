"""S3: writes of one key exclude each other, so that of two conditional ones only one succeeds; moto checks first and writes later."""
from __future__ import annotations

import threading
from typing import Any

from moto.s3.models import FakeKey, S3Backend
from moto.s3.responses import S3Response

from local_aws.services.patching import replace

_locks: dict[tuple[str, str], Any] = {}


def writing(bucket: str, key: str) -> Any:
    """A lock of each key's own: a function that one write invokes may write others meanwhile."""
    return _locks.setdefault((bucket, key), threading.RLock())


@replace(S3Response)
def put_object(original: Any, self: Any) -> Any:
    with writing(self.bucket_name, self.parse_key_name()):
        return original(self)


@replace(S3Response)
def copy_object(original: Any, self: Any) -> Any:
    with writing(self.bucket_name, self.parse_key_name()):
        return original(self)


@replace(S3Response)
def _key_response_post(original: Any, self: Any, request: Any, body: bytes, bucket_name: str, query: Any, key_name: str) -> Any:
    with writing(bucket_name, key_name):
        return original(self, request, body, bucket_name, query, key_name)


@replace(S3Backend)
def delete_object(original: Any, self: Any, bucket_name: str, key_name: str, *args: Any, **kwargs: Any) -> Any:
    with writing(bucket_name, key_name):
        return original(self, bucket_name, key_name, *args, **kwargs)


def _copy_object(original: Any, self: Any, src_key: FakeKey, dest_bucket_name: str, *args: Any, **options: Any) -> None:
    """The bucket's default encryption holds for a copy onto itself too, where moto puts AES256
    (AmazonS3/latest/API/API_CopyObject.html): it is how an old version is made the newest again."""
    default = self.get_bucket(dest_bucket_name).encryption
    if default and not options.get("encryption"):
        options["encryption"] = default["Rule"]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]
    original(self, src_key, dest_bucket_name, *args, **options)


_copy_object.__name__ = "copy_object"   # the name above is taken by the response's
replace(S3Backend)(_copy_object)
