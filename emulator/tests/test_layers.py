"""Which part may know which, and who reads the time: by what the files say, whatever runs."""
from __future__ import annotations

import ast
import sys
import unittest
from pathlib import Path
from typing import Iterator

from instance import EMULATOR

from local_aws.world.faults import KINDS

PACKAGE = EMULATOR / "local_aws"
# each may import itself and what stands before it
LAYERS = (("settings", "moto_version", "code_version"), ("world",), ("models",), ("access",), ("databases",), ("services",), ("snapshots",), ("traffic",), ("http",), ("wiring",), ("__main__",))
# beside them: it starts the emulator as a process of its own
LAUNCHER, BELOW_LAUNCHER = "launcher", ("settings", "moto_version", "code_version", "world", "launcher")
STANDARD_LIBRARY_ONLY = ("settings", "moto_version", "code_version", "world", "access", "launcher")
# what stands between others and knows none of this emulator: models is what http holds requests against, access evaluates policies
MAY_IMPORT = {"models": ("models",), "access": ("access",)}
MAY_BE_IMPORTED_BY = {"models": ("models", "http")}
CLOCK = PACKAGE / "world" / "clock.py"
READS_TIME = {"time", "sched", "timeit"}
TELLS_TIME = {"utcnow", "unix_time", "unix_time_millis", "iso_8601_datetime_with_milliseconds", "iso_8601_datetime_without_milliseconds", "Timer"}


def files() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 60, found
    return found


def name_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): ast.parse(file.read_text()) for file in files()}


def imports(tree: ast.AST) -> Iterator[str]:
    """Modules, wherever in the file they are imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level and node.module, "imports name the package"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


def own(tree: ast.AST) -> set[str]:
    return {name for name in imports(tree) if name.split(".")[0] == "local_aws" and name != "local_aws"}


def part(module: str) -> str:
    return module.split(".")[1]


class LayersTest(unittest.TestCase):
    def test_imports_go_one_way(self) -> None:
        rank = {name: number for number, layer in enumerate(LAYERS) for name in layer}
        parts = {part(module) for module in MODULES if module != "local_aws"}
        self.assertEqual(parts, {*rank, LAUNCHER})
        wrong = [f"{module} imports {name}" for module, tree in MODULES.items() if module != "local_aws" for name in sorted(own(tree))
                 if (part(name) not in BELOW_LAUNCHER if part(module) == LAUNCHER else rank.get(part(name), len(rank)) > rank[part(module)])]
        self.assertEqual([], wrong)

    def test_models_know_and_serve_those_that_they_may(self) -> None:
        uses = {(module, name) for module, tree in MODULES.items() if module != "local_aws" for name in own(tree)}
        self.assertIn(("local_aws.http.checks", "local_aws.models.refusals"), uses)
        wrong = [f"{module} imports {name}" for module, name in sorted(uses)
                 if part(name) not in MAY_IMPORT.get(part(module), (part(name),)) or part(module) not in MAY_BE_IMPORTED_BY.get(part(name), (part(module),))]
        self.assertEqual([], wrong)

    def test_no_file_imports_itself_by_way_of_others(self) -> None:
        graph = {module: own(tree) - {module} for module, tree in MODULES.items()}
        while leaves := [module for module, known in graph.items() if not known & graph.keys()]:
            for module in leaves:
                del graph[module]
        self.assertEqual({}, graph)

    def test_world_and_launcher_need_the_standard_library_only(self) -> None:
        """The launcher stops an emulator without moto, and world is what it knows of it."""
        foreign = [f"{module} imports {name}" for module, tree in MODULES.items() if module != "local_aws" and part(module) in STANDARD_LIBRARY_ONLY
                   for name in imports(tree) if name.split(".")[0] not in {*sys.stdlib_module_names, "local_aws"}]
        self.assertEqual([], foreign)


class FaultsTest(unittest.TestCase):
    def test_only_its_class_names_a_kind_of_fault(self) -> None:
        kinds = {each.kind for each in KINDS}
        named = {module: {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)} & kinds
                 for module, tree in MODULES.items()}
        self.assertEqual({"local_aws.world.faults": kinds}, {module: found for module, found in named.items() if found})


class ClockTest(unittest.TestCase):
    def test_only_the_clock_reads_the_time_or_waits_for_it(self) -> None:
        wrong = [f"{module}:{line} {what}" for module, tree in MODULES.items() if module != name_of(CLOCK) for line, what in readings(tree)]
        self.assertEqual([], wrong)

    def test_every_way_to_read_it_is_seen(self) -> None:
        self.assertLessEqual({"time", "datetime.now", "Timer"}, {what for _, what in readings(MODULES[name_of(CLOCK)])})
        for text in ("import time", "from time import sleep", "import datetime\ndatetime.datetime.now()", "from datetime import date\ndate.today()",
                     "from datetime import datetime\ndatetime.utcnow()", "from moto.core.utils import utcnow", "from moto.core import utils\nutils.unix_time()",
                     "import threading\nthreading.Timer(1, print)"):
            with self.subTest(text):
                self.assertNotEqual([], list(readings(ast.parse(text))))


def readings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name in READS_TIME]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module)] if node.module in READS_TIME else [alias.name for alias in node.names if alias.name in TELLS_TIME]
        elif isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in TELLS_TIME:
                names = [node.attr]
            elif owner in ("datetime", "date") and node.attr in ("now", "today"):
                names = [f"{owner}.{node.attr}"]
        yield from ((node.lineno, name) for name in names)
