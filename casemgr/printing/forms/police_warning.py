"""The record of a police warning, with the undertaking of the child where the warning was written."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Paper
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.pathway.arrest import Arrest, was_warned
from casemgr.records.pathway.arrest_answers import PoliceOutcome

LOOK = Look(wide=("arresting_unit", "police_unit", "place_code"), lines={"undertaking": 5})


def compose(wanted: Wanted) -> Paper:
    """Return the record of the warning that ended an arrest. Raises NoSuch."""
    sheet = RecordSheet(wanted, Arrest, LOOK)
    blocks = (
        *sheet.identity(*sheet.of_child("village_code")),
        sheet.heading(N_("What happened")),
        *sheet.answers("arrested_at", "place_code", "arresting_unit", "police_unit"),
        sheet.offences(blank_rows=1),
        sheet.ask(N_("The facts in short"), lines=3),
        sheet.heading(N_("The warning")),
        sheet.ticks("", _ways(sheet)),
        *sheet.answers("warning_given_by"),
        *sheet.say(N_(
            "The officer explained to the child, in words the child understands, what was wrong, whom it harmed, and "
            "what may follow if it happens again."
        )),
        sheet.heading(N_("Undertaking of the child")),
        *sheet.answers("undertaking"),
        *sheet.say(N_(
            "This paper was read aloud to the child and the guardian before they signed it. It is a promise and no "
            "confession: it is not used as evidence before a court."
        )),
        *sheet.answers("undertaking_signed"),
        sheet.signatures(
            sheet.child_signs(), sheet.guardian_signs(),
            sheet.signer(N_("Police officer"), sheet.value("warning_given_by"), seal=True),
        ),
        sheet.note(N_("One copy stays with the family.")),
    )  # fmt: skip
    return sheet.paper(POLICE_WARNING, blocks)


def _ways(sheet: RecordSheet[Arrest]) -> list[tuple[str, bool]]:
    given = sheet.record.outcome
    ways = (PoliceOutcome.VERBAL_WARNING, PoliceOutcome.WRITTEN_WARNING)
    return [(way.label, way is given) for way in ways]


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Arrests that ended with a warning."""
    return (arrest.id for arrest in records_of(file, Arrest) if was_warned(arrest))


POLICE_WARNING = Form(
    name="police-warning",
    number="F-01",
    title=N_("Record of a warning and undertaking of the child"),
    purpose=N_("Keeps what the police warned of and what the child promised, so that no court needs to hear the case."),
    when=N_("When the police end a petty case with a warning."),
    version="1",
    chapter=Chapter.ARREST,
    reader=Reader.FAMILY,
    compose=compose,
    record=Arrest,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
