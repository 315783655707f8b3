"""The table of limits: a shipped data file, with what an office corrected."""

import dataclasses
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from casemgr.clock import PHNOM_PENH, local, months_after
from casemgr.i18n import N_, Words
from casemgr.law.ages import AgeBand
from casemgr.records.case import OffenceClass
from casemgr.records.kept import LimitCorrection

RULES = {
    "police-custody": N_("End of police custody"),
    "police-custody-extension": N_("Extension of police custody"),
    "lawyer-24h": N_("Lawyer with the child"),
    "pre-trial-detention": N_("End of pre-trial detention"),
    "appeal": N_("Time to appeal"),
    "child-in-prison": N_("The child has to leave the prison"),
    "referral-answer": N_("Answer to a referral"),
    "withdrawal-decision": N_("What to erase after a withdrawal"),
    "detention-visit": N_("Visit in detention"),
    "reintegration-review": N_("Review of the reintegration plan"),
    "follow-up": N_("Follow-up"),
    "closing-score-child": N_("Closing score of the child"),
    "closing-score-family": N_("Closing score of the family"),
    "closing-score-total": N_("Closing score in all"),
    "closing-score-lowest": N_("Lowest rating at closing"),
}
"""What each rule of the table limits, as a message."""

TEXTS = (
    N_("Code of Criminal Procedure, article 96"),
    N_("Custody of a child under 14 is said to be forbidden. The text was not read."),
    N_("The figure usually quoted for the code of 2007. Whether the law of 2016 changes it is not known."),
    N_("No custody is expected for a petty offence of a minor. This is inferred; no text says so."),
    N_("Without an offence there is no ground for custody. This is inferred; no text says so."),
    N_("Adults: 48 hours from the arrival at the police unit. Read in an excerpt of the article."),
    N_("Code of Criminal Procedure, article 97"),
    N_("Adults, felony alone, with written permission of the prosecutor. Not for minors; no clock counts it."),
    N_("Promise of the office"),
    N_("The office wants a lawyer with the child within 24 hours of the arrest. It is a promise, not a law."),
    N_("Code of Criminal Procedure, article 212"),
    N_("Detention of a child under 14 before trial is said to be forbidden. The text was not read."),
    N_("Code of Criminal Procedure, article 213"),
    N_("Code of Criminal Procedure, article 214"),
    N_("No detention before trial is expected for a petty offence of a minor. This is inferred; no text says so."),
    N_("Without an offence there is no ground for detention. This is inferred; no text says so."),
    N_("Code of Criminal Procedure, article 208"),
    N_("Adults, felony: up to 18 months in all, as a report on the law says. The text was not read."),
    N_("Code of Criminal Procedure, article 209"),
    N_("Adults, misdemeanour: 4 months, once renewable. Read in an excerpt of the article."),
    N_("Code of Criminal Procedure, article 382"),
    N_("About one month after a judgment of first instance, as is commonly said. The text of 2013 was not read."),
    N_("Law on Prisons of 2011"),
    N_("A child may stay with its mother until the age of 3, as is reported. The text was not read."),
    N_("The office asks again where a referral has no answer within three days. It is a promise, not a law."),
    N_("A supervisor decides within two weeks of a withdrawal what is to be erased. It is a promise, not a law."),
    N_("The office visits each detained child at least once a month. It is a promise, not a law."),
    N_("A plan is reviewed every three months, as guidelines on case management advise. It is a promise, not a law."),
    N_("The office asks after the child at set times from a release or end of a measure on. A promise, not a law."),
    N_("Ministry of Social Affairs, case form 6"),
    N_("A case may be closed from this total of the child's items on, as the ministry's form says."),
    N_("A case may be closed from this total of the family's items on, as the ministry's form says."),
    N_("A case may be closed from this grand total on, as the ministry's form says; the other two make more."),
    N_("A case may be closed where no item is rated lower, as the form says; help from relatives may be."),
)
"""Every article and source the data file names, marked for the catalogue."""


