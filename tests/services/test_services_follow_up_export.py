"""What of the follow-up list leaves the office: with names locked and for a reason, else nobody to be recognised."""

import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msoffcrypto
import openpyxl
import pypdfium2
import pytest
from followed import CANARY, CANARY_PHONE, follow_up, offended, released

from casemgr import clock
from casemgr.exchange.csv_file import text_of
from casemgr.measures.indicators.values import Period
from casemgr.records.kept import AuditEntry
from casemgr.services import follow_ups
from casemgr.services.follow_up_export import export_follow_ups
from casemgr.services.follow_up_tables import CODED, FULL
from casemgr.services.indicator_export import export_indicators
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office, open_office
from casemgr.trouble import Refusal, Stopped, Trouble

PASSWORD = "correct horse battery staple"
PASSPHRASE = "seven ducks over Tonle Sap"
DAYS = (3, 17, 40, 41, 42, 43, 44, 100, 130, 200)


@pytest.fixture(scope="module")
def made_followed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with ten released children, whose days of release are known; made once and copied."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("followed") / "office"))
    office = open_office(folder, "", PASSWORD)
    for days in DAYS:
        case = released(office, clock.today() - timedelta(days=days))
        follow_up(office, case, clock.today() - timedelta(days=1), notes=f"{CANARY} {CANARY_PHONE}")
        if days == 200:
            offended(office, case, clock.today() - timedelta(days=150))
    office.close()
    return folder


@pytest.fixture
def followed(made_followed: Path, tmp_path: Path) -> Iterator[Office]:
    """That office, open."""
    shutil.copytree(made_followed, tmp_path / "office")
    office = open_office(tmp_path / "office", "", PASSWORD)
    yield office
    office.close()


def lines(office: Office) -> list[AuditEntry]:
    with office.read() as work:
        return [each for each in work.find(AuditEntry) if each.action == "exported"]


def unlocked(path: Path) -> openpyxl.Workbook:
    opened = io.BytesIO()
    with path.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=PASSPHRASE)
        locked.decrypt(opened)
    return openpyxl.load_workbook(opened)


def rows_of(path: Path) -> Iterator[list[str]]:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            yield [text_of(cell) for cell in row]


