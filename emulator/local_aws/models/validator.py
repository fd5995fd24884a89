"""botocore's validator, and what it leaves to AWS: the longest and the largest, patterns, enumerations, the sizes of numbers and of blobs."""
from __future__ import annotations

from typing import Any, Iterator

from botocore.validate import ParamValidator, ValidationErrors

from local_aws.models.patterns import matcher

BITS = {"integer": 31, "long": 63}
SHOWN = 160
HIDDEN = "(hidden)"

# Values that the documents name beside a model's enumeration, by its shape.
DOCUMENTED = {
    # AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html
    "AccountAttributeName": {"max-instances", "max-elastic-ips", "vpc-max-elastic-ips", "vpc-max-security-groups-per-interface"},
}


class Problems(ValidationErrors):
    """What is wrong, in botocore's form: reason, path and details."""

    OWN = {"too long": "Invalid length for parameter {name}, value: {param}, valid max length: {max_allowed}",
           "too large": "Invalid value for parameter {name}, value: {param}, valid max value: {max_allowed}",
           "not in enumeration": "Invalid value for parameter {name}, value: {param}, valid values: {allowed}",
           "not as pattern": "Invalid value for parameter {name}, value: {param}, valid pattern: {pattern}",
           "not as documented": "Invalid value for parameter {name}, value: {param}, valid: {words}"}

    def __init__(self) -> None:
        super().__init__()
        self.secret: list[str] = []

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Reason and path of each."""
        for reason, name, told in self._errors:
            member = told.get("required_name") or told.get("unknown_param")
            yield reason, f"{name}.{member}" if member else name

    def told(self) -> Iterator[tuple[str, str, str]]:
        """Reason, path and sentence of each."""
        return ((*place, self._format_error(error)) for place, error in zip(self, self._errors))

    def _format_error(self, error: Any) -> str:
        reason, name, told = error
        if "param" in told:
            told = {**told, "param": self._shown(name, told["param"])}
        if reason in self.OWN:
            return self.OWN[reason].format(name=self._get_name(name), **told)
        return str(super()._format_error((reason, name, told)))

    def _shown(self, name: str, value: Any) -> str:
        if any(name.startswith(secret) for secret in self.secret) or "password" in name.lower() or "secretstring" in name.lower():
            return HIDDEN
        text = str(value)
        return text if len(text) <= SHOWN else text[:SHOWN] + "…"


class Validator(ParamValidator):
    VALIDATED_METADATA_ATTRS = ParamValidator.VALIDATED_METADATA_ATTRS | {"max", "pattern", "enum", "sensitive"}

    def validate(self, params: Any, shape: Any) -> Problems:
        problems = Problems()
        self._validate(params, shape, problems, name="")
        return problems

    def _validate(self, params: Any, shape: Any, errors: Any, name: str) -> None:
        if shape.metadata.get("sensitive"):
            errors.secret.append(name)
        super()._validate(params, shape, errors, name)

    def _validate_string(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_string(param, shape, errors, name)
        if not isinstance(param, str):
            return
        self._longest(param, shape, errors, name)
        if shape.enum and param not in shape.enum and param not in DOCUMENTED.get(shape.name, ()):
            errors.report(name, "not in enumeration", param=param, allowed=", ".join(shape.enum))
        if (pattern := shape.metadata.get("pattern")) and not matcher(pattern)(param):
            errors.report(name, "not as pattern", param=param, pattern=pattern)

    _validate_character = _validate_string

    def _validate_list(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_list(param, shape, errors, name)
        if isinstance(param, list):
            self._longest(param, shape, errors, name)

    def _validate_map(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_map(param, shape, errors, name)
        if isinstance(param, dict):
            if len(param) < shape.metadata.get("min", 0):
                errors.report(name, "invalid length", param=param, min_allowed=shape.metadata["min"])
            self._longest(param, shape, errors, name)

    def _validate_blob(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if isinstance(param, str):   # no Base64, or it would be bytes here
            errors.report(name, "invalid type", param=param, valid_types=["base64"])
            return
        super()._validate_blob(param, shape, errors, name)
        if isinstance(param, bytes):
            if len(param) < shape.metadata.get("min", 0):
                errors.report(name, "invalid length", param=f"{len(param)} bytes", min_allowed=shape.metadata["min"])
            if len(param) > shape.metadata.get("max", len(param)):
                errors.report(name, "too long", param=f"{len(param)} bytes", max_allowed=shape.metadata["max"])

    def _validate_integer(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if isinstance(param, bool):   # an int to Python
            errors.report(name, "invalid type", param=param, valid_types=["int"])
            return
        super()._validate_integer(param, shape, errors, name)
        if isinstance(param, int):
            self._largest(param, shape, errors, name)
            size = 2 ** BITS[shape.type_name]
            if param >= size:
                errors.report(name, "too large", param=param, max_allowed=size - 1)
            if param < -size:
                errors.report(name, "invalid range", param=param, min_allowed=-size)

    _validate_long = _validate_integer

    def _validate_double(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if isinstance(param, bool):
            errors.report(name, "invalid type", param=param, valid_types=["float"])
            return
        super()._validate_double(param, shape, errors, name)
        if isinstance(param, (int, float)):
            self._largest(param, shape, errors, name)

    _validate_float = _validate_double

    def _longest(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if len(param) > shape.metadata.get("max", len(param)):
            errors.report(name, "too long", param=param, max_allowed=shape.metadata["max"])

    def _largest(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if param > shape.metadata.get("max", param):
            errors.report(name, "too large", param=param, max_allowed=shape.metadata["max"])
