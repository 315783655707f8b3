"""Settings: the office, its figures, the table of limits, the worker's own password, and about the program."""

import platform
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal, qVersion
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
from casemgr.law.limits import Limit
from casemgr.records.fields import fields_of
from casemgr.records.office import OfficeSettings
from casemgr.records.retention import Erasure
from casemgr.services import accounts, erasing, settings
from casemgr.services import office as offices
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from ui.editors.record_page import RecordPage
from ui.editors.said import said, with_label
from ui.pages.editing_page import EditingPage
from ui.pages.erasing_page import ErasingPage
from ui.pages.keeping_card import KeepingCard
from ui.pages.key_dialogs import CodeDialog, PasswordDialog
from ui.pages.limit_dialog import LimitDialog
from ui.pages.page import page_head
from ui.parts.card import Action, Card, text_label
from ui.parts.listing import Index, Table
from ui.parts.two_lines import CELL, Cell, TwoLines
from ui.tasks import Tasks
from ui.words import tr, words

TITLE, EDIT = N_("Settings"), N_("Edit")
FIGURES, FIGURES_SAID = N_("Figures"), N_("How numbers and dates are written on the screen and on Khmer papers.")
KHMER, WESTERN = N_("Khmer figures (១២៣)"), N_("Western figures (123)")
PAPER_DATE = N_("Date on official papers")
PAPER_DATE_SAID = N_("Place and date stand below the head; the Khmer lunar date stands above them where it is wanted.")
LUNAR_DATE = N_("Also write the Khmer lunar date")
LIMITS = N_("Limits of the law")
LIMITS_SAID = N_(
    "Deadlines are counted with these. A limit that no lawyer has confirmed says so wherever it shows. Enter or a "
    "double click corrects the chosen one."
)
CORRECT = N_("Correct…")
HEADINGS = (N_("What is limited, for whom"), N_("Limit"), N_("Article and source"))
SHARES = (32, 16, 52)
CORRECTED = N_("changed by this office")
ACCESS, ACCESS_SAID = N_("Access"), N_("Who opens the office with what.")
PASSWORD, NEW_CODE = N_("Change my password…"), N_("New recovery code…")
ABOUT = N_("About the program")
ABOUT_SAID = N_("Version {version}, under the Mozilla Public License 2.0. Everything stays on this computer.")
PARTS_SAID = N_(
    "Made with Python {python}, Qt {qt} (LGPL), SQLCipher, ReportLab and the fonts Battambang and Moul (OFL)."
)
KEY = "office_settings"


