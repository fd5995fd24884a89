"""The code of a Lambda function in Java."""
from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path


def archive(source: str) -> bytes:
    """A zip with the class `drill.Handler`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Handler.java"
        file.write_text(source)
        subprocess.run(["javac", "-d", folder, str(file)], check=True)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as zipped:
            zipped.write(Path(folder) / "drill" / "Handler.class", "drill/Handler.class")
    return packed.getvalue()
