"""The commands by which lists come in and go out: the empty list, bringing one in, taking it back, giving cases out."""

import argparse
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from casemgr.cli_office import opened, paper_password
from casemgr.i18n import N_, Words
from casemgr.services.import_checking import check_list
from casemgr.services.import_files import (
    column_said,
    export_cases,
    report_lines,
    save_report,
    save_template,
    standing_said,
)
from casemgr.services.import_reading import open_list, unread
from casemgr.services.import_told import DryRun, RowStanding
from casemgr.services.importing import NOTHING_NEW, WRONG_ROWS, import_list, imports, undo_import
from casemgr.services.office import Office
from casemgr.trouble import Refusal

NO_SUCH_ID = N_("{text} is not the identity of an import. “imports” lists them.")
COUNTED = N_("{standing}: {count}")
LINE = N_("Row {row}: {result}")
LINE_COLUMN = N_("Row {row}, {column}: {what}")
UNREAD = N_("Not read: {columns}")
WRITTEN = N_("{children} new children and {cases} cases were written; {here} rows were here already, {out} left out.")
UNDO_WITH = N_("Take it back with: undo-import {id}")
TAKEN_BACK = N_("The import was taken back.")


def add_commands(commands: Any) -> None:
    """Add these commands to those of the program."""
    empty = commands.add_parser("template", help="write the empty list that 'import' reads, with lists of answers")
    empty.add_argument("file", type=Path, metavar="FILE.xlsx", help="where to write it")
    empty.set_defaults(run=_template)

    bring = commands.add_parser(
        "import", help="bring in a list of cases, all of it or nothing",
        description="Each row is looked at first. Where one is to be mended nothing is written, unless it is left out. "
        "Columns of an office's own list are known by their headings, or as the window was told before.",
    )  # fmt: skip
    bring.add_argument("file", type=Path, metavar="FILE.xlsx|csv", help="the list; its first row names the columns")
    bring.add_argument("--dry-run", action="store_true", help="tell what would become of each row; write nothing")
    bring.add_argument("--report", type=Path, metavar="FILE.xlsx", help="write what was found to a file as well")
    bring.add_argument("--leave-out-wrong", action="store_true", help="write the others where rows are to be mended")
    bring.set_defaults(run=_import)

    listed = commands.add_parser("imports", help="list the imports that can be taken back")
    listed.set_defaults(run=_imports)

    back = commands.add_parser("undo-import", help="take back all that an import brought")
    back.add_argument("id", metavar="ID", help="as 'imports' gives it")
    back.set_defaults(run=_undo)

    out = commands.add_parser("export", help="write all cases as a list that 'import' reads, with names")
    out.add_argument("file", type=Path, metavar="FILE.xlsx|csv", help="where to write it")
    out.add_argument("--reason", required=True, metavar="TEXT", help="why; kept in the history")
    out.add_argument(
        "--lock", action="store_true",
        help="lock the workbook with a password, taken from CASEMGR_PAPER_PASSWORD or asked for",
    )  # fmt: skip
    out.set_defaults(run=_export)


def _template(said: argparse.Namespace, _words: Words) -> int:
    save_template(said.file)
    return 0


def _import(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        listed = open_list(office, said.file)
        dry = check_list(office, listed)
        if said.report is not None:
            save_report(said.report, dry, words, office_folder=office.folder)
        _tell(dry, words)
        if said.dry_run:
            return 1 if dry.count(RowStanding.WRONG) else 0
        if dry.count(RowStanding.WRONG) and not said.leave_out_wrong:
            raise Refusal(WRONG_ROWS)
        return _write(office, dry, words)
    finally:
        office.close()


def _write(office: Office, dry: DryRun, words: Words) -> int:
    done = import_list(office, dry, leave_out_wrong=True)
    if done.import_id is None:
        _say(words.text(NOTHING_NEW))
        return 0
    _say(words.text(WRITTEN, children=done.children, cases=done.cases, here=done.here, out=done.left_out))
    _say(words.text(UNDO_WITH, id=done.import_id))
    return 0


def _tell(dry: DryRun, words: Words) -> None:
    """Tell what becomes of each row, without a name; what is to be mended goes to standard error."""
    for row in dry.rows:
        if row.problems:
            for problem in row.problems:
                column = column_said(problem, words)
                line = words.text(LINE_COLUMN, row=row.number, column=column, what=problem.say(words))
                sys.stderr.write(" ".join(line.split()) + "\n")
            continue
        _say(words.text(LINE, row=row.number, result=standing_said(row, words)))
        for _, _, _, column, what in report_lines(row, words):
            if what:
                _say(f"    {words.text(LINE_COLUMN, row=row.number, column=column, what=what)}")
    if columns := unread(dry.opened):
        _say(words.text(UNREAD, columns=", ".join(columns)))
    for standing in RowStanding:
        _say(words.text(COUNTED, standing=words.text(standing.value), count=dry.count(standing)))


def _imports(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        for run in imports(office):
            _say(f"{run.id}\t{words.moment(run.made_at)}\t{run.children}\t{run.cases}")
    finally:
        office.close()
    return 0


def _undo(said: argparse.Namespace, words: Words) -> int:
    try:
        import_id = UUID(said.id)
    except ValueError as error:
        raise Refusal(NO_SUCH_ID, text=said.id) from error
    office = opened(said, words)
    try:
        undo_import(office, import_id)
    finally:
        office.close()
    _say(words.text(TAKEN_BACK))
    return 0


def _export(said: argparse.Namespace, words: Words) -> int:
    lock = paper_password(words) if said.lock else None
    office = opened(said, words)
    try:
        rows = export_cases(office, said.file, reason=said.reason, passphrase=lock)
    finally:
        office.close()
    _say(words.plural("{n} case", "{n} cases", rows))
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
