"""The command that lists what contradicts itself or is wanting in the records."""

import argparse
import sys
from typing import Any

from casemgr.cli_office import opened, write_json
from casemgr.i18n import Words
from casemgr.law.quality import Weight
from casemgr.services import lists
from casemgr.services.quality import WEIGHTS, GapRow, quality, said, where


def add_commands(commands: Any) -> None:
    """Add this command to those of the program."""
    listed = commands.add_parser("quality", help="list contradictions and gaps in the records, with codes and numbers")
    listed.add_argument("--only", choices=[weight.value for weight in Weight], help="of this weight alone")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.set_defaults(run=_quality)


def _quality(asked: argparse.Namespace, words: Words) -> int:
    weight = None if asked.only is None else Weight(asked.only)
    office = opened(asked, words)
    try:
        rows = quality(office, weight=weight)
        lists.log_exported(office, "quality", "json" if asked.json else "text")
    finally:
        office.close()
    if asked.json:
        write_json([_plain(row) for row in rows])
        return 0
    for row in rows:
        record, question = where(row, words)
        sys.stdout.write("\t".join((row.number or row.child_code, said(row, words), record, question)) + "\n")
    return 0


def _plain(row: GapRow) -> dict[str, Any]:
    return {
        "rule": row.rule, "weight": WEIGHTS[row.rule].value, "message": said(row, Words("en")), "case": row.number,
        "child": row.child_code, "type": row.kind, "id": str(row.record_id), "field": row.field,
    }  # fmt: skip
