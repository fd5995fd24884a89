#!/usr/bin/env python3
"""Compares ways to synthesize: CPU and wall seconds, as ratios of paired runs; counts round trips.

usage: bench/synthesis.py [RUNS]     from the project's root, after `make tools`; default 5 runs

Machines differ and drift, so single times mean little: the ways take turns, and each figure is the
ratio of neighbours. Exit status 1 when the app misses a goal:
  * against a CDKTF TypeScript app that makes the same resources, at most 0.8 times its CPU for one
    environment alone, and 1.3 times for all
  * against the same app under Maven, at most half the CPU
  * at most 4,000 messages from Java to CDKTF's Node process for all stacks
  * a stack of 5,000 resources costs each of them at most 1.3 times what one of 2,500 does
"""
import collections
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
SYNTH = ["main/synth"]
# exec:java resolves test dependencies, which in a reactor are there from test-compile on.
MAVEN = ["mvn", "-q", "-B", "-pl", "main", "-am", "test-compile", "exec:java"]

MOST_ROUND_TRIPS = 4000
KINDS = {
    "create": "creations",
    "get": "reads",
    "sget": "reads",
    "invoke": "calls",
    "sinvoke": "calls",
}


def run(command, outdir=None, **variables):
    """CPU and wall seconds of a command with its children, synthesizing into a directory."""
    if outdir is None:
        with tempfile.TemporaryDirectory() as temporary:
            return run(command, temporary, **variables)
    environment = {**os.environ, "CDKTF_OUTDIR": outdir, **variables}
    before = os.times()
    start = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = os.times()
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return cpu, wall


def maven(*options):
    """The app within Maven, which takes the directory as a property."""
    with tempfile.TemporaryDirectory() as outdir:
        command = ["env", "-u", "CDKTF_OUTDIR", *MAVEN, *options, f"-Dpayments.dr.outdir={outdir}"]
        return run(command, outdir, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="20")


def typescript(synthesized):
    """The TypeScript app, making what another run wrote."""
    return lambda: run(["node", str(TYPESCRIPT / "main.js"), f"{synthesized}/stacks"])


def count(outdir):
    """How many resources were synthesized."""
    total = 0
    for file in pathlib.Path(outdir).glob("stacks/*/cdk.tf.json"):
        for resources in json.loads(file.read_text()).get("resource", {}).values():
            total += len(resources)
    return total


def compare(title, runs, ways):
    """Prints how the first way compares to the others, and gives medians of both ratios by name."""
    for way in ways.values():
        way()
    samples = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            samples[name].append(way())

    print(f"\n{title}; {runs} rounds, medians; ratios are main/synth to the other")
    print(f"{'way':30} {'CPU s':>7} {'wall s':>7} {'CPU ratio':>22} {'wall ratio':>22}")
    medians = {}
    ours = next(iter(samples.values()))
    for name, theirs in samples.items():
        ratios = [[a[i] / b[i] for a, b in zip(ours, theirs)] for i in (0, 1)]
        medians[name] = [statistics.median(r) for r in ratios]
        shown = [f"{min(r):.2f} {statistics.median(r):.2f} {max(r):.2f}" for r in ratios]
        cpu, wall = (statistics.median(s[i] for s in theirs) for i in (0, 1))
        print(f"{name:30} {cpu:7.2f} {wall:7.2f} {shown[0]:>22} {shown[1]:>22}")
    return medians


def environments(runs, names):
    """The worst CPU ratio to TypeScript of an environment alone."""
    worst = 0
    for name in names:
        with tempfile.TemporaryDirectory() as synthesized:
            run([*SYNTH, name], synthesized)
            ways = {
                "main/synth": lambda: run([*SYNTH, name]),
                "TypeScript, barrel import": typescript(synthesized),
            }
            title = f"{name} alone, {count(synthesized)} resources"
            worst = max(worst, compare(title, runs, ways)["TypeScript, barrel import"][0])
    return worst


