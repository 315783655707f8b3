"""The commands for the list of cases: narrowed, with chosen columns, as saved under a name, as a file."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from casemgr.cli_measures import kind_of_file, passphrase_for
from casemgr.cli_office import opened, write_json
from casemgr.exchange.json_file import shown
from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.records.plain import to_plain
from casemgr.services import case_list, lists, saved_lists
from casemgr.services.case_columns import BY_KEY
from casemgr.services.case_list import FILTER_BY_KEY, FILTERS, ORDERS, WORKER, CaseView
from casemgr.services.list_export import export_listing
from casemgr.services.list_files import ListKind
from casemgr.services.listing import every
from casemgr.services.office import Office
from casemgr.trouble import Refusal

NO_FILTER = N_("There is no such filter, or no such choice of it: {filter}.")
NO_COLUMN = N_("There is no such column: {column}.")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to those of the program."""
    cases = commands.add_parser(
        "cases", help="list the cases, narrowed by filters or as a saved list; as text, JSON or a file",
        description=f"Filters: {'; '.join(map(_described, FILTERS))}. Several choices of one filter are set apart by "
        "commas, and any of them is enough; of several filters all must fit. Columns: "
        f"{', '.join(BY_KEY)}. With names a file needs --reason and a passphrase, which is taken from "
        "CASEMGR_PASSPHRASE or asked for.",
    )  # fmt: skip
    cases.add_argument("--json", action="store_true", help="as JSON")
    cases.add_argument("--list", dest="saved", metavar="NAME", help="begin with a saved list")
    cases.add_argument(
        "--filter", action="append", default=[], metavar="FILTER=CHOICES", help="such as stage=trial,appeal"
    )
    cases.add_argument("--columns", metavar="COLUMNS", help="such as number,name,due")
    cases.add_argument("--order", choices=list(ORDERS), help="of the rows (default newest)")
    cases.add_argument("--search", default="", metavar="TEXT", help="letters of a name, or a number")
    cases.add_argument(
        "-o", "--output", type=Path, metavar="FILE.xlsx|csv|pdf", help="write or print the list to a file"
    )
    cases.add_argument("--with-names", action="store_true", help="the file bears the names; else codes")
    cases.add_argument("--reason", metavar="TEXT", help="why the file with names is needed; kept in the history")
    cases.add_argument("--language", choices=LANGUAGES, help="language of the file (default the office's)")
    cases.set_defaults(run=_cases)
    listed = commands.add_parser("lists", help="name the saved lists of cases")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.set_defaults(run=_lists)


def _described(known: case_list.CaseFilter) -> str:
    codes = [option.code for option in known.options(Words("en"))]
    asked = {"place": "codes of places", WORKER: "names"}.get(known.key)
    return f"{known.key} ({', '.join([asked, *codes] if asked else codes)})"


def _lists(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        rows = saved_lists.saved_lists(office)
    finally:
        office.close()
    if said.json:
        write_json(
            [{"id": str(row.id), "name": row.name, "for_everybody": row.shared, "by": row.owner} for row in rows]
        )
        return 0
    for row in rows:
        sys.stdout.write(f"{shown(row.name)}\n")
    return 0


def _cases(said: argparse.Namespace, words: Words) -> int:
    form = None if said.output is None else kind_of_file(said.output, ListKind)
    office = opened(said, words)
    try:
        if form is None and not (said.saved or said.filter or said.columns or said.order or said.search):
            return _all_cases(office, words, as_json=said.json)
        view = _view(office, said, words)
        if form is not None:
            return _file(office, view, form, said, words)
        _told(office, view, said, words)
    finally:
        office.close()
    return 0


def _all_cases(office: Office, words: Words, *, as_json: bool) -> int:
    """List all cases as they are kept, as it was before there were filters."""
    rows: list[lists.CaseRow] = list(every(lambda after, limit: lists.cases(office, limit=limit, after=after)))
    lists.log_exported(office, "cases", "json" if as_json else "text")
    if as_json:
        write_json([{name: _plain(value) for name, value in row._asdict().items()} for row in rows])
        return 0
    for row in rows:
        stage = words.text(row.stage.label) if row.stage else ""
        sys.stdout.write(f"{row.number}\t{words.date(row.opened_on)}\t{stage}\n")
    return 0


def _plain(value: Any) -> Any:
    plain = to_plain(value)
    return plain if isinstance(plain, (str, int, list, dict, type(None))) else str(plain)


def _view(office: Office, said: argparse.Namespace, words: Words) -> CaseView:
    """Return what is asked for; what of a saved list was left out is told on stderr."""
    view = CaseView({})
    if said.saved:
        _, read = saved_lists.open_list(office, saved_lists.list_named(office, said.saved))
        view = read.view
        if told := read.said(words):
            sys.stderr.write(told + "\n")
    chosen: dict[str, list[str]] = {}
    for asked in said.filter:  # what is said of one filter twice counts together, as in one list of choices
        key, _, choices = asked.partition("=")
        chosen.setdefault(key, []).extend(_codes(office, key, choices))
    for key, codes in chosen.items():
        view = view.choosing(key, list(dict.fromkeys(codes)))
    if said.columns:
        columns = tuple(part.strip() for part in said.columns.split(","))
        for column in columns:
            if column not in BY_KEY:
                raise Refusal(NO_COLUMN, column=column)
        view = replace(view, columns=columns)
    return replace(view, order=said.order or view.order)


def _codes(office: Office, key: str, choices: str) -> list[str]:
    known = FILTER_BY_KEY.get(key)
    codes = [part.strip() for part in choices.split(",") if part.strip()]
    if known is not None and key == WORKER:
        named = {name.casefold(): code for code, names in case_list.workers(office).items() for name in names}
        codes = [named.get(" ".join(code.split()).casefold(), code) for code in codes]
    if known is None or not codes or not all(map(known.knows, codes)):
        raise Refusal(NO_FILTER, filter=f"{key}={choices}")
    return codes


def _file(office: Office, view: CaseView, form: ListKind, said: argparse.Namespace, words: Words) -> int:
    listing = case_list.cases_listing(office, view, said.search, case_list.workers(office))
    rows = export_listing(
        office, said.output, form, listing, named=said.with_names, reason=said.reason, language=said.language,
        passphrase=passphrase_for(form, words, wanted=said.with_names and bool((said.reason or "").strip())),
    )  # fmt: skip
    sys.stdout.write(words.plural("{n} row", "{n} rows", rows) + "\n")
    return 0


def _told(office: Office, view: CaseView, said: argparse.Namespace, words: Words) -> None:
    shown = case_list.columns_of(office, view)
    rows = list(every(lambda after, limit: case_list.case_page(office, view, said.search, limit=limit, after=after)))
    lists.log_exported(office, "cases", "json" if said.json else "text")
    told = [{column.key: column.said(row, words) for column in shown} for row in rows]
    if said.json:
        write_json(told)
        return
    for row in told:
        sys.stdout.write("\t".join(row.values()) + "\n")
