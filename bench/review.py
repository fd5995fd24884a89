#!/usr/bin/env python3
"""Times `./dr review` on plans of growing size: what a change costs beyond the start of the JVM.

usage: bench/review.py [RUNS]     from the project's root, after `make synth`; default 5 runs

The plans are made of the synthesized resources of prod, updated, over and over. Runs take turns with
those on an empty plan. Exit status 1 when 5,000 changes take longer than 2 s beyond that.
"""
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
STACK = "payments-dr-prod"
SIZES = (0, 300, 5000)
GOAL_SECONDS = 2.0


def plan(size):
    """A plan in which so many resources change."""
    synthesized = json.loads((ROOT / "cdktf.out/stacks" / STACK / "cdk.tf.json").read_text())
    real = [
        (kind, name, body)
        for kind, resources in synthesized["resource"].items()
        for name, body in resources.items()
    ]
    changes = []
    for number in range(size):
        kind, name, body = real[number % len(real)]
        name = f"{name}{number // len(real) or ''}"
        changes.append(
            {
                "address": f"{kind}.{name}",
                "mode": "managed",
                "type": kind,
                "name": name,
                "change": {
                    "actions": ["update"],
                    "before": {**body, "tags": {}},
                    "after": {**body, "tags": {"changed": "yes"}},
                    "after_unknown": {},
                    "before_sensitive": {},
                    "after_sensitive": {},
                },
            }
        )
    tags = {"expressions": {"default_tags": [{"tags": {"constant_value": {"Stack": STACK}}}]}}
    return {
        "format_version": "1.2",
        "resource_changes": changes,
        "configuration": {"provider_config": {"aws.dr": tags}},
    }


def review(file):
    """Wall seconds of one review."""
    start = time.monotonic()
    done = subprocess.run(
        [ROOT / "dr", "review", file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    if done.returncode not in (0, 2):
        sys.exit(done.stderr + done.stdout[:500])
    return time.monotonic() - start


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for size in SIZES:
            files[size] = pathlib.Path(folder, f"{size}.json")
            files[size].write_text(json.dumps(plan(size)))
        review(files[0])  # may build, and makes the class archive
        seconds = {size: [] for size in SIZES}
        for _ in range(runs):
            for size in SIZES:
                seconds[size].append(review(files[size]))
    print(f"{'changes':>8} {'MB':>6} {'seconds':>8} {'beyond an empty plan':>21} {'ratio':>6}")
    empty = statistics.median(seconds[0])
    for size in SIZES:
        median = statistics.median(seconds[size])
        beyond = statistics.median(a - b for a, b in zip(seconds[size], seconds[0]))
        megabytes = len(json.dumps(plan(size))) / 1e6
        print(f"{size:8} {megabytes:6.1f} {median:8.2f} {beyond:21.2f} {median / empty:6.2f}")
    if beyond > GOAL_SECONDS:
        sys.exit(f"{size} changes must take at most {GOAL_SECONDS} s, took {beyond:.2f} s")


if __name__ == "__main__":
    main()
