"""Giving a case to Primero or OSCaR, indicators to DHIS2, and contacts to a telephone or another program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.exchange import dhis2, oscar, primero
from casemgr.i18n import N_
from casemgr.measures.indicators.tables import GROUPINGS
from casemgr.measures.indicators.values import Period
from casemgr.pace import Cancelled, Progress
from casemgr.records.pathway.legal_referral import Referral
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office
from casemgr.services.sending_case import (
    NO_REASON,
    Sent,
    file_name,
    send_to_oscar,
    send_to_primero,
    warnings,
)
from casemgr.services.sending_contacts import NO_REASON as NO_REASON_FOR_CONTACTS
from casemgr.services.sending_contacts import Along, CardKind, contact_warnings, send_contacts
from casemgr.services.sending_numbers import SetKind, send_to_dhis2
from ui.editors.choices import StillCombo
from ui.editors.said import record_said
from ui.editors.typed_beside import keep_line
from ui.pages.send_dialog import SendDialog
from ui.pages.send_names import MapChoice
from ui.parts.card import text_label
from ui.parts.lines import Lines
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr, words

TO_OFFICE, TO_PRIMERO, TO_OSCAR = N_("To another office…"), N_("To Primero…"), N_("Referral to OSCaR…")
TITLES = {
    primero.SYSTEM: N_("Send case {number} to Primero"), oscar.SYSTEM: N_("Send a referral of case {number} to OSCaR"),
}  # fmt: skip
WHICH = N_("Which referral")
REASON = N_("Why is the case sent? The reason is kept in the history.")
JSON_FILES = N_("JSON files")
TO_SYSTEM, NUMBERS_TITLE = N_("To {system}…"), N_("Send the indicators to {system}")
DHIS2 = "DHIS2"
"""A name, in which no figure is turned into a Khmer one."""
NUMBERS_HINT = N_("The indicators of this period as a file for {system}")
OF_PERIOD = N_("From {first} to {last}. Numbers by which fewer than 5 children could be recognised are left out.")
FORM, BY, NOT_SPLIT = N_("Kind of file"), N_("By which group"), N_("Without groups")
CONTACTS_AS_FILE, CONTACTS_TITLE = N_("Contacts as a file…"), N_("Give contacts out of the office")
CARDS, CSV_FILE = N_("Cards for a telephone (vCard)"), N_("CSV file")
WITH_FAMILIES, WITH_NOTES = N_("With parents and relatives of children"), N_("With the notes")
WHY_CONTACTS = N_("Why are the contacts needed? The reason is kept in the history.")
KINDS = {SetKind.JSON: "JSON", SetKind.CSV: "CSV", SetKind.ADX: "ADX"}


class SendCaseDialog(SendDialog):
    """A case to Primero, or one of its referrals to OSCaR."""

    def __init__(self, office: Office, tasks: Tasks, file: CaseFile, system: str, parent: QWidget) -> None:
        """system: primero.SYSTEM or oscar.SYSTEM."""
        super().__init__(tr(TITLES[system], number=file.case.number or ""), tasks, parent)
        self._office, self._file, self._system = office, file, system
        for message in warnings(file):
            self.asked.addWidget(text_label(tr(message), "notice"))
        self.referrals = file.of(Referral)
        self.which = StillCombo(self.questions)
        if system == oscar.SYSTEM and len(self.referrals) > 1:
            self._ask_which()
        self.which.setVisible(self.which.count() > 0)
        self.map = MapChoice(office, tasks, system, self.questions)
        self.map.refused.connect(self.say)
        self.reason = Lines(self.questions)
        self.reason.add("reason", REASON)
        self.asked.addWidget(self.map)
        self.asked.addWidget(self.reason)
        self.reason.edits["reason"].setFocus()
        keep_line(self, self.reason.edits["reason"], office, tasks, f"{system}/{file.case.id}", file.case.id)

    def _ask_which(self) -> None:
        self.which.setAccessibleName(tr(WHICH))
        for referral in reversed(self.referrals):
            self.which.addItem(record_said(referral, words()), str(referral.id))
        self.asked.addWidget(text_label(tr(WHICH), "question"))
        self.asked.addWidget(self.which)

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return file_name(self._file, self._system)

    @property
    def kind(self) -> str:
        """What kind of file it is."""
        return tr(JSON_FILES)

    def is_answered(self) -> bool:
        """Return whether there is a reason."""
        if self.reason.typed("reason").strip():
            return True
        self.reason.mark(("reason",), tr(NO_REASON))
        return False

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Sent]:
        """Return what writes the file."""
        office, case_id, site = self._office, self._file.case.id, self.map.site
        reason = self.reason.typed("reason")
        if self._system == primero.SYSTEM:
            return lambda _told, _stopped: send_to_primero(office, case_id, path, reason=reason, site=site)
        chosen = self.which.currentIndex()
        referral = tuple(reversed(self.referrals))[chosen].id if chosen >= 0 else None
        return lambda _told, _stopped: send_to_oscar(
            office, case_id, path, reason=reason, referral_id=referral, site=site
        )


class SendNumbersDialog(SendDialog):
    """The indicators of a period to DHIS2."""

    def __init__(self, office: Office, tasks: Tasks, period: Period, parent: QWidget) -> None:
        """period: what the page shows."""
        super().__init__(tr(NUMBERS_TITLE, system=DHIS2), tasks, parent)
        self._office, self._period = office, period
        first, last = (words().date(day) for day in period)
        self.form = Toggle(FORM, {kind.value: label for kind, label in KINDS.items()}, self.questions)
        self.by = StillCombo(self.questions)
        self.by.setAccessibleName(tr(BY))
        self.by.addItem(tr(NOT_SPLIT), None)
        for grouping in GROUPINGS:
            if grouping.key in dhis2.SPLITS:
                self.by.addItem(tr(grouping.title), grouping.key)
        self.map = MapChoice(office, tasks, dhis2.SYSTEM, self.questions)
        self.map.refused.connect(self.say)
        self.asked.addWidget(text_label(tr(OF_PERIOD, first=first, last=last), "answer"))
        _ask(self.asked, FORM, self.form)
        _ask(self.asked, BY, self.by)
        self.asked.addWidget(self.map)

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return f"dhis2-{self._period.first.isoformat()}-{self._period.last.isoformat()}.{self.form.value}"

    @property
    def kind(self) -> str:
        """What kind of file it is."""
        return KINDS[SetKind(self.form.value)]

    def is_answered(self) -> bool:
        """Return that nothing is wanting."""
        return True

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Sent]:
        """Return what writes the file."""
        office, period, kind = self._office, self._period, SetKind(self.form.value)
        by, site, language = self.by.currentData(), self.map.site, words().language
        return lambda told, stopped: send_to_dhis2(
            office, path, kind, period, by=by, site=site, language=language, progress=told, cancelled=stopped
        )


class SendContactsDialog(SendDialog):
    """The directory as cards or as CSV."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Ask what goes along, and why."""
        super().__init__(tr(CONTACTS_TITLE), tasks, parent)
        self._office = office
        self.warnings = [
            text_label(tr(message), "notice") for message in contact_warnings(Along(families=True, notes=True))
        ]
        self.form = Toggle(FORM, {CardKind.VCARD.value: CARDS, CardKind.CSV.value: CSV_FILE}, self.questions)
        self.families = QCheckBox(tr(WITH_FAMILIES), self.questions)  # theirs at once: Tab comes to them first
        self.notes = QCheckBox(tr(WITH_NOTES), self.questions)
        self.reason = Lines(self.questions)
        self.reason.add("reason", WHY_CONTACTS)
        for label in self.warnings:
            self.asked.addWidget(label)
        _ask(self.asked, FORM, self.form)
        for widget in (self.families, self.notes, self.reason):
            self.asked.addWidget(widget)
        for box in (self.families, self.notes):
            box.toggled.connect(lambda _on: self._show_warnings())
        self._show_warnings()
        self.reason.edits["reason"].setFocus()
        keep_line(self, self.reason.edits["reason"], office, tasks, "contacts", None)

    @property
    def along(self) -> Along:
        """What goes along besides."""
        return Along(self.families.isChecked(), self.notes.isChecked())

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return f"contacts-{clock.today().isoformat()}.{self.form.value}"

    @property
    def kind(self) -> str:
        """What kind of file it is."""
        return tr(CARDS if self.form.value == CardKind.VCARD.value else CSV_FILE)

    def is_answered(self) -> bool:
        """Return whether there is a reason."""
        if self.reason.typed("reason").strip():
            return True
        self.reason.mark(("reason",), tr(NO_REASON_FOR_CONTACTS))
        return False

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Sent]:
        """Return what writes the file."""
        office, kind, along, language = self._office, CardKind(self.form.value), self.along, words().language
        reason = self.reason.typed("reason")
        return lambda _told, _stopped: send_contacts(office, path, kind, reason=reason, along=along, language=language)

    def _show_warnings(self) -> None:
        _, of_families, of_notes = self.warnings
        of_families.setVisible(self.families.isChecked())
        of_notes.setVisible(self.notes.isChecked())


def _ask(column: QVBoxLayout, label: str, widget: QWidget) -> None:
    column.addWidget(text_label(tr(label), "question"))
    column.addWidget(widget)
