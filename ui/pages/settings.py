"""Settings: the office, its figures, the table of limits, the worker's own password, and about the program."""

import platform
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr import __version__
from casemgr.i18n import N_
from casemgr.records.fields import fields_of
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services import accounts, drafts
from casemgr.services import office as offices
from casemgr.services.changes import Changes
from casemgr.services.drafts import DraftRow
from casemgr.services.office import Office, Right
from casemgr.trouble import NoSuch
from ui.editors.choices import StillCombo
from ui.editors.record_page import RecordPage
from ui.editors.said import said, with_label
from ui.pages.about import AboutDialog
from ui.pages.accounts_card import AccountsCard
from ui.pages.care_cards import CheckCard, CopiesCard
from ui.pages.draft_notices import DraftNotices
from ui.pages.editing_page import EditingPage
from ui.pages.erasing_page import ErasingPage
from ui.pages.hand_over import OwnKeyDialog
from ui.pages.keeping_card import KeepingCard
from ui.pages.key_dialogs import CodeDialog, PasswordDialog
from ui.pages.limits_card import LimitsCard
from ui.pages.lists_card import ListsCard
from ui.pages.page import page_head
from ui.pages.person_page import PersonPage
from ui.parts.card import Action, Card, text_label
from ui.parts.flow import FlowLayout
from ui.parts.roles import opens
from ui.parts.scrolling import scroll_far
from ui.parts.slices import Slices
from ui.tasks import Tasks
from ui.upkeep import Upkeep
from ui.words import tr, words

TITLE, EDIT = N_("Settings"), N_("Edit")
FIGURES, FIGURES_SAID = N_("Figures"), N_("How numbers and dates are written on the screen and on Khmer papers.")
KHMER, WESTERN = N_("Khmer figures (១២៣)"), N_("Western figures (123)")
PAPER_DATE = N_("Date on official papers")
PAPER_DATE_SAID = N_("Place and date stand below the head; the Khmer lunar date stands above them where it is wanted.")
LUNAR_DATE = N_("Also write the Khmer lunar date")
ACCESS, ACCESS_SAID = N_("Access"), N_("Who opens the office with what.")
PASSWORD, NEW_CODE = N_("Change my password…"), N_("New recovery code…")
RENEW, OFFICE_KEY = N_("Change the office's key…"), N_("Key for other offices…")
LOCK, LOCK_AFTER = N_("Lock by itself"), N_("Lock when nobody is there for")
LOCK_SAID = N_(
    "Ctrl+L locks at once. The window also locks when the computer sleeps, and when neither keyboard nor mouse is "
    "used. What is being typed is kept."
)
IDLE_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)
ABOUT, LICENCES = N_("About the program"), N_("Licences and folders…")
ABOUT_SAID = N_("Version {version}, under the Mozilla Public License 2.0. Everything stays on this computer.")
PARTS_SAID = N_(
    "Made with Python {python}, Qt {qt} (LGPL), SQLCipher, ReportLab and the fonts Battambang and Moul (OFL)."
)
KEY = "office_settings"
AT_ONCE = 4
"""So many cards are built as the page is opened, as many as are then seen."""