def everything(runs, synthesized):
    """CPU ratios of all stacks to TypeScript and to Maven."""
    maven()  # fetches what the offline runs need
    ways = {
        "main/synth": lambda: run(SYNTH),
        "main/synth, without preload": lambda: run(SYNTH, PAYMENTS_DR_LAZY_PROVIDER="off"),
        "mvn -o exec:java": lambda: maven("-o"),
        "TypeScript, barrel import": typescript(synthesized),
    }
    medians = compare(f"all stacks, {count(synthesized)} resources", runs, ways)
    return medians["TypeScript, barrel import"][0], medians["mvn -o exec:java"][0]


def round_trips(*arguments):
    """How many messages of each kind Java sends."""
    with tempfile.TemporaryDirectory() as outdir:
        counted = pathlib.Path(outdir, "round-trips.json")
        counter = f'--require "{ROOT / "bench/round-trips.cjs"}"'
        run([*SYNTH, *arguments], outdir, NODE_OPTIONS=counter, ROUND_TRIPS=str(counted))
        kinds = collections.Counter()
        for api, messages in json.loads(counted.read_text()).items():
            kinds[KINDS.get(api, "loading")] += messages
        return kinds


def linearity(runs):
    """What a resource of the larger half of a stack of 5,000 costs, to one of the smaller half."""
    arguments = (ROOT / "main/target/app.args").read_text()
    tests = ":".join(str(jar) for jar in ROOT.glob("m*/target/m*-tests.jar"))
    preload = ROOT / "main/jsii-preload.cjs"

    def cost(resources):
        with tempfile.TemporaryDirectory() as outdir:
            file = pathlib.Path(outdir, "args")
            file.write_text(arguments.replace('-cp\n"', f'-cp\n"{tests}:'))
            command = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"@{file}"]
            options = f'--preserve-symlinks --require "{preload}"'
            return run(
                [*command, "payments.dr.main.LargeStack", str(resources)],
                outdir,
                NODE_OPTIONS=options,
            )[0]

    ratios = []
    print("\none stack, CPU s")
    for _ in range(runs):
        none, half, whole = (cost(resources) for resources in (0, 2500, 5000))
        ratios.append((whole - half) / (half - none))
        print(f"no resource {none:.2f}, 2,500 {half:.2f}, 5,000 {whole:.2f}: {ratios[-1]:.2f}")
    return statistics.median(ratios)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    subprocess.run(["npm", "ci", "--no-fund", "--no-audit", "--silent"], cwd=TYPESCRIPT, check=True)
    subprocess.run(["npm", "run", "--silent", "build"], cwd=TYPESCRIPT, check=True)
    run(SYNTH)  # may build, and makes the class archive
    names = sorted(file.stem for file in ROOT.glob("main/environments/*.yaml"))
    with tempfile.TemporaryDirectory() as synthesized:
        run(SYNTH, synthesized)
        alone = environments(runs, names)
        to_typescript, to_maven = everything(runs, synthesized)
    larger = linearity(runs)

    print("\nround trips")
    trips = {name: round_trips(*name.split()) for name in [*names, ""]}
    for name, kinds in trips.items():
        shown = ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds))
        print(f"{name or 'all':10} {sum(kinds.values()):6} {shown}")

    goals = {
        "CPU to TypeScript, one environment": (alone, 0.8),
        "CPU to TypeScript, all": (to_typescript, 1.3),
        "CPU to Maven": (to_maven, 0.5),
        "cost of a resource in a larger stack": (larger, 1.3),
        "round trips, all": (sum(trips[""].values()), MOST_ROUND_TRIPS),
    }
    print(f"\n{'goal':40} {'got':>8} {'most':>8}")
    for name, (got, most) in goals.items():
        print(f"{name:40} {got:8.4g} {most:8} {'' if got <= most else 'missed'}")
    sys.exit(0 if all(got <= most for got, most in goals.values()) else 1)


if __name__ == "__main__":
    main()
