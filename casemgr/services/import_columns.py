"""The columns of the list by which cases are brought in and given out again: one row for each case."""

import enum
from dataclasses import dataclass
from functools import cache

from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.khmer.search import search_key
from casemgr.measures.index_events import IndexKind
from casemgr.records.case import OffenceCategory, OffenceClass
from casemgr.records.child import Sex
from casemgr.records.fields import Choice
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.follow_up_answers import ContactLevel


class ColumnKind(enum.Enum):
    """What a column holds."""

    CODE = "code"  # a text that names something; figures keep their leading zeros
    KHMER = "khmer"
    LATIN = "latin"
    TEXT = "text"
    PLACE = "place"
    CHOICE = "choice"
    DAY = "day"
    PARTIAL = "partial"  # a day, a month or a year
    MOMENT = "moment"  # date and time of day


@dataclass(frozen=True)
class ImportColumn:
    """A column. key: its name for ever. label, help: messages. others: what office lists call it. longest: signs."""

    key: str
    label: str
    kind: ColumnKind
    help: str = ""
    choices: type[Choice] | None = None
    others: tuple[str, ...] = ()
    longest: int = 200

    @property
    def of_child(self) -> bool:
        """Whether it tells of the child itself, alike in each of its cases."""
        return self.key in OF_CHILD


_DAY = N_("A date cell, or year-month-day such as 2026-11-24.")
_MOMENT = N_("Date and time of day, such as 2026-11-24 19:30.")
_PARTIAL = N_("A date cell, or as much as is known: 2011-03-12, 2011-03 or 2011.")
_CHOICE = N_("One of the codes in the list.")
_KHMER = N_("In Khmer Unicode, not in an old font such as Limon.")
_LATIN = N_("In Latin letters.")

COLUMNS: tuple[ImportColumn, ...] = (
    ImportColumn(
        "child_code", N_("Child code"), ColumnKind.CODE,
        N_("The same code means the same child. Leave it empty for a new child; the office then gives one."),
        others=("code", "ID", "child ID", "លេខកូដ", "អត្តលេខ"), longest=24,
    ),
    ImportColumn("family_name_km", N_("Family name in Khmer"), ColumnKind.KHMER, _KHMER,
                 others=("នាមត្រកូល", "គោត្តនាម", "family name (Khmer)")),
    ImportColumn("given_name_km", N_("Given name in Khmer"), ColumnKind.KHMER, _KHMER,
                 others=("នាមខ្លួន", "given name (Khmer)", "first name (Khmer)")),
    ImportColumn("family_name_latin", N_("Family name in Latin letters"), ColumnKind.LATIN, _LATIN,
                 others=("family name", "last name", "surname", "ត្រកូលឡាតាំង")),
    ImportColumn("given_name_latin", N_("Given name in Latin letters"), ColumnKind.LATIN, _LATIN,
                 others=("given name", "first name")),
    ImportColumn("sex", N_("Sex"), ColumnKind.CHOICE, _CHOICE, Sex, others=("gender", "ភេទ")),
    ImportColumn("date_of_birth", N_("Date of birth"), ColumnKind.PARTIAL, _PARTIAL,
                 others=("DOB", "birth date", "born", "ថ្ងៃកំណើត", "ថ្ងៃខែឆ្នាំកំណើត")),
    ImportColumn("village_code", N_("Village, commune, district, province"), ColumnKind.PLACE,
                 N_("The official code, as in the sheet of villages, or the name where there is one such place."),
                 others=("village", "address", "ភូមិ", "អាសយដ្ឋាន", "លេខកូដភូមិ")),
    ImportColumn("case_number", N_("Case number"), ColumnKind.CODE,
                 N_("The same number means the same case. Leave it empty for a new case."),
                 others=("case", "case no", "លេខករណី", "លេខសំណុំរឿង"), longest=24),
    ImportColumn("offence_category", N_("Kind of offence"), ColumnKind.CHOICE, _CHOICE, OffenceCategory,
                 others=("offence", "offense", "crime", "charge", "បទល្មើស", "ប្រភេទបទល្មើស")),
    ImportColumn("offence_class", N_("Class of the offence"), ColumnKind.CHOICE, _CHOICE, OffenceClass,
                 others=("class", "ថ្នាក់បទល្មើស")),
    ImportColumn("offence_date", N_("Date of the offence"), ColumnKind.PARTIAL, _PARTIAL,
                 others=("date of offense", "ថ្ងៃប្រព្រឹត្ត")),
    ImportColumn("arrested_at", N_("Arrested at"), ColumnKind.MOMENT, _MOMENT,
                 others=("arrested", "arrest date", "date of arrest", "ថ្ងៃចាប់ខ្លួន", "ថ្ងៃឃាត់ខ្លួន")),
    ImportColumn("arrived_at", N_("Arrived at the police unit"), ColumnKind.MOMENT, _MOMENT,
                 others=("arrived", "ថ្ងៃមកដល់")),
    ImportColumn("police_outcome", N_("Outcome at the police"), ColumnKind.CHOICE, _CHOICE, PoliceOutcome,
                 others=("outcome", "លទ្ធផល")),
    ImportColumn("index_type", N_("Release or order"), ColumnKind.CHOICE,
                 N_("From which a new offence is counted: the release after a sentence, a diversion, a measure."),
                 IndexKind, others=("index event", "release")),
    ImportColumn("index_date", N_("Date of the release or order"), ColumnKind.DAY, _DAY,
                 others=("release date", "date of release", "ថ្ងៃដោះលែង")),
    ImportColumn("last_contact_date", N_("Last followed up on"), ColumnKind.DAY, _DAY,
                 others=("last contact", "follow-up date", "ទាក់ទងចុងក្រោយ")),
    ImportColumn("event_level", N_("How far a new contact with the law went"), ColumnKind.CHOICE, _CHOICE,
                 ContactLevel, others=("level", "reoffending", "កម្រិត")),
    ImportColumn("event_offence_date", N_("Date of the new offence"), ColumnKind.PARTIAL, _PARTIAL,
                 others=("new offence date",)),
    ImportColumn("notes", N_("Notes"), ColumnKind.TEXT, others=("remark", "remarks", "note", "ផ្សេងៗ", "សម្គាល់"),
                 longest=32_767),
)  # fmt: skip
OF_CHILD = frozenset({
    "child_code", "family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "sex", "date_of_birth",
    "village_code",
})  # fmt: skip
FULL_NAMES: tuple[ImportColumn, ...] = (
    ImportColumn("name_km", N_("Family and given name in Khmer"), ColumnKind.KHMER, _KHMER,
                 others=("ឈ្មោះ", "នាម និងគោត្តនាម", "គោត្តនាម និងនាម", "name (Khmer)", "Khmer name")),
    ImportColumn("name_latin", N_("Family and given name in Latin letters"), ColumnKind.LATIN, _LATIN,
                 others=("name", "full name", "child name", "ឈ្មោះឡាតាំង", "ឈ្មោះជាអក្សរឡាតាំង")),
)  # fmt: skip
"""What lists of other programs have in one column; the first word is the family name, as names are written here."""
PARTS_OF_NAME = {
    "name_km": ("family_name_km", "given_name_km"), "name_latin": ("family_name_latin", "given_name_latin"),
}  # fmt: skip
BY_KEY = {column.key: column for column in (*COLUMNS, *FULL_NAMES)}