def test_with_names_it_is_locked_and_written_down(followed: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    asked = follow_ups.filter_of(followed)
    told: list[tuple[int, int]] = []
    written = export_follow_ups(
        followed, path, ListKind.WORKBOOK, asked, passphrase=PASSPHRASE, reason=" Round of calls ", language="en",
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert written == len(DAYS)
    assert told[-1] == (10, 10)
    raw = path.read_bytes()
    assert not any(word.encode(code) in raw for word in (CANARY, CANARY_PHONE) for code in ("utf-8", "utf-16-le"))
    sheet = unlocked(path).active
    assert sheet is not None
    table = list(sheet.iter_rows(values_only=True))
    rows = follow_ups.follow_up_list(followed)
    keys = [column.key for column in FULL]
    shown = table[2 : 2 + len(rows)]
    assert [line[keys.index("number")] for line in shown] == [row.case_number for row in rows]
    assert {line[keys.index("name_latin")] for line in shown} == {CANARY}
    assert {line[keys.index("phone")] for line in shown} == {CANARY_PHONE}
    assert [line[keys.index("on")].date() for line in shown] == [row.index_on for row in rows]
    assert [line[keys.index("overdue")] for line in shown] == [row.days_overdue for row in rows]
    (line,) = lines(followed)
    assert (line.staff_id, line.why) == (followed.staff.id, "Round of calls")
    said = {name: value for name, (_, value) in json.loads(line.changes or "{}").items()}
    assert said == {"what": "follow-ups", "how": "xlsx", "rows": 10, "pseudonymised": False, "language": "en",
                    "as_of": clock.today().isoformat()}  # fmt: skip
    assert PASSPHRASE not in (line.changes or "")


def test_paper_with_names_is_locked(followed: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    export_follow_ups(
        followed, path, ListKind.PAPER, follow_ups.filter_of(followed), passphrase=PASSPHRASE, reason="x", language="en"
    )  # fmt: skip
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(path)
    document = pypdfium2.PdfDocument(path, password=PASSPHRASE)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert CANARY in text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (ListKind.CSV, {"passphrase": PASSPHRASE, "reason": "x"}),
        (ListKind.WORKBOOK, {"passphrase": PASSPHRASE}),
        (ListKind.WORKBOOK, {"passphrase": PASSPHRASE, "reason": "  "}),
        (ListKind.WORKBOOK, {"reason": "x"}),
        (ListKind.PAPER, {"reason": "x", "passphrase": ""}),
        (ListKind.PAPER, {"reason": "x", "passphrase": "short"}),
    ],
)
def test_names_never_leave_open_or_without_a_reason(
    followed: Office, tmp_path: Path, form: ListKind, said: dict[str, str]
) -> None:
    path = tmp_path / f"list.{form.value}"
    path.write_text("old")
    with pytest.raises(Refusal):
        export_follow_ups(followed, path, form, follow_ups.filter_of(followed), **said)  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert lines(followed) == []


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("form", ListKind)
def test_without_names_nobody_can_be_recognised(
    followed: Office, tmp_path: Path, form: ListKind, language: str
) -> None:
    path = tmp_path / f"list.{form.value}"
    written = export_follow_ups(
        followed, path, form, follow_ups.filter_of(followed), pseudonymised=True, language=language
    )
    assert written == len(DAYS)
    if form is ListKind.PAPER:
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        text = text.replace(clock.today().strftime("%d-%m-%Y"), "")  # printed on
    elif form is ListKind.WORKBOOK:
        book = openpyxl.load_workbook(path)
        text = repr([[cell.value for cell in row] for sheet in book for row in sheet])
    else:
        text = path.read_text("utf-8")
    rows = follow_ups.follow_up_list(followed)
    assert rows[0].child_code in text
    days = {day for row in rows for day in (row.index_on, row.next_due, row.last_contact_on) if day is not None}
    told = {told for day in days for told in (day.isoformat(), day.strftime("%d-%m-%Y"), str(day))}
    canaries = {CANARY, "ស្រីសម្គាល់", CANARY_PHONE, "088 777", "17100401", "សាលាកំរើក", rows[0].case_number}
    assert not {word for word in canaries | told if word in text}
    said = json.loads(lines(followed)[0].changes or "{}")
    assert (said["pseudonymised"], said["rows"]) == ([None, True], [None, 10])


def test_small_groups_are_coarsened_in_the_file(followed: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    export_follow_ups(followed, path, ListKind.CSV, follow_ups.filter_of(followed), pseudonymised=True, language="en")
    keys = [column.key for column in CODED]
    picked = [keys.index(key) for key in ("month", "province", "offence_class", "kind", "age_band", "sex")]
    groups = Counter(tuple(row[place] for place in picked) for row in list(rows_of(path))[1:])
    assert sum(groups.values()) == len(DAYS)
    assert min(groups.values()) >= 5


def test_stopped_or_failing_it_leaves_nothing(followed: Office, tmp_path: Path) -> None:
    path, asked = tmp_path / "list.csv", follow_ups.filter_of(followed)
    path.write_text("old")
    with pytest.raises(Stopped):
        export_follow_ups(followed, path, ListKind.CSV, asked, pseudonymised=True, cancelled=lambda: True)
    assert path.read_text() == "old"
    for place in (tmp_path / "nowhere" / "list.csv", followed.folder / "list.csv", tmp_path):
        with pytest.raises((Refusal, Trouble)):
            export_follow_ups(followed, place, ListKind.CSV, asked, pseudonymised=True)
    assert lines(followed) == []
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["list.csv"]


def test_a_list_longer_than_a_page_is_whole(followed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / f"{number}.csv" for number in range(2)]
    for path, at_once in zip(paths, (500, 3), strict=True):
        monkeypatch.setattr("casemgr.services.follow_up_export.AT_ONCE", at_once)
        export_follow_ups(followed, path, ListKind.CSV, follow_ups.filter_of(followed), pseudonymised=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_filtered_list_holds_its_rows_alone(followed: Office, tmp_path: Path) -> None:
    asked = follow_ups.filter_of(followed, as_of=clock.today() - timedelta(days=50))
    path = tmp_path / "list.csv"
    assert export_follow_ups(followed, path, ListKind.CSV, asked, pseudonymised=True) == 3


def test_indicators_leave_without_small_numbers(followed: Office, tmp_path: Path) -> None:
    path = tmp_path / "indicators.xlsx"
    period = Period(date(2024, 1, 1), clock.today())
    export_indicators(followed, path, ListKind.WORKBOOK, period, by="sex", language="en")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    table = [[cell.value for cell in row] for row in sheet]
    assert not {line[6] for line in table if isinstance(line[6], int)} & {1, 2, 3, 4}
    assert any("Median" in str(line[3]) for line in table)
    (line,) = lines(followed)
    assert json.loads(line.changes or "{}")["what"] == [None, "indicators"]
    with pytest.raises(Refusal):
        export_indicators(followed, path, ListKind.WORKBOOK, period, by="political")