@dataclasses.dataclass(frozen=True)
class Limit:
    """One row of the table.

    band, offence_class: whom it is for, None for all without a row of their own. value is in unit: hours, days, months
    (those of the calendar), or points of a score, which set no time. first_day_counts: whether the day on which it
    begins is the first of those days or months.
    article and source: messages of the catalogue, or what an office wrote itself. basis: text, secondary or general.
    kind: law, or promise for what the office sets itself. corrected: whether the office changed or confirmed the row;
    version: of that correction, None without one.
    """

    key: str
    rule: str
    value: int
    unit: str
    article: str
    source: str
    basis: str
    confirmed: bool
    kind: str
    band: AgeBand | None = None
    offence_class: OffenceClass | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None
    note: str | None = None
    corrected: bool = False
    first_day_counts: bool = False
    version: int | None = None

    @property
    def label(self) -> str:
        """What is limited, as a message."""
        return RULES[self.rule]

    def due_from(self, start: datetime) -> tuple[datetime, bool]:
        """Return when the limit is reached, and whether the whole of that day still counts (then its last minute).

        Hours are exact; days and months end with a day. Of nothing, the moment it begins is already the end.
        Raises ValueError for a limit that sets no time.
        """
        if self.unit == "points":
            raise ValueError(self.key)
        if self.unit == "hours" or not self.value:
            return start + timedelta(hours=self.value), False
        first = start.astimezone(PHNOM_PENH).date()
        day = first + timedelta(days=self.value) if self.unit == "days" else months_after(first, self.value)
        if self.first_day_counts:
            day -= timedelta(days=1)
        return local(day.year, day.month, day.day, 23, 59), True

    def length_in_words(self, words: Words) -> str:
        """Return the length for a reader, such as "36 hours"."""
        match self.unit:
            case "hours":
                return words.plural("{n} hour", "{n} hours", self.value)
            case "days":
                return words.plural("{n} day", "{n} days", self.value)
            case "months":
                return words.plural("{n} month", "{n} months", self.value)
            case _:
                return words.plural("{n} point", "{n} points", self.value)

    def whom_in_words(self, words: Words) -> str:
        """Return whom the row is for, such as "16 or 17, Felony"; empty where it is for all."""
        return ", ".join(words.text(part.label) for part in (self.band, self.offence_class) if part is not None)

    def authority_in_words(self, words: Words) -> str:
        """Return where the limit comes from and how sure that is, as every screen has to show it."""
        article = words.figures(words.text(self.article))
        if self.kind == "promise":
            return article
        if not self.confirmed:
            return words.text("{article} – not confirmed by a lawyer", article=article)
        if not self.confirmed_by:
            return words.text("{article} – confirmed", article=article)
        return words.text("{article} – confirmed by {name}", article=article, name=self.confirmed_by)


def load_limits(corrections: Iterable[LimitCorrection] = ()) -> dict[str, Limit]:
    """Return the table by key, in its shipped order, with these corrections; of several for a key the last counts.

    A correction of a row that is no more is passed over.
    """
    limits = dict(_shipped())
    for said in corrections:
        if (row := limits.get(said.limit_key)) is not None:
            limits[said.limit_key] = dataclasses.replace(
                row, value=said.value, article=said.article or row.article, source=said.source or row.source,
                confirmed=said.confirmed, confirmed_by=said.confirmed_by, confirmed_on=said.confirmed_on,
                note=said.note, corrected=True, version=said.version,
            )  # fmt: skip
    return limits


def limit_for(rows: Iterable[Limit], age: AgeBand, offence_class: OffenceClass) -> Limit | None:
    """Return the row of one rule for a band and a class: its own, else the band's, else the class's, else the common.

    None where there is no such row.
    """
    found = {(row.band, row.offence_class): row for row in rows}
    for wanted in ((age, offence_class), (age, None), (None, offence_class), (None, None)):
        if wanted in found:
            return found[wanted]
    return None


@cache
def _shipped() -> dict[str, Limit]:
    table = tomllib.loads(resources.files("casemgr.law").joinpath("limits.toml").read_text("utf-8"))
    return {row["key"]: _row(row) for row in table["limit"]}


def _row(said: dict[str, Any]) -> Limit:
    age, offence_class = said.pop("band", None), said.pop("offence_class", None)
    return Limit(
        band=AgeBand(age) if age else None,  # type: ignore[call-arg]
        offence_class=OffenceClass(offence_class) if offence_class else None,  # type: ignore[call-arg]
        **said,
    )