class LimitModel(QAbstractTableModel):
    """The rows of the table of limits."""

    def __init__(self, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.limits: list[Limit] = []

    def show_limits(self, limits: list[Limit]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.limits = limits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of limits."""
        return 0 if parent.isValid() else len(self.limits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or its text."""
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = _cell(self.limits[index.row()], index.column())
        if role == CELL:
            return cell
        return cell.said() if role == Qt.ItemDataRole.AccessibleTextRole else cell.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class SettingsPage(EditingPage):
    """One card for each subject, below each other."""

    words_changed = Signal()
    """The figures changed: everything is to be shown anew."""
    ended = Signal(object)
    """The office was destroyed, and is closed."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask for the limits."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        head, _ = page_head(tr(TITLE))
        column.addLayout(head)
        self._office_card = QVBoxLayout()
        column.addLayout(self._office_card)
        self.keeping = KeepingCard(office, tasks, body)
        self.keeping.changed.connect(self.changed)
        self.keeping.due_asked.connect(self.show_due)
        self.keeping.ended.connect(self.ended)
        for card in (
            self._figures(), self._paper_date(), self._limits(), self.keeping, self._access(), self._about(),
        ):  # fmt: skip
            column.addWidget(card)
        column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.stack.addWidget(area)
        self._show_office()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the limits again."""
        office = self._office
        self._tasks.run(lambda: settings.limits(office), self._on_limits)

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        if "plain" in state:
            self.edit(state["plain"])

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
        page.paper_asked.connect(self._show_certificate)
        self.show_over(page)

    def _show_certificate(self, erasure: Erasure, asked_by: QPushButton) -> None:
        """Preview a certificate over the list it was asked for in."""
        from ui.parts.preview import Preview  # noqa: PLC0415  (loads what draws pages)

        office, identity = self._office, erasure.id
        preview = Preview(
            self._tasks, lambda language, _: erasing.certificate(office, identity, language, how="preview"),
            lambda language, _, how: erasing.log_certificate(office, identity, language, how),
            title=tr(Erasure.title), file_name=f"certificate-{erasure.known_as}.pdf", office_folder=office.folder,
        )  # fmt: skip
        preview.restricted.hide()
        self.preview, below = preview, self.stack.currentWidget()

        def close() -> None:
            assert below is not None  # noqa: S101  (the list it was asked for in)
            self.stack.setCurrentWidget(below)
            self.stack.removeWidget(preview)
            preview.deleteLater()
            asked_by.setFocus()

        preview.closed.connect(close)
        self.stack.addWidget(preview)
        self.stack.setCurrentWidget(preview)

    def correct(self, at: int) -> None:
        """Open the dialog that corrects a limit."""
        self.table.setCurrentIndex(self.model.index(at, 0))
        dialog = LimitDialog(self._office, self._tasks, self.model.limits[at], self)
        dialog.accepted.connect(lambda: self._on_corrected(dialog.changes))
        dialog.open()

    def change_password(self) -> None:
        """Open the dialog for the worker's own password."""
        PasswordDialog(self._office, self._tasks, self).open()

    def new_code(self) -> None:
        """Replace the recovery code, and show the new one."""
        office = self._office
        self._tasks.run(lambda: accounts.new_recovery_code(office), self._show_code)

    def _show_code(self, code: str) -> None:
        CodeDialog(code, self._office_name(), self).open()

    def _office_name(self) -> str:
        kept = self._office.settings
        return (kept.name_km if words().language == "km" else kept.name_en) or kept.name_km or kept.name_en or ""

    def _show_office(self) -> None:
        while item := self._office_card.takeAt(0):
            if (before := item.widget()) is not None:
                before.deleteLater()
        card = Card(tr(OfficeSettings.title), (Action(EDIT, self.edit),))
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
        self._tasks.run(lambda: offices.set_lunar_date(office, wanted), self.changed.emit)

    def _limits(self) -> Card:
        card = Card(tr(LIMITS))
        card.add(text_label(tr(LIMITS_SAID), "help"))
        self.model = LimitModel(self)
        self.table = Table(tr(LIMITS), SHARES, self)
        self.table.setAlternatingRowColors(False)
        self.table.setItemDelegate(TwoLines(self.table))
        self.table.setModel(self.model)
        self.table.setMinimumHeight(360)
        self.table.opened.connect(self.correct)
        self.table.horizontalHeader().geometriesChanged.connect(self.table.resizeRowsToContents)
        card.add(self.table)
        button = QPushButton(tr(CORRECT))
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda: self.correct(max(self.table.currentIndex().row(), 0)))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button)
        card.column.addLayout(row)
        return card

    def _access(self) -> Card:
        card = Card(tr(ACCESS), (Action(PASSWORD, self.change_password), Action(NEW_CODE, self.new_code)))
        card.add(text_label(tr(ACCESS_SAID), "help"))
        return card

    def _about(self) -> Card:
        card = Card(tr(ABOUT))
        card.add(text_label(tr(ABOUT_SAID, version=__version__), "answer"))
        card.add(text_label(tr(PARTS_SAID, python=platform.python_version(), qt=qVersion()), "help"))
        return card

    def _on_limits(self, limits: list[Limit]) -> None:
        chosen = max(self.table.currentIndex().row(), 0)
        self.model.show_limits(limits)
        self.table.fit_columns()
        self.table.resizeRowsToContents()
        if limits:
            self.table.setCurrentIndex(self.model.index(min(chosen, len(limits) - 1), 0))
        self.loaded.emit()

    def _on_corrected(self, changes: Changes | None) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _on_saved(self, changes: Changes) -> None:
        self._back()
        self._show_office()
        self.changed.emit(changes)

    def _back(self) -> None:
        self.stack.setCurrentIndex(0)
        self.drop_over()


def _cell(limit: Limit, column: int) -> Cell:
    language = words()
    if column == 0:
        return Cell(tr(limit.label), limit.whom_in_words(language), strong=True)
    if column == 1:
        return Cell(limit.length_in_words(language), tr(CORRECTED) if limit.corrected else "")
    return Cell(limit.authority_in_words(language), language.figures(tr(limit.source)))
