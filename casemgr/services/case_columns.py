"""The columns of the list of cases. A new one is an entry of COLUMNS, with what it needs (casemgr.store.case_list)."""

from datetime import date, datetime
from typing import Any

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.exchange.table import CellKind, Value
from casemgr.i18n import N_, Words
from casemgr.law.ages import age_range, is_doubtful
from casemgr.places import parents, place, place_name
from casemgr.records.child import full_name
from casemgr.records.stage import day_of
from casemgr.services.listing import ListColumn, province_said
from casemgr.services.running_clocks import CLOCK_LABELS
from casemgr.store.case_list import CaseLine

BETWEEN, IN_DOUBT = N_("{youngest} to {oldest}"), N_("{age}, age in doubt")
SINCE_UNKNOWN = N_("since an unknown day")
_NAMES = ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "nickname", "code")
_DUE = ("next_due", "next_whole_day")
_HELD = ("in_custody", "in_detention", "in_prison", "custody_since", "detention_since", "prison_since")


def called(told: dict[str, Any], language: str) -> str:
    """Return the name of a case's child in the script of that language, else in the other, else what stands for it."""
    written = full_name(
        told["family_name_km"], told["given_name_km"], told["family_name_latin"], told["given_name_latin"], language
    )
    return written or told["nickname"] or told["code"] or "–"


def _other(language: str) -> str:
    return "en" if language == "km" else "km"


def _name(row: CaseLine, words: Words) -> Value:
    return called(row.told, words.language)


def _other_name(row: CaseLine, words: Words) -> Value:
    first, second = called(row.told, words.language), called(row.told, _other(words.language))
    return second if second != first else None


def _plain(name: str) -> Any:
    """Return what tells an answer as it is kept."""
    return lambda row, _words: row.told[name]


def _choice(name: str) -> Any:
    """Return what tells a coded answer in words."""
    return lambda row, words: words.text(row.told[name].label) if row.told[name] else None


def age_told(born: PartialDate | None, on: PartialDate | None, words: Words) -> str | None:
    """Return the completed years on a day: one number, or the range; in doubt where the law treats its ends apart."""
    ages = age_range(born, on)
    if ages is None:
        return None
    youngest, oldest = words.number(ages.youngest), words.number(ages.oldest)
    said = youngest if youngest == oldest else words.text(BETWEEN, youngest=youngest, oldest=oldest)
    return words.text(IN_DOUBT, age=said) if is_doubtful(ages) else said


def _age_now(row: CaseLine, words: Words) -> Value:
    return age_told(row.told["born"], PartialDate.on(clock.today()), words)


def _age_then(row: CaseLine, words: Words) -> Value:
    return age_told(row.told["born"], row.told["committed_on"], words)


def _place(length: int) -> Any:
    """Return what names the part of the home whose code has that length."""

    def said(row: CaseLine, words: Words) -> Value:
        code = row.told["village_code"]
        if not code:
            return None
        if length == len(code):
            return place_name(code, words.language)
        found = next((each for each in (place(code), *parents(code)) if each and len(each.code) == length), None)
        return found.name(words.language) if found else None

    return said


def _province(row: CaseLine, words: Words) -> Value:
    return province_said(row.told["village_code"], words)


def _worker(row: CaseLine, words: Words) -> Value:
    names: tuple[str | None, str | None] = row.told["worker_km"], row.told["worker_latin"]
    first, second = names if words.language == "km" else names[::-1]
    return first or second


def _arrested(row: CaseLine, _words: Words) -> Value:
    at: datetime | None = row.told["arrested_at"]
    return day_of(at) if at else None


def _due(row: CaseLine, words: Words) -> Value:
    """Return the next deadline: a moment, or, where the whole day counts, its date in words."""
    due: datetime | None = row.told["next_due"]
    return words.date(due.date()) if due is not None and row.told["next_whole_day"] else due


def _due_what(row: CaseLine, words: Words) -> Value:
    rule = row.told["next_rule"]
    return words.text(CLOCK_LABELS.get(rule, rule)) if rule else None


def _days_held(row: CaseLine, words: Words) -> Value:
    """Return the days since the last custody that goes on began, the first and today both counted."""
    told = row.told
    if not (told["in_custody"] or told["in_detention"] or told["in_prison"]):
        return None
    began = [day_of(told[name]) for name in _HELD[3:] if told[name] is not None]
    return max((clock.today() - max(began)).days + 1, 1) if began else words.text(SINCE_UNKNOWN)


