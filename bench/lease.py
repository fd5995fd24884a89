#!/usr/bin/env python3
"""Measures what a payment costs more in a database whose tables ask for the lease: three statements and a
commit, on PostgreSQL 14 and 16 of this machine, over the loopback.

usage: bench/lease.py     from the project's root

Runs LeaseCost of operations/database, which pairs blocks of payments with and without, and prints the median of
their ratios, the quarters, and the microseconds. A commit on the loopback takes far less than one of Aurora's, so the ratio is the worst that
there is. Exit status 1 when the median is above the limit, 2 when it could not be measured.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEST = [
    "mvn", "-B", "-ntp", "-q", "-pl", "operations/database", "-am", "verify", "-Dit.test=LeaseCost",
    "-Dtest=NONE", "-Dsurefire.failIfNoSpecifiedTests=false", "-Dfailsafe.failIfNoSpecifiedTests=false",
]  # fmt: skip
LIMIT = 1.15


def main():
    done = subprocess.run(TEST, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    measured = re.findall(r"^v\d: a payment takes ([\d.]+) times.*$", done.stdout, re.M)
    if done.returncode != 0 or not measured:
        print(done.stdout[-4000:], file=sys.stderr)
        return 2
    print("\n".join(line for line in done.stdout.splitlines() if " a payment takes " in line))
    print(f"allowed {LIMIT}")
    return 1 if max(map(float, measured)) > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
