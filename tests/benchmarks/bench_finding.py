"""From keystroke to list, and the look for the same child before a save, in an office of 100,000 children.

Beside each stand two things a program could do without keys of its own: ask the table by SQL, raw and through the same
cipher (every name that has the typed letters in it; every child of that name or birth), and let rapidfuzz go once
through all names, which are already in memory.
"""

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child, Sex
from casemgr.services import finding, practice, same_child
from casemgr.services.office import Office
from casemgr.services.practice_names import FAMILY, FEMALE, MALE, VILLAGES
from casemgr.store import search_index
from casemgr.store.engine import connect
from casemgr.store.search_terms import list_keys

CHILDREN = 100_000
TYPED, CHECKED = 300, 200
SHOWN = 20


def children(count: int, chance: random.Random) -> Iterable[Child]:
    """Yield invented children; one in three has a given name of two, so that there are some ten thousand names."""
    for number in range(count):
        family, given = chance.choice(FAMILY), chance.choice(MALE + FEMALE)
        second = chance.choice(MALE + FEMALE) if number % 3 == 0 else ("", "")
        child = Child(
            id=uuid4(), code=f"SR-C-{number:06}", family_name_km=family[0], family_name_latin=family[1],
            given_name_km=given[0] + second[0], given_name_latin=given[1] + second[1].lower(),
            sex=chance.choice((Sex.MALE, Sex.FEMALE)), village_code=chance.choice(VILLAGES),
            born=PartialDate.on(date(2005, 1, 1) + timedelta(days=chance.randrange(5500))),
            phone=f"0{chance.randrange(10**8, 10**9)}", version=1, created_at=clock.now(), changed_at=clock.now(),
        )  # fmt: skip
        child.search_key, child.sort_key_km = list_keys(child)
        yield child


def fill(office: Office, made: list[Child]) -> float:
    """Write children and a case of each; return the seconds that the keys of all of them took."""
    tables: Any = Child.__table__, Case.__table__
    with office.store.write() as work:
        connection = work.session.connection()
        for start in range(0, len(made), 5000):
            some = made[start : start + 5000]
            connection.execute(sa.insert(tables[0]), [_row(tables[0], child) for child in some])
            cases = [
                Case(id=uuid4(), child_id=child.id, number=f"SR-2026-{start + at:06}", opened_on=date(2026, 1, 5),
                     status=CaseStatus.OPEN, version=1, created_at=clock.now(), changed_at=clock.now())
                for at, child in enumerate(some)
            ]  # fmt: skip
            connection.execute(sa.insert(tables[1]), [_row(tables[1], case) for case in cases])
        begun = time.perf_counter()
        search_index.make_anew(connection)
    return time.perf_counter() - begun


def _row(table: Any, record: Any) -> dict[str, Any]:
    return {column.name: getattr(record, column.name) for column in table.columns}


def typings(made: list[Child], chance: random.Random) -> list[str]:
    """Return what a worker may have typed so far: two letters and more, either script, one word or two."""
    typed = []
    for child in chance.sample(made, TYPED):
        script = chance.choice(("km", "latin"))
        family, given = (getattr(child, f"{part}_name_{script}") for part in ("family", "given"))
        whole = chance.choice((family, given, f"{family} {given}"))
        typed.append(whole[: chance.randint(2, len(whole))].strip())
    return [each for each in typed if len(each) > 1]


def timed(work: Callable[[Any], Any], asked: Iterable[Any]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds."""
    took = []
    for each in asked:
        begun = time.perf_counter()
        work(each)
        took.append((time.perf_counter() - begun) * 1000)
    return {"median_ms": round(statistics.median(took), 2), "p95_ms": round(statistics.quantiles(took, n=20)[-1], 2)}


def run(count: int = CHILDREN) -> dict[str, object]:
    """Measure both; the first few of each are thrown away."""
    chance, folder = random.Random(1), Path(tempfile.mkdtemp())  # noqa: S311  (of invented names)
    office = practice.new_practice_office(folder / "office")
    try:
        made = list(children(count, chance))
        seconds = fill(office, made)
        typed, checked = typings(made, chance), chance.sample(made, CHECKED)
        persons = [same_child.person_of(child) for child in checked]
        raw = connect(folder / "office" / "office.db", office.store._data_key)
        size = (folder / "office" / "office.db").stat().st_size
        for each in typed[:20]:
            finding.find_children(office, each, limit=SHOWN)
            raw_search(raw, each)
        answer: dict[str, Any] = {
            "keystroke": timed(lambda each: finding.find_children(office, each, limit=SHOWN), typed),
            "check": timed(lambda each: same_child.candidates(office, each), persons),
        }
        beside = {
            "keystroke": {"sql": timed(lambda each: raw_search(raw, each), typed)},
            "check": {"sql": timed(lambda each: raw_same(raw, each), checked)},
        }
        raw.close()
    finally:
        office.close()
        shutil.rmtree(folder)
    for name, scan in _scans(made, typed, checked).items():
        beside[name]["rapidfuzz"] = scan
    for name, others in beside.items():
        ours = answer[name]["p95_ms"]
        answer[name] |= others | {f"{other}_ratio": round(ours / each["p95_ms"], 2) for other, each in others.items()}
        answer[name] |= {f"{other}_goal": 1 for other in others}
    return answer | {"children": count, "keys_made_in_s": round(seconds, 1), "office_mb": round(size / 1e6)}


def raw_search(raw: Any, typed: str) -> Any:
    """Ask for every child whose key has the letters in it, in the order of the list."""
    words = finding.words_of(typed)
    where = " AND ".join("search_key LIKE ?" for _ in words)
    asked = (
        f"SELECT id, code, family_name_km, given_name_km FROM child WHERE {where} ORDER BY sort_key_km LIMIT {SHOWN}"  # noqa: S608
    )
    return raw.execute(asked, [f"%{word}%" for word in words]).fetchall()


def raw_same(raw: Any, child: Child) -> Any:
    """Ask for every child of the very name, or born on the very day and of one sex."""
    return raw.execute(
        "SELECT id, code FROM child WHERE (family_name_km = ? AND given_name_km = ?)"
        " OR (family_name_latin = ? AND given_name_latin = ?) OR (born = ? AND sex = ?)",
        (child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin, str(child.born),
         child.sex.value if child.sex else None),
    ).fetchall()  # fmt: skip


def _scans(made: list[Child], typed: list[str], checked: list[Child]) -> dict[str, dict[str, float]]:
    """Return how long rapidfuzz takes to weigh all names once, for each."""
    names = [child.search_key for child in made]

    def scan(name: str) -> Any:
        return process.extract(name, names, scorer=fuzz.partial_ratio, limit=SHOWN)

    def scan_whole(child: Child) -> Any:
        return process.extract(child.search_key, names, scorer=fuzz.token_sort_ratio, limit=SHOWN)

    return {"keystroke": timed(scan, typed[:60]), "check": timed(scan_whole, checked[:60])}


if __name__ == "__main__":
    sys.stdout.write(f"{run(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)}\n")