def _contact(row: CaseLine, _words: Words) -> Value:
    """Return the day of the last follow-up that reached somebody, visit in detention, or note of a contact."""
    found: list[date] = [day_of(row.told[name]) for name in ("followed_on", "visited_on", "noted_at") if row.told[name]]
    return max((day for day in found if day <= clock.today()), default=None)


def _hearing(row: CaseLine, _words: Words) -> Value:
    at: datetime | None = row.told["next_hearing"]
    return day_of(at) if at else None


_MOMENT, _DATE, _NUMBER = CellKind.MOMENT, CellKind.DATE, CellKind.NUMBER
COLUMNS = (
    ListColumn("number", N_("Case"), _plain("number"), share=14, least=124, strong=True, needs=("number",)),
    ListColumn("code", N_("Code of the child"), _plain("code"), share=11, least=160, needs=("code",)),
    ListColumn(
        "name", N_("Child"), _name, share=20, least=130, names=True, coded=_plain("code"), needs=_NAMES
    ),
    ListColumn("other-name", N_("Name in the other script"), _other_name, share=16, least=196, spare=True, names=True,
               needs=_NAMES),
    ListColumn("sex", N_("Sex"), _choice("sex"), share=7, least=64, needs=("sex",)),
    ListColumn("age", N_("Age today"), _age_now, share=11, least=190, names=True, needs=("born",)),
    ListColumn("age-then", N_("Age at the offence"), _age_then, share=11, least=190, needs=("born", "committed_on")),
    ListColumn("stage", N_("Stage of the procedure"), _choice("stage"), share=18, least=200, needs=("stage",)),
    ListColumn("status", N_("Status"), _choice("status"), share=9, least=80, spare=True, needs=("status",)),
    ListColumn("village", N_("Village"), _place(8), share=14, least=110, names=True, needs=("village_code",)),
    ListColumn("commune", N_("Commune or sangkat"), _place(6), share=14, least=180, names=True,
               needs=("village_code",)),
    ListColumn("district", N_("District"), _place(4), share=14, least=110, names=True, needs=("village_code",)),
    ListColumn("province", N_("Province"), _province, share=13, least=110, needs=("village_code",)),
    ListColumn("worker", N_("Our worker"), _worker, share=15, least=180, names=True,
               needs=("worker_km", "worker_latin")),
    ListColumn("offence", N_("Kind of offence"), _choice("offence"), share=18, least=140, needs=("offence",)),
    ListColumn("class", N_("Class"), _choice("offence_class"), share=12, least=170, needs=("offence_class",)),
    ListColumn("opened", N_("Opened on"), _plain("opened_on"), _DATE, share=11, least=112, spare=True,
               needs=("opened_on",)),
    ListColumn("arrested", N_("Arrested on"), _arrested, _DATE, share=11, least=130, needs=("arrested_at",)),
    ListColumn("held", N_("Days held"), _days_held, _NUMBER, share=10, least=140, needs=_HELD),
    ListColumn("due", N_("Next deadline"), _due, _MOMENT, share=17, least=168, needs=_DUE, empty="–"),
    ListColumn("due-what", N_("What is due"), _due_what, share=20, least=150, needs=("next_rule",)),
    ListColumn("contact", N_("Last contact"), _contact, _DATE, share=12, least=160,
               needs=("followed_on", "visited_on", "noted_at")),
    ListColumn("hearing", N_("Next hearing"), _hearing, _DATE, share=11, least=130, needs=("next_hearing",)),
    ListColumn("court", N_("Court or prosecution office"), _plain("court"), share=18, least=230, needs=("court",)),
    ListColumn("court-number", N_("Case number at the court"), _plain("court_number"), share=14, least=200, names=True,
               needs=("court_number",)),
    ListColumn("police-number", N_("Police report number"), _plain("police_report_number"), share=14, least=200,
               names=True, needs=("police_report_number",)),
)  # fmt: skip
"""All columns, in the order in which they are offered."""

BY_KEY = {column.key: column for column in COLUMNS}
USUAL = ("number", "name", "other-name", "stage", "status", "opened", "due")
"""The columns that are shown unless others are chosen."""
