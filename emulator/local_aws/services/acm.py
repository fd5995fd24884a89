"""ACM: the key algorithm asked for, where moto always makes RSA keys."""
from __future__ import annotations

import json
from typing import Any

from moto.acm.models import CertBundle
from moto.acm.responses import AWSCertificateManagerResponse

from local_aws.services.patching import replace


@replace(AWSCertificateManagerResponse)
def request_certificate(original: Any, self: Any) -> Any:
    answer = original(self)
    wanted = self._get_param("KeyAlgorithm")
    if wanted and isinstance(answer, str):
        self.acm_backend.get_certificate(json.loads(answer)["CertificateArn"]).key_algorithm = wanted
    return answer


@replace(CertBundle)
def describe(original: Any, self: Any) -> dict[str, Any]:
    answer: dict[str, Any] = original(self)
    if self.__dict__.get("key_algorithm"):
        answer["Certificate"]["KeyAlgorithm"] = self.key_algorithm
    return answer
