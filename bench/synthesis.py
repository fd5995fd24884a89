#!/usr/bin/env python3
"""Compares ways to synthesize all environments: CPU and wall seconds, as ratios of paired runs.

usage: bench/synthesis.py [RUNS]     from the project's root, after `make tools`; default 5 runs

Machines differ and drift, so single times mean little: the ways take turns, and each figure is the
ratio of neighbours. Exit status 1 when the app misses its goals: at most half the CPU of the same
app under Maven, and no more time than a CDKTF TypeScript app that makes the same resources.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TYPESCRIPT = ROOT / "bench" / "typescript"


def run(command, **variables):
    """CPU and wall seconds of a command with its children."""
    with tempfile.TemporaryDirectory() as outdir:
        return measure(command, outdir, **variables)


def measure(command, outdir, **variables):
    """The same, synthesizing into a directory that stays."""
    environment = {
        **os.environ,
        "CDKTF_OUTDIR": outdir,
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
        **variables,
    }
    before = os.times()
    start = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = os.times()
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return cpu, wall


def count(outdir):
    """How many resources were synthesized."""
    total = 0
    for file in pathlib.Path(outdir).glob("stacks/*/cdk.tf.json"):
        for resources in json.loads(file.read_text()).get("resource", {}).values():
            total += len(resources)
    return total


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    subprocess.run(["npm", "ci", "--no-fund", "--no-audit", "--silent"], cwd=TYPESCRIPT, check=True)
    subprocess.run(["npm", "run", "--silent", "build"], cwd=TYPESCRIPT, check=True)
    run(["main/synth"])  # may build, and makes the class archive
    with tempfile.TemporaryDirectory() as synthesized:
        measure(["main/synth"], synthesized)
        compare(runs, synthesized)


def compare(runs, synthesized):
    """Prints the ratios of all ways; ends the program with status 1 when a goal is missed."""
    resources = count(synthesized)

    # exec:java resolves test dependencies, which in a reactor are there from test-compile on.
    maven = ["mvn", "-q", "-B", "-pl", "main", "-am", "test-compile", "exec:java"]
    run(maven)  # fetches what the offline runs need

    ways = {
        "main/synth": lambda: run(["main/synth"]),
        "main/synth, whole provider": lambda: run(["main/synth"], PAYMENTS_DR_LAZY_PROVIDER="off"),
        "mvn -o exec:java": lambda: run([*maven, "-o"]),
        "TypeScript, barrel import": lambda: run(
            ["node", str(TYPESCRIPT / "main.js"), f"{synthesized}/stacks"]
        ),
    }
    for way in ways.values():
        way()
    samples = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            samples[name].append(way())

    print(f"{resources} resources, {runs} rounds, medians; ratios are main/synth to the other\n")
    print(f"{'way':30} {'CPU s':>7} {'wall s':>7} {'CPU ratio':>22} {'wall ratio':>22}")
    medians = {}
    ours = samples["main/synth"]
    for name, theirs in samples.items():
        ratios = [[a[i] / b[i] for a, b in zip(ours, theirs)] for i in (0, 1)]
        medians[name] = [statistics.median(r) for r in ratios]
        shown = [f"{min(r):.2f} {statistics.median(r):.2f} {max(r):.2f}" for r in ratios]
        cpu, wall = (statistics.median(s[i] for s in theirs) for i in (0, 1))
        print(f"{name:30} {cpu:7.2f} {wall:7.2f} {shown[0]:>22} {shown[1]:>22}")

    met = (
        medians["mvn -o exec:java"][0] <= 0.5 and medians["TypeScript, barrel import"][1] <= 1.0
    )
    print("\ngoals met" if met else "\ngoals missed")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
