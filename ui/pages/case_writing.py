"""What is written down most in a case, offered in one menu at its head, wherever the page is scrolled to."""

from functools import partial

from casemgr.i18n import N_
from casemgr.records.kinds import kind_named
from casemgr.records.pathway.diversion import Diversion
from casemgr.services.case_files import CaseFile
from ui.pages.case_cards import Acts
from ui.parts.menu_button import Offer
from ui.words import tr

WRITE, WRITE_KEYS = N_("Write down…"), "Ctrl+R"
CALL_OR_NOTE = N_("Call or note…")
NOTE = "note"
"""What is written down most of all, which is one click."""
WRITE_DAY, DAY = N_("Write down a day"), N_("A day of the diversion plan")
OFTEN = (
    NOTE, "document", "detention-visit", "case-contact", "referral", "decision", "hearing", "follow-up", "consent",
    "case-conference",
)  # fmt: skip
"""Keys of the kinds of record that are begun most, the most frequent first. All others stand on their cards."""


def offers(file: CaseFile, acts: Acts) -> tuple[Offer, ...]:
    """Return what the menu offers in this case; a day of a diversion plan where one is going on."""
    kinds = [kind for key in OFTEN if (kind := kind_named(key)).several or not file.of(kind.record)]
    found: list[Offer] = [(tr(kind.record.title), partial(acts.begin, kind)) for kind in kinds]
    going_on = [plan for plan in file.of(Diversion) if plan.starts_on is not None and plan.ended_on is None]
    if going_on:
        found.insert(1, (tr(DAY), partial(acts.write_day, going_on[-1])))
    return tuple(found)
