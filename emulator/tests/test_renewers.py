"""The program that renews a lease, as the launch template of a fleet starts it: one process a Region."""
from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import signal
import subprocess
import tempfile
import unittest
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import fleet
from instance import Emulator, EmulatorTest, eventually

REGION = "us-east-2"
SCRIPT = Path(__file__).parents[2] / "modules/src/main/resources/payments/dr/modules/compute/lease-renewer.sh"
AWS = Emulator(Path(__file__).parent, LOCAL_AWS_DATA_PLANE="on")
PROGRAM = """
public class Program {
    public static void main(String[] none) throws Exception {
        System.out.println(System.getenv("OWN_REGISTER") + " " + System.getenv("AWS_REGION") + " " + System.getenv("PGSSLROOTCERT"));
        Thread.sleep(600_000);
    }
}
"""


def jar() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "Program.java").write_text(PROGRAM)
        subprocess.run(["javac", "-d", folder, f"{folder}/Program.java"], check=True)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as zipped:
            zipped.writestr("META-INF/MANIFEST.MF", "Main-Class: Program\n")
            zipped.write(Path(folder) / "Program.class", "Program.class")
    return packed.getvalue()


def script(digest: str) -> str:
    """The real one."""
    text = "#!/bin/bash\n" + SCRIPT.read_text()
    for name, value in (("URL", "s3://renewer-test/lease-renewer.jar"), ("SHA256", digest), ("REGION", REGION),
                        ("VARIABLES", "Environment=OWN_REGISTER=us-east-2/dr-ledger-test")):
        text = text.replace(f"@{name}@", value)
    return text


def status() -> dict[str, Any]:
    with urllib.request.urlopen(f"{AWS.endpoint()}/emulator/status") as answer:
        found: dict[str, Any] = json.load(answer)
    return found["renewers"]  # type: ignore[no-any-return]


def fault(method: str, kind: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(f"{AWS.endpoint()}/emulator/faults/{REGION}/{kind}", method=method)):
        pass


def running() -> bool:
    return bool(status().get(REGION, {}).get("running"))


class RenewersTest(EmulatorTest):
    def test_program_of_the_launch_template_runs_until_its_fleet_is_gone(self) -> None:
        content = jar()
        fleet.make(AWS.client, REGION, "leased", 1, user_data=script(hashlib.sha256(content).hexdigest()))
        self.assertTrue(eventually(lambda: "RENEWER: us-east-2: not started: found none at s3://renewer-test/lease-renewer.jar" in AWS.log()), AWS.log())

        s3 = AWS.client("s3", REGION)
        s3.create_bucket(Bucket="renewer-test", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket="renewer-test", Key="lease-renewer.jar", Body=b"another")
        self.assertTrue(eventually(lambda: "has another SHA-256" in AWS.log()))
        self.assertEqual({}, status())

        s3.put_object(Bucket="renewer-test", Key="lease-renewer.jar", Body=content)
        self.assertTrue(eventually(running))
        log = AWS.home / f"renewer-{REGION}.log"
        told = f"us-east-2/dr-ledger-test us-east-2 {AWS.home / 'databases' / 'root.crt'}\n"
        self.assertTrue(eventually(lambda: told in log.read_text()), log.read_text())
        self.assertEqual([REGION], list(status()))

        first = status()[REGION]
        os.kill(first["pid"], signal.SIGKILL)
        self.assertTrue(eventually(lambda: status()[REGION]["starts"] == 2 and running()))

        for kind in ("fleet", "region-lost"):
            fault("PUT", kind)
            self.assertTrue(eventually(lambda: not status()), kind)
            fault("DELETE", kind)
            self.assertTrue(eventually(running), kind)


if __name__ == "__main__":
    unittest.main()