class SettingsPage(EditingPage):
    """One card for each subject, below each other."""

    watch_changed = Signal()
    """The window is to lock after another number of minutes."""
    words_changed = Signal()
    """The figures changed, or what the worker may do: everything is to be shown anew."""
    return_asked = Signal()
    """The worker wants to put back a copy of the office."""
    ended = Signal(object)
    """The office was destroyed, and is closed."""

    def __init__(self, office: Office, tasks: Tasks, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        """Ask for what the cards show."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.copies, self.health = CopiesCard(office, tasks, upkeep, self), CheckCard(upkeep, self)
        self.copies.return_asked.connect(self.return_asked)
        self.limits, self.keeping = LimitsCard(office, tasks, self), KeepingCard(office, tasks, self)
        self.limits.changed.connect(self.changed)
        self.limits.loaded.connect(self.loaded)
        self.keeping.changed.connect(self.changed)
        self.keeping.due_asked.connect(self.show_due)
        self.keeping.ended.connect(self.ended)
        for card in (self.copies, self.health, self.limits, self.keeping):
            card.hide()  # until its place is built
        area = self._area = QScrollArea(self)
        body = QWidget(area.viewport())  # moved to another parent, all would be polished anew
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        head, _ = page_head(tr(TITLE))
        column.addLayout(head)
        self.notices = DraftNotices(office, tasks, self._go_on)
        self.notices.dropped.connect(self.refresh)
        column.addWidget(self.notices)
        self._office_card = QVBoxLayout()
        column.addLayout(self._office_card)
        self.people: AccountsCard | None = None
        self.ways = dict[str, QPushButton]()
        self._ways = FlowLayout(gap=8, line_gap=8)
        column.insertLayout(1, self._ways)
        self._slices = Slices(self)
        self._slices.begin(self._filling(column), AT_ONCE)
        scroll_far(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.stack.addWidget(area)
        self._show_office()
        self.refresh()

    def _filling(self, column: QVBoxLayout) -> Iterator[None]:
        for card in self._cards():
            column.addWidget(card)
            card.show()
            way = self._way_to(card)
            QWidget.setTabOrder(next(reversed(self.ways.values()), self.notices), way)
            self.ways[card.title] = way
            self._ways.addWidget(way)
            way.show()
            yield
        column.addStretch()

    def _cards(self) -> Iterator[Card]:
        """Yield the cards of what the roles of the staff member have to do with, in their order."""
        rights = self._office.rights
        yield self._figures()
        if Right.MANAGE in rights:
            yield self._paper_date()
            yield self._lock()
        if Right.ACCOUNTS in rights:
            yield self._people()
        if {Right.WRITE_CASES, Right.ALL_CASES} <= rights:
            yield ListsCard(self._office, self._tasks, self.changed.emit, self)
        yield from (self.limits, self.keeping)
        yield self._access()
        yield from (self.copies, self.health)
        yield self._about()

    def _way_to(self, card: Card) -> QPushButton:
        """Return a button at the head of the page that leads to a card, which may stand far below."""
        button = QPushButton(card.title, card.parentWidget())
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda _=False: self._go_to(card))
        return button

    def _go_to(self, card: Card) -> None:
        self._area.verticalScrollBar().setValue(card.y() - 8)
        stops = (each for each in card.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if (first := next((each for each in stops if each.isVisible() and each.isEnabled()), None)) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _people(self) -> Card:
        self.people = AccountsCard(self._office, self._tasks, self)
        self.people.edit_asked.connect(self.edit_person)
        self.people.own_asked.connect(self.change_password)
        self.people.changed.connect(self.changed)
        self.people.kept.connect(self.kept)
        return self.people

    def edit_person(self, staff: StaffMember, plain: dict[str, Any] | None = None) -> None:
        """Open the editor of a staff member; a new one is asked for a first password as well."""
        page = PersonPage(self._office, self._tasks, staff)
        page.saved.connect(partial(self._on_person_saved, page))
        page.closed.connect(self._back)
        self.write_over(page, plain)

    def _on_person_saved(self, page: PersonPage, changes: Changes) -> None:
        own = page.base.id == self._office.staff.id
        self._back()
        if self.people is not None:
            self.people.refresh()
        self.changed.emit(changes)
        if own:  # with other roles, other pages and cards are offered
            self.words_changed.emit()

    def refresh(self) -> None:
        """Ask again for the limits, the copies and how long is kept."""
        self.limits.refresh()
        self.copies.refresh()
        self.keeping.refresh()
        office = self._office
        if not opens(office, "today"):  # which offers them to whoever has it
            self._tasks.run(lambda: drafts.drafts(office), self.notices.show_drafts)

    def _go_on(self, row: DraftRow) -> None:
        office, key = self._office, row.key
        self._tasks.run(
            lambda: drafts.draft(office, key), lambda plain: self.restore_state({"key": key, "plain": plain or {}})
        )

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        if "plain" not in state:
            return
        table, _, identity = str(state.get("key", KEY)).partition("/")
        if table != StaffMember.__tablename__:
            self.edit(state["plain"])
            return
        office, plain = self._office, state["plain"]
        self._tasks.run(lambda: _person(office, UUID(identity)), lambda staff: self.edit_person(staff, plain))

    def edit(self, plain: dict[str, Any] | None = None) -> None:
        """Open the editor of what the office says of itself."""
        office = self._office
        page = RecordPage(
            office, self._tasks, office.settings, lambda written, _: offices.save_settings(office, written), key=KEY,
            title=tr(OfficeSettings.title),
        )  # fmt: skip
        page.saved.connect(self._on_saved)
        page.closed.connect(self._back)
        self.write_over(page, plain)

    def show_due(self) -> None:
        """Show what may be erased in place of the cards."""
        page = ErasingPage(self._office, self._tasks)
        page.closed.connect(self._back)
        page.changed.connect(self.changed)
        self.show_over(page)

    def correct(self, at: int) -> None:
        """Open the dialog that corrects a limit, for those who may."""
        self.limits.correct(at)

    def change_password(self) -> None:
        """Open the dialog for the worker's own password."""
        PasswordDialog(self._office, self._tasks, self).open()

    def new_code(self) -> None:
        """Replace the recovery code, and show the new one."""
        office = self._office
        self._tasks.run(lambda: accounts.new_recovery_code(office), self._show_code)

    def renew(self) -> None:
        """Ask whether the office is to get a new key."""
        if self.people is not None:
            self.people.ask_to_renew()

    def _show_code(self, code: str) -> None:
        dialog = CodeDialog(code, self._office_name(), self)
        dialog.accepted.connect(self._on_code_seen)
        dialog.open()

    def _on_code_seen(self) -> None:
        office = self._office
        self._tasks.run(lambda: offices.code_seen(office))

    def _office_name(self) -> str:
        kept = self._office.settings
        return (kept.name_km if words().language == "km" else kept.name_en) or kept.name_km or kept.name_en or ""

    def _show_office(self) -> None:
        while item := self._office_card.takeAt(0):
            if (before := item.widget()) is not None:
                before.deleteLater()
        may_edit = Right.MANAGE in self._office.rights
        card = Card(tr(OfficeSettings.title), (Action(EDIT, self.edit),) if may_edit else ())
        kept = self._office.settings
        for info in fields_of(OfficeSettings):
            answer = getattr(kept, info.name)
            if answer not in (None, ""):
                text = with_label(tr(info.label), said(info, answer, words()), words())
                card.add(text_label(text, "answer"))
        self._office_card.addWidget(card)

    def _figures(self) -> Card:
        card = Card(tr(FIGURES))
        card.add(text_label(tr(FIGURES_SAID), "help"))
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(24)
        self.figures = {"khmer": QRadioButton(tr(KHMER)), "western": QRadioButton(tr(WESTERN))}
        for digits, button in self.figures.items():
            button.setChecked(digits == self._office.settings.digits)
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        group.buttonClicked.connect(self._on_figures)
        card.column.addLayout(row)
        return card

    def _on_figures(self) -> None:
        digits = next(digits for digits, button in self.figures.items() if button.isChecked())
        office = self._office
        self._tasks.run(
            lambda: offices.set_language(office, office.settings.language, digits),
            lambda _: self.words_changed.emit(),
        )  # fmt: skip

    def _paper_date(self) -> Card:
        card = Card(tr(PAPER_DATE))
        card.add(text_label(tr(PAPER_DATE_SAID), "help"))
        self.lunar_date = QCheckBox(tr(LUNAR_DATE))
        self.lunar_date.setChecked(self._office.settings.lunar_date)
        self.lunar_date.clicked.connect(self._on_lunar_date)
        card.add(self.lunar_date)
        return card

    def _on_lunar_date(self, wanted: bool) -> None:
        office = self._office
        self._tasks.run(lambda: offices.set_lunar_date(office, wanted), self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _lock(self) -> Card:
        card = Card(tr(LOCK))
        card.add(text_label(tr(LOCK_SAID), "help"))
        self.idle = StillCombo()
        self.idle.setAccessibleName(tr(LOCK_AFTER))
        kept = self._office.settings.idle_minutes
        for minutes in sorted({*IDLE_MINUTES, kept}):
            self.idle.addItem(words().plural("{n} minute", "{n} minutes", minutes), minutes)
        self.idle.setCurrentIndex(self.idle.findData(kept))
        self.idle.activated.connect(self._on_idle)
        label = text_label(tr(LOCK_AFTER), "question")
        label.setBuddy(self.idle)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self.idle)
        card.column.addLayout(row)
        return card

    def _on_idle(self) -> None:
        office, minutes = self._office, int(self.idle.currentData())

        def done(changes: Changes) -> None:
            self.changed.emit(changes)
            self.watch_changed.emit()

        self._tasks.run(lambda: offices.set_idle_minutes(office, minutes), done)

    def _access(self) -> Card:
        actions = [Action(PASSWORD, self.change_password)]
        if Right.ACCOUNTS in self._office.rights:
            actions += [Action(NEW_CODE, self.new_code), Action(RENEW, self.renew)]
            actions.append(Action(OFFICE_KEY, lambda: OwnKeyDialog(self._office, self._tasks, self).open()))
        card = Card(tr(ACCESS), tuple(actions))
        card.add(text_label(tr(ACCESS_SAID), "help"))
        return card

    def _about(self) -> Card:
        card = Card(tr(ABOUT), (Action(LICENCES, lambda: AboutDialog(self._office, self).open()),))
        card.add(text_label(tr(ABOUT_SAID, version=words().figures(__version__)), "answer"))
        card.add(text_label(tr(PARTS_SAID, python=platform.python_version(), qt=qVersion()), "help"))
        return card

    def _on_saved(self, changes: Changes) -> None:
        self._back()
        self._show_office()
        self.changed.emit(changes)

    def _back(self) -> None:
        self.stack.setCurrentIndex(0)
        self.drop_over()
        self.refresh()


def _person(office: Office, identity: UUID) -> StaffMember:
    """Return a staff member, or a new one of that identity."""
    try:
        return accounts.staff_member(office, identity)
    except NoSuch:
        return StaffMember(id=identity)
