"""Lambda: settings that moto forgets, recorded invocations, and (LOCAL_AWS_LAMBDA=java) the real Java handler in a JVM."""
from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from moto.awslambda import urls
from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import EventSourceMapping, LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse

from local_aws import databases, settings
from local_aws.services import authorization, identities, permissions
from local_aws.services.patching import add, backend_of, replace
from local_aws.services.permissions import Permission, Place
from local_aws.world import callers, invocations
from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS, Part
from local_aws.world.past import PAST

RUNNER = Path(__file__).parent.parent / "java" / "HandlerRunner.java"
JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
CODE_STORAGE_BYTES = 75 << 30   # lambda/latest/dg/gettingstarted-limits.html
FORGOTTEN = ("DeadLetterConfig", "SnapStart", "TracingConfig", "LoggingConfig", "KMSKeyArn", "FileSystemConfigs")

_compiling = threading.Lock()


def _remember(function: Any, specification: dict[str, Any]) -> None:
    kept = {name: specification[name] for name in FORGOTTEN if name in specification}
    function.forgotten = {**function.__dict__.get("forgotten", {}), **kept}


@replace(LambdaFunction)
def __init__(original: Any, self: Any, account_id: str, spec: dict[str, Any], *args: Any, **kwargs: Any) -> None:
    original(self, account_id, spec, *args, **kwargs)
    _remember(self, spec)


@replace(LambdaFunction)
def update_configuration(original: Any, self: Any, config_updates: dict[str, Any]) -> Any:
    _remember(self, config_updates)
    return original(self, config_updates)


@replace(LambdaFunction)
def get_configuration(original: Any, self: Any, on_create: bool = False) -> dict[str, Any]:
    configuration: dict[str, Any] = {**original(self, on_create), **self.forgotten, "State": _state(self)}
    configuration["SnapStart"] = {"OptimizationStatus": "Off", **configuration["SnapStart"]}
    # lambda/latest/api/API_LoggingConfig.html: the defaults
    configuration["LoggingConfig"] = {"LogFormat": "Text", "LogGroup": self.logs_group_name, **configuration.get("LoggingConfig", {})}
    network = configuration.get("VpcConfig")
    if network and network.get("SubnetIds"):
        subnets = backend_of("ec2", self.account_id, self.region).describe_subnets(subnet_ids=network["SubnetIds"])
        network["VpcId"] = subnets[0].vpc_id
    return configuration


# --- states: lambda/latest/dg/functions-states.html

class ResourceConflict(LambdaClientError):
    """lambda/latest/api/API_Invoke.html"""

    code = 409

    def __init__(self, state: str) -> None:
        super().__init__("ResourceConflictException",
                         f"The operation cannot be performed at this time. The function is currently in the following state: {state}")


def _state(function: Any) -> str:
    state: str = PAST.seen(_version(function), function.state)
    return state


def _version(function: Any) -> tuple[str, ...]:
    return ("function", function.region, function.function_name, str(function.version))


