"""Asking about known weaknesses: a run that could ask about nothing is never taken for a clean one."""

import json

import pytest

import do
from auditing import verdict

SOUND = {"name": "pillow", "version": "12.0.0", "vulns": []}
SKIPPED = {"name": "reportlab", "skip_reason": "Dependency not found on PyPI and could not be audited"}
WEAK = {"name": "babel", "version": "2.18.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.18.1"]}]}


def report(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(("said", "errors", "clean", "told"), [
    (report(SOUND, SOUND), "", True, "No known weakness in 2 packages."),
    (report(SOUND, SKIPPED), "", False, "no answer about 1 of 2 packages"),
    (report(), "", False, "no answer about 0 of 0"),
    (report(SOUND, WEAK, SKIPPED), "", False, "babel 2.18.0: PYSEC-1, mended in 2.18.1"),
    ("", "Traceback\nConnectionError: api", False, "ConnectionError: api"),
    ("[]", "", False, "no report came"),
])  # fmt: skip
def test_the_report_is_read(said: str, errors: str, clean: bool, told: str) -> None:
    found = verdict(said, errors)
    assert found[0] is clean
    assert told in found[1]


def test_it_is_a_chore() -> None:
    assert do.CHORES["audit"].work is do.audit
