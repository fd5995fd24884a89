"""IAM Access Analyzer, which moto does not have: analyzers and their tags; nothing is analyzed."""
from __future__ import annotations

import json
import re
import sys
from typing import Any
from urllib.parse import unquote

from moto import backend_index
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import JsonRESTError
from moto.core.responses import BaseResponse, EmptyResult

from local_aws.world.clock import CLOCK

# by which moto routes requests
url_bases = [r"https?://access-analyzer\.(.+)\.amazonaws\.com"]


class AnalyzerError(JsonRESTError):
    def __init__(self, status: int, kind: str, name: str, message: str) -> None:
        self.code = status
        super().__init__(kind, message)
        self.description = json.dumps({"__type": kind, "message": message, "resourceId": name, "resourceType": "ANALYZER"})


class AccessAnalyzerBackend(BaseBackend):
    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.analyzers: dict[str, dict[str, Any]] = {}

    @property
    def _url_module(self) -> Any:
        return sys.modules[__name__]

    def create(self, name: str, kind: str, tags: dict[str, str]) -> str:
        """IAM/latest/UserGuide/access-analyzer-quotas.html: one analyzer of an account for each type in a Region."""
        if name in self.analyzers:
            raise AnalyzerError(409, "ConflictException", name, f"Analyzer {name} already exists")
        if kind.startswith("ACCOUNT") and any(other["type"] == kind for other in self.analyzers.values()):
            raise AnalyzerError(402, "ServiceQuotaExceededException", name, f"Service quota for analyzers of type {kind} is exceeded")
        arn = f"arn:aws:access-analyzer:{self.region_name}:{self.account_id}:analyzer/{name}"
        self.analyzers[name] = {"arn": arn, "name": name, "type": kind, "status": "ACTIVE", "tags": dict(tags),
                                "createdAt": CLOCK.now().strftime("%Y-%m-%dT%H:%M:%SZ")}
        return arn

    def find(self, name: str) -> dict[str, Any]:
        if name not in self.analyzers:
            raise AnalyzerError(404, "ResourceNotFoundException", name, f"Analyzer {name} does not exist")
        return self.analyzers[name]


accessanalyzer_backends = BackendDict(AccessAnalyzerBackend, "accessanalyzer")


class AccessAnalyzerResponse(BaseResponse):
    def __init__(self) -> None:
        super().__init__(service_name="accessanalyzer")

    @property
    def backend(self) -> AccessAnalyzerBackend:
        return accessanalyzer_backends[self.current_account][self.region]

    def _named(self) -> dict[str, Any]:
        """The analyzer that the path ends with, by its name or its ARN."""
        return self.backend.find(unquote(self.path).rsplit("/", 1)[1])

    def create_analyzer(self) -> str:
        return json.dumps({"arn": self.backend.create(self._get_param("analyzerName"), self._get_param("type"), self._get_param("tags") or {})})

    def get_analyzer(self) -> str:
        return json.dumps({"analyzer": self._named()})

    def list_analyzers(self) -> str:
        wanted = self._get_param("type")
        return json.dumps({"analyzers": [found for found in self.backend.analyzers.values() if wanted in (None, found["type"])]})

    def delete_analyzer(self) -> EmptyResult:
        self.backend.analyzers.pop(self._named()["name"])
        return EmptyResult()

    def tag_resource(self) -> str:
        self._named()["tags"].update(self._get_param("tags"))
        return "{}"

    def untag_resource(self) -> str:
        tags = self._named()["tags"]
        for key in self.querystring["tagKeys"]:
            tags.pop(key, None)
        return "{}"

    def list_tags_for_resource(self) -> str:
        return json.dumps({"tags": self._named()["tags"]})


url_paths = {"{0}/(?P<anything>.+)$": AccessAnalyzerResponse.dispatch}
sys.modules["moto.accessanalyzer"] = sys.modules[__name__]   # where moto looks for a service's backends
backend_index.backend_url_patterns.append(("accessanalyzer", re.compile(url_bases[0])))
