from __future__ import annotations

import json
import urllib.error
import urllib.request

from instance import EmulatorTest, client, endpoint, log


class ServerTest(EmulatorTest):
    def gap(self, service: str, operation: str, **arguments: object) -> None:
        before = log().count("EMULATOR GAP")
        self.refused("NotImplementedByEmulator", getattr(client(service), operation), **arguments)
        self.assertEqual(before + 1, log().count("EMULATOR GAP"))

    def test_unknown_calls_fail_at_once_in_each_protocol(self) -> None:
        self.gap("rds", "describe_reserved_db_instances")                                 # query
        self.gap("ec2", "describe_fpga_images")                                           # ec2
        self.gap("ssm", "describe_patch_properties", OperatingSystem="WINDOWS", Property="PRODUCT")   # json
        self.gap("backup", "list_frameworks")                                             # rest-json
        self.gap("route53", "list_traffic_policies")                                      # rest-xml
        self.gap("cloudwatch", "list_managed_insight_rules", ResourceARN="arn:x")
        self.gap("s3", "list_bucket_analytics_configurations", Bucket="none-such")

    def test_figures_are_taken_in_the_protocol_of_new_sdks(self) -> None:
        call = b"\xa2\x69Namespace\x67Figures\x6aMetricData\x81\xa2\x6aMetricName\x65Ticks\x65Value\x18\x1a"
        request = urllib.request.Request(f"{endpoint()}/service/GraniteServiceVersion20100801/operation/PutMetricData", call, {
            "Smithy-Protocol": "rpc-v2-cbor", "Content-Type": "application/cbor",
            "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/monitoring/aws4_request"})
        with urllib.request.urlopen(request) as response:
            self.assertEqual("application/cbor", response.headers["Content-Type"])
            self.assertEqual(0b101, response.read()[0] >> 5)   # a map
        told = client("cloudwatch").list_metrics(Namespace="Figures")["Metrics"]
        self.assertEqual(["Ticks"], [found["MetricName"] for found in told])

    def test_unknown_service(self) -> None:
        self.gap("braket", "search_devices", filters=[])

    def test_missing_things_are_still_missing(self) -> None:
        with self.assertRaises(client("s3").exceptions.NoSuchBucket):
            client("s3").list_objects_v2(Bucket="never-made")

    def test_status_tells_the_identity(self) -> None:
        with urllib.request.urlopen(f"{endpoint()}/emulator/status") as response:
            status = json.load(response)
        self.assertEqual("local-aws", status["service"])
        self.assertGreater(status["pid"], 1)

    def test_connections_are_kept(self) -> None:
        import http.client
        connection = http.client.HTTPConnection(endpoint().removeprefix("http://"))
        sockets = set()
        for _ in range(3):
            connection.request("GET", "/emulator/status")
            connection.getresponse().read()
            sockets.add(connection.sock.getsockname())
        connection.close()
        self.assertEqual(1, len(sockets))