IN_THE_LIST: dict[str, tuple[Choice, ...]] = {
    "sex": (Sex.MALE, Sex.FEMALE),
    "offence_class": (OffenceClass.FELONY, OffenceClass.MISDEMEANOUR, OffenceClass.PETTY),
    "event_level": (ContactLevel.R1, ContactLevel.R2, ContactLevel.R3, ContactLevel.R4),
}
"""Of these columns the template offers only such answers; the others are read all the same."""

_ALSO: dict[str, dict[str, str]] = {
    "sex": {"m": "male", "f": "female", "boy": "male", "girl": "female", "ប": "male", "ស": "female", "ប្រុស": "male",
            "ស្រី": "female", "man": "male", "woman": "female"},
    "event_level": {f"r{level}": f"R{level}" for level in range(5)},
    "offence_class": {"misdemeanor": "misdemeanour", "crime": "felony", "បទឧក្រិដ្ឋ": "felony",
                      "បទមជ្ឈិម": "misdemeanour", "បទលហុ": "petty"},
}  # fmt: skip


def offered(column: ImportColumn) -> tuple[Choice, ...]:
    """Return the answers that the template offers for a column."""
    return IN_THE_LIST.get(column.key, tuple(column.choices or ()))


def column_called(heading: str) -> ImportColumn | None:
    """Return the column that a heading means, by its key, its label in either language, or what lists call it."""
    return _named().get(_plain(heading))


@cache
def _named() -> dict[str, ImportColumn]:
    known: dict[str, ImportColumn] = {}
    every = (*COLUMNS, *FULL_NAMES)
    for column in every:
        known.setdefault(_plain(column.key), column)
    for column in every:
        for text in (*(Words(language).text(column.label) for language in LANGUAGES), both(column)):
            known.setdefault(_plain(text), column)
    for column in every:
        for text in column.others:
            known.setdefault(_plain(text), column)
    return known


def _plain(heading: str) -> str:
    return search_key(heading.replace("_", " ").replace("\n", " ")).strip(" .:*")


def both(column: ImportColumn) -> str:
    """Return what a column is called in both languages, Khmer above."""
    return "\n".join(dict.fromkeys(Words(language).text(column.label) for language in LANGUAGES))


def answer_called(key: str, text: str) -> Choice | None:
    """Return the answer of a column that a text means, by its code or its words in either language; None for none."""
    return _answers(key).get(search_key(text))


@cache
def _answers(key: str) -> dict[str, Choice]:
    """Return the answers of a column by the search keys of all that means them; no text of a list is kept here."""
    choices = tuple(BY_KEY[key].choices or ())
    by_code = {choice.value.lower(): choice for choice in choices}
    known = dict(by_code)
    for said, code in _ALSO.get(key, {}).items():
        known.setdefault(search_key(said), by_code[code.lower()])
    for language in LANGUAGES:
        for choice in choices:
            known.setdefault(search_key(Words(language).text(choice.label)), choice)
    return known