@replace(LambdaBackend)
def publish_version(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """Of a version that was published before, nothing changes."""
    before = {function.version for function in self.list_versions_by_function(args[0])}
    made = original(self, *args, **kwargs)
    if made and made.version not in before:
        PAST.changing(_version(made), "Pending")
    return made


@replace(LambdaFunction)
def _invoke_lambda(original: Any, self: Any, event: Any = None) -> tuple[str, bool, str]:
    if _state(self) != "Active":
        raise ResourceConflict(_state(self))
    number = _begin(self, event)
    outcome = None
    try:
        self.logs_backend.ensure_log_group(self.logs_group_name)
        if not (settings.RUN_JAVA and (self.run_time or "").startswith("java")):
            _write_log(self, "recorded, not executed: start the emulator with LOCAL_AWS_LAMBDA=java to run Java handlers")
            return json.dumps(event), False, "not executed"
        command = ["java", *JVM, *_proxy(self.region), *_hosts(), "-cp", _class_path(self), "HandlerRunner", self.handler]
        outcome = invocations.run(number, command, _environment(self), json.dumps(event), int(self.timeout))
    finally:
        invocations.end(number, outcome)
    _write_log(self, outcome.log or "-")
    return outcome.output, outcome.code != 0, outcome.log


# --- the role: lambda/latest/dg/lambda-intro-execution-role.html

@replace(LambdaBackend)
def create_function(original: Any, self: Any, spec: dict[str, Any]) -> Any:
    if not authorization.assumable("lambda.amazonaws.com", spec["Role"], Place(self.region_name, self.account_id),
                                   **{"aws:sourceaccount": self.account_id}):
        raise LambdaClientError("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.")
    made = original(self, spec)
    PAST.changing(_version(made), "Pending")
    return made


def _write_log(function: Any, text: str) -> None:
    """As its role, without which there is no log: lambda/latest/dg/monitoring-cloudwatchlogs.html"""
    arn = f"arn:aws:logs:{function.region}:{function.account_id}:log-group:{function.logs_group_name}:log-stream:{function.version}"
    place = Place(function.region, function.account_id)
    needed = [Permission(f"logs:{action}", arn) for action in ("CreateLogStream", "PutLogEvents")]
    if authorization.role_may(function.role, function.function_name, needed, place):
        function.save_logs(text)


# --- concurrency: lambda/latest/dg/configuration-concurrency.html

class TooManyRequests(LambdaClientError):
    """lambda/latest/api/API_Invoke.html"""

    code = 429

    def __init__(self) -> None:
        super().__init__("TooManyRequestsException", "Rate Exceeded.")


urls.url_paths[r"{0}/(?P<api_version>[\d-]+)/account-settings/?$"] = LambdaResponse.dispatch


@add(LambdaResponse)
def get_account_settings(self: Any) -> str:
    """lambda/latest/api/API_GetAccountSettings.html"""
    functions = list(self.backend.list_functions())
    quota = int(os.environ["MOTO_LAMBDA_CONCURRENCY_QUOTA"])
    reserved = sum(int(function.reserved_concurrency or 0) for function in functions)
    versions = [version for function in functions for version in self.backend.list_versions_by_function(function.function_name)]
    return json.dumps({
        "AccountLimit": {"ConcurrentExecutions": quota, "UnreservedConcurrentExecutions": quota - reserved, "TotalCodeSize": CODE_STORAGE_BYTES},
        "AccountUsage": {"FunctionCount": len(functions), "TotalCodeSize": sum(version.code_size for version in versions)}})


def _begin(function: Any, event: Any) -> int:
    """The number of a new invocation. Nobody is throttled without the data plane."""
    limit = None
    if settings.DATA_PLANE:
        limit = backend_of("lambda", function.account_id, function.region).get_function(function.function_name).reserved_concurrency
    try:
        return invocations.begin(function.region, function.function_name, str(function.version), event, None if limit is None else int(limit))
    except invocations.Throttled:
        raise TooManyRequests from None


# --- the call: lambda/latest/api/API_Invoke.html

@replace(LambdaResponse)
def invoke(original: Any, self: Any) -> Any:
    name, qualifier = unquote(self.path.rsplit("/", 2)[-2]), self.querystring.get("Qualifier", [None])[0]
    function = self.backend.get_function(name, qualifier)
    _require_json(self.body)
    if _state(function) != "Active":
        raise ResourceConflict(_state(function))
    executed = {"x-amz-executed-version": str(function.version)}
    match self.headers.get("X-Amz-Invocation-Type"):
        case "DryRun":
            return 204, {**executed, "status": "204"}, ""
        case "Event":
            arn = name if name.startswith("arn:") else f"arn:aws:lambda:{self.region}:{self.current_account}:function:{name}"
            invoke_later(self.current_account, f"{arn}:{qualifier}" if qualifier else arn, self.body)
            return 202, {**executed, "status": "202"}, ""
    self._get_param = {"qualifier": qualifier}.get   # moto looks for another name, in the event too
    status, headers, payload = original(self)
    return status, {**headers, **executed}, payload


def _require_json(event: str) -> None:
    try:
        json.loads(event or "{}")
    except ValueError as error:
        raise LambdaClientError("InvalidRequestContentException", f"Could not parse request body into json: {error}") from None


# --- asynchronous invocations: lambda/latest/dg/invocation-async-error-handling.html

LONGEST_PAUSE_SECONDS = 300
RETRY_SECONDS = 60
RETRIES = 2
AGE_SECONDS = 21600


class WaitingEvent:
    """One event in Lambda's own queue: when to try it again, and when to give it up."""

    def __init__(self, age: float, retries: int) -> None:
        self._age, self._retries = age, retries
        self._throttled = self._failed = 0

    def throttled(self, waited: float) -> float | None:
        """Seconds until it is tried again; None: it would be too old then."""
        pause = min(2 ** self._throttled, LONGEST_PAUSE_SECONDS)
        self._throttled += 1
        return None if waited + pause > self._age else pause

    def failed(self, waited: float) -> float | None:
        """As above, or None after as many retries as may be."""
        self._failed += 1
        pause = RETRY_SECONDS * self._failed
        return None if self._failed > self._retries or waited + pause > self._age else pause


def invoke_later(account: str, arn: str, event: str) -> None:
    """The caller of the event does not wait for the function."""
    threading.Thread(target=_invoke, args=(account, arn, event), daemon=True, name=f"invoke {arn}").start()


def _invoke(account: str, arn: str, event: str) -> None:
    region, began = arn.split(":")[3], CLOCK.monotonic()
    waiting = _waiting(account, arn)
    while not FAULTS.lost(Part.REGION, region):
        try:
            if ran(account, arn, event):
                return
            reason, pause = "RetriesExhausted", waiting.failed(CLOCK.monotonic() - began)
        except (TooManyRequests, ResourceConflict):   # no execution is free, or the version is not ready yet
            reason, pause = "EventAgeExceeded", waiting.throttled(CLOCK.monotonic() - began)
            print(f"THROTTLED: {arn}: {'given up' if pause is None else f'tried again in {pause:g} s'}", file=sys.stderr, flush=True)
        if pause is None:
            _bury(account, arn, event, reason)
            return
        CLOCK.sleep(pause)


def ran(account: str, arn: str, event: str) -> bool:
    """Whether the function ran without an error. Raises TooManyRequests when it could not run."""
    headers: dict[str, Any] = {}
    backend_of("lambda", account, arn.split(":")[3]).invoke(arn, None, event, {}, headers)
    return "x-amz-function-error" not in headers


def _waiting(account: str, arn: str) -> WaitingEvent:
    configured = backend_of("lambda", account, arn.split(":")[3]).get_function(arn.split(":")[6]).event_invoke_config
    config = configured[0].config if configured else {}
    return WaitingEvent(config.get("MaximumEventAgeInSeconds", AGE_SECONDS), config.get("MaximumRetryAttempts", RETRIES))


def _bury(account: str, arn: str, event: str, reason: str) -> None:
    """lambda/latest/dg/invocation-async-retain-records.html: the event as it was, and why as attributes (their values inferred)."""
    function = backend_of("lambda", account, arn.split(":")[3]).get_function(arn)
    target = function.forgotten.get("DeadLetterConfig", {}).get("TargetArn", "")
    if ":sqs:" in target and may_use(function, target, "SendMessage"):
        attributes = {"ErrorCode": {"DataType": "Number", "StringValue": "429" if reason == "EventAgeExceeded" else "200"},
                      "ErrorMessage": {"DataType": "String", "StringValue": reason}}
        backend_of("sqs", account, target.split(":")[3]).send_message(target.split(":")[5], event, message_attributes=attributes)


def may_use(function: Any, queue: str, *operations: str) -> bool:
    """Whether its role lets Lambda do that to a queue for the function."""
    region, account, name = queue.split(":")[3:6]
    place = Place(region, account)
    needed = [one for operation in operations for one in permissions.needed("sqs", operation, {"QueueName": name}, place)]
    return authorization.role_may(function.role, function.function_name, needed, place)


# --- event source mappings, which traffic/event_sources.py reads: lambda/latest/dg/with-sqs.html

READING = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")   # lambda/latest/dg/with-sqs.html#events-sqs-permissions


@replace(EventSourceMapping)
def get_configuration(original: Any, self: Any) -> dict[str, Any]:
    """Tags are asked for apart."""
    return {name: value for name, value in original(self).items() if name != "Tags"}


@replace(LambdaBackend)
def create_event_source_mapping(original: Any, self: Any, spec: dict[str, Any]) -> Any:
    mapping = original(self, spec)
    if spec["FunctionName"].startswith("arn:"):
        mapping.function_arn = spec["FunctionName"]   # with the alias, which moto resolves
    queue = _queue(self, mapping)
    if queue is None:
        return mapping
    queue.lambda_event_source_mappings.clear()   # moto would run the function inside of the sender's request
    refusal = _refusal(self.get_function(mapping.function_arn), queue)
    if refusal:
        self.delete_event_source_mapping(mapping.uuid)
        raise LambdaClientError("InvalidParameterValueException", refusal)
    return mapping


def _refusal(function: Any, queue: Any) -> str | None:
    """Why Lambda does not read a queue for a function; None if it does."""
    timeout = int(function.timeout)
    if queue.visibility_timeout < timeout:
        return f"Queue visibility timeout: {queue.visibility_timeout} seconds is less than Function timeout: {timeout} seconds"
    # The words are documented nowhere: github.com/anomalyco/sst/issues/5737
    denied = next((each for each in READING if not may_use(function, queue.queue_arn, each)), None)
    return f"The function execution role does not have permissions to call {denied} on SQS" if denied else None


def _queue(backend: Any, mapping: Any) -> Any:
    if ":sqs:" not in mapping.event_source_arn:
        return None
    return backend_of("sqs", backend.account_id, backend.region_name).get_queue(mapping.event_source_arn.split(":")[5])


# --- the process of an invocation

def _proxy(region: str) -> list[str]:
    """Names of load balancers lead to the emulator itself, which takes part as their proxy."""
    return ["-Dhttp.proxyHost=127.0.0.1", f"-Dhttp.proxyPort={callers.port(region)}", "-Dhttp.nonProxyHosts=localhost|127.*"]


def _environment(function: Any) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    files = databases.client_files()
    # The function trusts Amazon RDS's roots, which do not sign for the servers here.
    trusted = {"ADDITIONAL_DATABASE_ROOTS": str(files[1])} if files else {}
    return {**inherited, **function.environment_vars, **trusted,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{callers.port(function.region)}", "AWS_REGION": function.region,
            "AWS_DEFAULT_REGION": function.region, **_credentials(function),
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name, "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size), "_HANDLER": function.handler}


def _credentials(function: Any) -> dict[str, str]:
    """lambda/latest/dg/lambda-intro-execution-role.html: those of its role, in a session with the function's name."""
    arn = f"arn:aws:lambda:{function.region}:{function.account_id}:function:{function.function_name}"
    return identities.credentials(function.account_id, function.role, function.function_name, function.region, arn)


def _hosts() -> list[str]:
    files = databases.client_files()
    return [f"-Djdk.net.hosts.file={files[0]}"] if files else []


def _class_path(function: Any) -> str:
    folder = settings.run_folder() / "lambda"
    folder.mkdir(parents=True, exist_ok=True)
    with _compiling:
        if not (folder / "HandlerRunner.class").exists():
            if shutil.which("javac") is None:
                raise NotImplementedError("running Java handlers needs a JDK, found no javac on the PATH")
            subprocess.run(["javac", "-d", str(folder), str(RUNNER)], check=True, capture_output=True)
        code = folder / function.code_digest.replace("/", "_").replace("+", "-").rstrip("=")
        if not code.exists():
            part = code.with_suffix(".part")
            with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as archive:
                archive.extractall(part)
            part.rename(code)
    return os.pathsep.join([str(folder), str(code), f"{code}/lib/*"])
