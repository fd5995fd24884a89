#!/usr/bin/env python3
"""Measures a migration of a million rows between PostgreSQL 14 and 16 on this machine, while eight
connections write: how fast rows are copied and compared, and how long writes pause, step by step.

usage: bench/migration.py     from the project's root

Runs the test that holds the same journey (MigrationIT) and reads what it prints. The rates are of
this machine, client and both servers together; the shares say what a pause consists of. Exit status
1 when a pause takes longer than the product allows, 2 when the journey fails.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEST = [
    "mvn", "-B", "-ntp", "-q", "-pl", "operations/migration", "-am", "verify", "-Dit.test=MigrationIT",
    "-Dtest=NONE", "-Dsurefire.failIfNoSpecifiedTests=false", "-Dfailsafe.failIfNoSpecifiedTests=false",
]  # fmt: skip
LIMIT_SECONDS = 300
GOAL_SECONDS = 3


def journey():
    """What the test printed."""
    done = subprocess.run(TEST, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        print(done.stdout[-4000:], file=sys.stderr)
        sys.exit(2)
    return done.stdout.splitlines()


def main():
    copied = None
    steps, compared, pauses = [], [], []
    for line in journey():
        if match := re.match(r"copied in (\d+) ms", line):
            copied = int(match[1])
        elif match := re.match(r"    compared (\S+) +(\d+) rows +(\d+) ms", line):
            compared.append((match[1], int(match[2]), int(match[3])))
        elif match := re.match(r"  (\S.*?) +(\d+) ms$", line):
            steps.append((match[1], int(match[2])))
        elif match := re.match(r"(\w+): writes paused (\d+) ms .* (\d+) ms as", line):
            pauses.append((match[1], int(match[2]), int(match[3]), steps))
            steps = []
    tables = {name: rows for name, rows, _ in compared}
    rows = sum(tables.values())
    first = compared[: len(tables)]
    took = sum(ms for _, _, ms in first)
    print(f"rows in the large tables  {rows:12,}")
    print(f"copied                    {rows / copied * 1000:12,.0f} rows/s")
    print(f"compared under writes     {rows / took * 1000:12,.0f} rows/s, {copied / took:.1f} x as fast as copied")
    for name, command, seen, parts in pauses:
        print(f"\n{name}: writes paused {command / 1000:.2f} s, {seen / 1000:.2f} s as the writers saw it")
        start = max(i for i, (step, _) in enumerate(parts) if step == "fence")
        for step, ms in parts[start:]:
            print(f"  {step:28} {ms:7} ms {ms / command:7.1%}")
    worst = max(command for _, command, _, _ in pauses) / 1000
    print(f"\nlongest pause {worst:.2f} s; goal {GOAL_SECONDS} s, allowed {LIMIT_SECONDS} s")
    return 1 if worst > LIMIT_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
