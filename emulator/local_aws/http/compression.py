"""Decompresses requests to services whose clients compress them. S3 stores the same header with the object, and its bodies stay as they are."""
from __future__ import annotations

import gzip
import io
import zlib
from typing import Any

from local_aws.http.signing import signed_service
from local_aws.models.catalog import compresses


def plain(environ: dict[str, Any]) -> dict[str, Any]:
    """The request with its body decompressed. A body that is not gzip stays as it is: the check of the request refuses it."""
    if environ.get("HTTP_CONTENT_ENCODING") != "gzip" or not compresses(signed_service(environ)):
        return environ
    body = environ["wsgi.input"].read()
    try:
        body = gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        pass
    left = {name: value for name, value in environ.items() if name != "HTTP_CONTENT_ENCODING"}
    return {**left, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
