"""Answers the questions of another program: `python3 -m local_aws.access.questions QUESTIONS ANSWERS`, both JSON files, in the form of
main/src/test/iam/simulate.mjs, whose answers it is held against."""
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from local_aws.access.decisions import Decision, Policies, decide
from local_aws.access.policies import Policy, Principal, Request


def answers(asked: dict[str, Any]) -> list[str]:
    policies = [Policy(document) for document in asked["policies"]]
    return [_word(_answer(question, policies)) for question in asked["questions"]]


def _answer(question: dict[str, Any], policies: list[Policy]) -> Decision:
    context = {key.lower(): value for key, value in question["context"].items()}
    request = Request(_principal(question["principal"]), question["action"], question["resource"], context)
    guard = question["resourcePolicy"]
    return decide(request, Policies([policies[place] for place in question["identity"]], None if guard is None else policies[guard],
                                    [policies[place] for place in question["endpoint"]], question["accountId"]))


def _principal(name: str) -> Principal:
    if not name.startswith("arn:"):
        return Principal(name)
    account, resource = name.split(":")[4:6]
    if not resource.startswith("assumed-role/"):
        return Principal(name, account)
    return Principal(name, account, f"arn:aws:iam::{account}:role/{resource.split('/')[1]}")


def _word(decision: Decision) -> str:
    return "Allowed" if decision.allowed else "ExplicitlyDenied" if decision.explicit else "ImplicitlyDenied"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(answers(json.loads(Path(sys.argv[1]).read_text()))))
