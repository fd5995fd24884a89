#!/usr/bin/env python3
"""Measures migrations between PostgreSQL 14 and 16 on this machine, there and back: how long the copy
takes, and how long writes pause, step by step.

usage: bench/migration.py [SCENARIO ...]     from the project's root

The servers and the command share this machine, so shares tell more than times. A scenario far away has
a proxy between the command and both servers, as an operator in another Region has. Exit status 1 when a
pause takes longer than the goal, 2 when a journey fails.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODULE = ROOT / "operations/migration"
BUILD = ["mvn", "-B", "-ntp", "-q", "-pl", "operations/migration", "-am", "-DskipTests", "package"]
MAIN = "payments.dr.operations.migration.cutover.MigrationBenchmark"
GOAL_SECONDS = 2

# rows, further tables, milliseconds of a round trip, rows that change between verification and cutover
SCENARIOS = {
    "small": (100_000, 0, 0, 5_000),
    "million": (1_000_000, 0, 0, 5_000),
    "five-million": (5_000_000, 0, 0, 5_000),
    "many-changes": (1_000_000, 0, 0, 50_000),
    "tables": (1_000_000, 2_000, 0, 5_000),
    "far": (1_000_000, 20, 40, 5_000),
}


def journey(name):
    """What the benchmark printed."""
    path = ":".join(["target/test-classes", "target/classes", (MODULE / "target/test-classpath").read_text()])
    words = ["java", "-XX:+UseSerialGC", "-cp", path, MAIN, *map(str, SCENARIOS[name])]
    done = subprocess.run(words, cwd=MODULE, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        print(done.stdout[-4000:], file=sys.stderr)
        sys.exit(2)
    return done.stdout.splitlines()


def main(names):
    subprocess.run(BUILD, cwd=ROOT, check=True)
    worst = 0
    for name in names or SCENARIOS:
        rows, tables, round_trip, changes = SCENARIOS[name]
        print(f"\n{name}: {rows:,} rows, {tables:,} further tables, {round_trip} ms, {changes:,} rows change")
        steps = []
        for line in journey(name):
            if match := re.match(r"(copied|verified) in (\d+) ms", line):
                print(f"  {match[1]:28} {int(match[2]) / 1000:8.2f} s")
                steps = []
            elif match := re.match(r"(cutover|rollback) (\d+) ms", line):
                pause = int(match[2])
                worst = max(worst, pause / 1000)
                print(f"  {match[1] + ': writes paused':28} {pause / 1000:8.2f} s")
                for step, ms in steps[: [step for step, _ in steps].index("open") + 1]:
                    print(f"    {step:26} {ms:7} ms {ms / pause:7.1%}")
                steps = []
            elif match := re.match(r"  (\S.*?) +(\d+) ms$", line):
                steps.append((match[1], int(match[2])))
    print(f"\nlongest pause {worst:.2f} s, goal {GOAL_SECONDS} s")
    return 1 if worst > GOAL_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
