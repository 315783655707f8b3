"""The commands by which lists come in and go out: the empty list, bringing one in, taking it back, giving cases out."""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from casemgr.cli_office import Command, opened, paper_password
from casemgr.i18n import N_, Words
from casemgr.khmer.search import search_key
from casemgr.services.import_checking import check_list
from casemgr.services.import_columns import BY_KEY
from casemgr.services.import_files import (
    children_left_out,
    column_said,
    export_cases,
    left_out_said,
    report_lines,
    save_report,
    save_template,
    standing_said,
)
from casemgr.services.import_map import read_map, save_map, told_columns
from casemgr.services.import_reading import OpenList, open_list, unread
from casemgr.services.import_told import DryRun, RowStanding
from casemgr.services.importing import NOTHING_NEW, WRONG_ROWS, import_list, imports, undo_import
from casemgr.services.office import Office
from casemgr.trouble import Refusal

NO_SUCH_ID = N_("{text} is not the identity of an import. “imports” lists them.")
COUNTED = N_("{standing}: {count}")
LINE = N_("Row {row}: {result}")
LINE_COLUMN = N_("Row {row}, {column}: {what}")
UNREAD = N_("Not read: {columns}")
READ_AS = N_("“{name}” is read as: {column} ({key})")
UNSAID = N_("Words under {column} ({key}) of which nobody has said what they mean: {count}")
HELP = N_(
    "Each row is looked at first. Where one is to be mended nothing is written, unless it is left out. Columns of an "
    "office's own list are known by their headings, by --map, or as they were chosen before, here or in the window."
)
TEMPLATE_HELP = N_("The workbook has the columns, the answers and all villages with their codes, in both languages.")
COLUMNS_HELP = N_(
    "Nothing is written into the office. With -o the answer is a file in which each column of the list has the name of "
    "a column here, or null where it is not read, and each word a code; change it and give it to 'import' with --map."
)
WRITTEN = N_("{children} new children and {cases} cases were written; {here} rows were here already, {out} left out.")
UNDO_WITH = N_("Take it back with: undo-import {id}")
TAKEN_BACK = N_("The import was taken back.")
ITSELF = N_("This is the list itself. Choose another name, so that the list stays.")


def add_commands(commands: Any, words: Words) -> None:
    """Add these commands to those of the program, with their help in these words."""
    add = partial(Command, commands, words)
    empty = add("template", N_("write the empty list that 'import' reads, to be filled one case in each row"),
                TEMPLATE_HELP)  # fmt: skip
    empty.add("file", type=Path, metavar="FILE.xlsx", message=N_("where to write it"))
    empty.parser.set_defaults(run=_template)

    bring = add("import", N_("bring in a list of cases, all of it or nothing"), HELP)
    _add_list(bring)
    bring.add("--dry-run", action="store_true", message=N_("tell what would become of each row; write nothing"))
    bring.add("--report", type=Path, metavar="FILE.xlsx", message=N_("write what was found to a file as well"))
    bring.add("--leave-out-wrong", action="store_true", message=N_("write the others where rows are to be mended"))
    bring.parser.set_defaults(run=_import)

    columns = add("columns", N_("tell as what each column of a list is read, before it is brought in"), COLUMNS_HELP)
    _add_list(columns)
    columns.add(
        "-o", "--output", type=Path, metavar="MAP.json", message=N_("write it to a file, to be changed there for --map")
    )
    columns.parser.set_defaults(run=_columns)

    listed = add("imports", N_("list the imports that can be taken back"))
    listed.parser.set_defaults(run=_imports)

    back = add("undo-import", N_("take back all that an import brought"))
    back.add("id", metavar="ID", message=N_("as 'imports' gives it"))
    back.parser.set_defaults(run=_undo)

    out = add("export", N_("write all cases as a list that 'import' reads, with names"))
    out.add("file", type=Path, metavar="FILE.xlsx|csv", message=N_("where to write it"))
    out.add("--reason", required=True, metavar="TEXT", message=N_("why; kept in the history"))
    out.add("--lock", action="store_true",
            message=N_("lock the workbook with a password, taken from CASEMGR_PAPER_PASSWORD or asked for"),
    )  # fmt: skip
    out.parser.set_defaults(run=_export)


def _add_list(command: Command) -> None:
    command.add(
        "file", type=Path, metavar="FILE.xlsx|csv", message=N_("the list; one of its first rows names the columns")
    )
    command.add(
        "--map", type=Path, metavar="MAP.json",
        message=N_("what the columns and words mean (see 'columns'); remembered once the list is brought in"),
    )  # fmt: skip


def _template(said: argparse.Namespace, _words: Words) -> int:
    save_template(said.file)
    return 0


def _import(said: argparse.Namespace, words: Words) -> int:
    _demand_another(said.file, said.report)
    office = opened(said, words)
    try:
        listed = _listed(office, said)
        if said.map is not None or not listed.is_ours:
            _tell_columns(listed, words)
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


def _listed(office: Office, said: argparse.Namespace) -> OpenList:
    listed = open_list(office, said.file)
    return listed if said.map is None else read_map(listed, said.map)


def _demand_another(listed: Path, written: Path | None) -> None:
    """Raise Refusal where what is to be written would take the place of the list that is read."""
    if written is not None and written.resolve() == listed.resolve():
        raise Refusal(ITSELF)


def _columns(said: argparse.Namespace, words: Words) -> int:
    _demand_another(said.file, said.output)
    office = opened(said, words)
    try:
        listed = _listed(office, said)
    finally:
        office.close()
    _tell_columns(listed, words)
    if said.output is not None:
        save_map(listed, said.output)
    return 0


def _tell_columns(listed: OpenList, words: Words) -> None:
    """Tell as what each column is read, and under which of them words stand that mean nothing yet; not which words."""
    for name, column in told_columns(listed):
        if column is not None:
            _say(words.text(READ_AS, name=name, column=words.text(column.label), key=column.key))
    for key in listed.mapping.columns.values():
        known = listed.mapping.meanings.get(key, {})
        if count := sum(search_key(word) not in known for word in listed.words_of(key)):
            _say(words.text(UNSAID, count=words.number(count), column=words.text(BY_KEY[key].label), key=key))
    if columns := unread(listed):
        _say(words.text(UNREAD, columns=", ".join(columns)))


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
        rows, left_out = export_cases(office, said.file, reason=said.reason, passphrase=lock), children_left_out(office)
    finally:
        office.close()
    _say(words.plural("{n} case", "{n} cases", rows))
    if left_out:
        _say(left_out_said(left_out, words))
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
