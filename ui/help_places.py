"""Which place of the guide explains what: records, pages, dialogs and parts of them. F1 asks here.

One table for all of it. The tests hold that every kind of record, page and dialog has its place, in each language.
"""

from typing import Any

from PySide6.QtWidgets import QWidget

from casemgr.records.fields import Kind
from casemgr.records.kinds import KINDS as RECORD_KINDS
from casemgr.records.kinds import STAGES
from ui.editors.field_editor import FieldEditor

START = "first-start"

KINDS = {
    "arrest": "first-hours", "referral": "first-hours", "decision": "decision", "hearing": "hearing",
    "judgment": "judgment", "diversion-screening": "diversion-screening", "diversion": "diversion-plan",
    "social-inquiry": "report-write", "detention": "detention", "detention-visit": "visit-after",
    "child-in-prison": "child-in-prison", "reintegration-plan": "reintegration",
    "reintegration-review": "reintegration", "follow-up": "follow-up-call", "follow-up-change": "follow-up-dates",
    "closure": "closing", "consent": "consent", "case-contact": "notes", "document": "documents", "note": "notes",
    "case-conference": "notes", "complaint": "complaints", "link": "notes",
}  # fmt: skip
"""Kinds of records of a case, by their keys."""

GROUPS = {
    ("arrest", "Arrest"): "new-arrest", ("arrest", "Police unit"): "clocks",
    ("diversion", "What was done"): "diversion-days", ("diversion", "End of diversion"): "diversion-end",
    ("social-inquiry", "Handing over and result"): "report-submit",
}  # fmt: skip
"""Groups of questions that have a place of their own: kind of record, label of the group."""

RECORDS = {
    "Child": "child", "Case": "case-page", "Offence": "write", "Contact": "directory", "StaffMember": "accounts",
    "OfficeSettings": "settings",
}  # fmt: skip
"""Records that are of no stage, by their classes."""

ASKED = {Kind.PARTIAL_DATE: "dates"}
"""Kinds of questions that are explained wherever they are asked."""

WIDGETS = {
    # Before an office is open
    "AssistantPage": "set-up", "RecoveryPage": "recovery-code", "LockPage": "open-lock", "PracticeDoor": "practice",
    "FirstPasswordPage": "open-lock", "ReturningPage": "put-back", "WaitingPage": "first-start",
    # Pages, and what stands in their place
    "TodayPage": "today", "WhoIsWherePage": "where", "ChildrenPage": "lists", "ChildPage": "child",
    "CasesPage": "lists", "CasePage": "case-page", "CaseHistoryView": "history", "ArrestPage": "new-arrest",
    "FollowUpsPage": "follow-up-list", "FollowUpList": "follow-up-list", "FollowUpCall": "follow-up-call",
    "CallPage": "follow-up-call", "ReportsPage": "reports", "QualityPage": "quality", "FormsPage": "print-blank",
    "DirectoryPage": "directory", "ContactList": "directory", "ContactView": "directory", "SettingsPage": "settings",
    "ErasingPage": "keeping", "Preview": "print-case", "CaseForms": "print-case", "BatchPage": "print-blank",
    # Parts of pages
    "SameChildNotice": "same-child", "OtherRecords": "same-child", "AccountsCard": "accounts", "CopiesCard": "copies",
    "CheckCard": "health", "LimitsCard": "limits", "KeepingCard": "keeping", "TopBar": "search",
    "UndoBar": "correct", "DraftNotices": "finish-later", "CareNotice": "copies", "ClockBadge": "clocks",
    # Dialogs
    "CompareDialog": "changed-elsewhere", "NameDialog": "print-name", "LockDialog": "print-pdf",
    "ReasonDialog": "correct", "ReportDialog": "mistake", "PassphraseDialog": "take-in",
    "BringBackDialog": "history", "AddendumDialog": "report-after", "ExportDialog": "lists",
    "VersionsDialog": "history", "SameChildDialog": "same-child", "SweepDialog": "same-child",
    "ReadersDialog": "complaints", "KeepingDialog": "keeping", "SendDialog": "to-others", "ContactDialog": "notes",
    "LimitDialog": "limits", "TakeInDialog": "take-in", "LinkDialog": "notes", "HandOverDialog": "hand-over",
    "GiveDialog": "give-case",
    "OwnKeyDialog": "office-key", "AccountDialog": "accounts", "FirstPasswordDialog": "lost-password",
    "CloseDialog": "somebody-leaves", "RenewDialog": "somebody-leaves", "PasswordDialog": "lost-password",
    "CodeDialog": "lost-password", "CasesDialog": "reports", "ImportDialog": "import",
    "KeySheet": "window", "AboutDialog": "settings", "NamesDialog": "to-others", "FilterDialog": "lists",
    "ColumnsDialog": "lists", "SaveDialog": "lists", "FileDialog": "lists", "PaperDialog": "print-lists",
    "ScheduleDialog": "follow-up-dates", "HistoryDialog": "history",
}  # fmt: skip
"""Pages, parts and dialogs, by the names of their classes or of a class they are made from."""

_STAGES = {stage.key: KINDS[stage.kinds[0].key] for stage in STAGES}
_KEYS = {kind.record: kind.key for kind in RECORD_KINDS}


def place_of(widget: QWidget | None) -> str | None:
    """Return the place that explains a widget, or what it is a part of; None where there is none."""
    asked: FieldEditor | None = None
    each = widget
    while each is not None:
        if isinstance(each, FieldEditor):
            asked = asked or each
        if (found := _place(each, widget, asked)) is not None:
            return found
        each = each.parentWidget()
    return None


def place_of_class(kind: type) -> str | None:
    """Return the place of widgets of a class."""
    return next((WIDGETS[base.__name__] for base in kind.__mro__ if base.__name__ in WIDGETS), None)


def _place(each: Any, widget: Any, asked: FieldEditor | None) -> str | None:
    if each is asked and asked is not None and asked.info.kind in ASKED:
        return ASKED[asked.info.kind]
    if (record := getattr(each, "base", None)) is not None and (found := _place_of_record(type(record), asked)):
        return found
    if (cards := getattr(each, "cards", None)) is not None and hasattr(cards, "stages"):
        for key, card in cards.stages.items():
            if card is widget or card.isAncestorOf(widget):
                return _STAGES[key]
    return place_of_class(type(each))


def _place_of_record(record: type, asked: FieldEditor | None) -> str | None:
    key = _KEYS.get(record)
    if key is None:
        return RECORDS.get(record.__name__)
    group = asked.info.group if asked is not None else None
    return GROUPS.get((key, group.label), KINDS[key]) if group is not None else KINDS[key]
