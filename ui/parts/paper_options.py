"""What is chosen of a paper: its language, its version, name or code, and what is seldom wanted on it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services.papers import PaperChoice
from ui.parts.flow import FlowLayout
from ui.parts.paper_source import Offers
from ui.parts.toggle import Toggle
from ui.words import tr, words

PAPER_LANGUAGE = N_("Language of the paper")
VERSION, FILLED, BY_HAND = N_("Version of the paper"), "filled", "by-hand"
VERSIONS = {FILLED: N_("Filled in"), BY_HAND: N_("To complete by hand")}
NAMING, NAMED, CODED = N_("Name on the paper"), "named", "coded"
NAMINGS = {NAMED: N_("With the name"), CODED: N_("With the code")}


class PaperOptions(QWidget):
    """Shows what offers allow, and no more."""

    changed = Signal()
    """The worker chose something else."""

    def __init__(self, offers: Offers, choice: PaperChoice, parent: QWidget | None = None) -> None:
        """Begin with a choice; its language, where none is said, is the screen's."""
        super().__init__(parent)
        self._offers = offers
        self._choice = replace(choice, language=choice.language or words().language)
        flow = FlowLayout(self, gap=8, line_gap=8)
        self._group = QButtonGroup(self)
        self.languages = {code: self._language(code, name) for code, name in offers.languages.items()}
        self.version = Toggle(VERSION, VERSIONS, self)
        self.version.setVisible(offers.by_hand)
        self.naming = Toggle(NAMING, NAMINGS, self)
        self.naming.setVisible(offers.named is not None)
        self.more = QCheckBox(tr(offers.more) if offers.more else "", self)
        self.more.setMinimumHeight(self.version.sizeHint().height())
        self.version.chosen.connect(lambda key: self._choose(by_hand=key == BY_HAND))
        self.naming.chosen.connect(lambda key: self._choose(named=key == NAMED))
        self.more.clicked.connect(lambda on: self._choose(**{offers.tick: on}))
        for widget in (*self.languages.values(), self.version, self.naming, self.more):
            flow.addWidget(widget)
        self.show_choice(self._choice)
        self.offer_more(more=True)

    @property
    def choice(self) -> PaperChoice:
        """What is chosen now."""
        return self._choice

    def show_choice(self, choice: PaperChoice) -> None:
        """Show a choice, without telling of it."""
        self._choice, offers = choice, self._offers
        if choice.language in self.languages:
            self.languages[choice.language].setChecked(True)
        self.version.show_value(BY_HAND if choice.by_hand else FILLED)
        named = offers.named if choice.named is None else choice.named
        self.naming.show_value(NAMED if named else CODED)
        self.more.setChecked(bool(getattr(choice, offers.tick)))

    def offer_more(self, *, more: bool) -> None:
        """Offer the tick only where it adds something; one that is set stays, to be taken away."""
        self.more.setVisible(self._offers.more is not None and (more or self.more.isChecked()))

    def choose_code(self) -> None:
        """Choose the code in place of the name, and tell of it."""
        self._choose(named=False)

    def choose_language(self, code: str) -> None:
        """Choose a language, and tell of it."""
        self._choose(language=code)

    def _on_language(self, code: str, on: bool) -> None:
        if on and code != self._choice.language:
            self.choose_language(code)

    def _choose(self, **chosen: object) -> None:
        self.show_choice(replace(self._choice, **chosen))  # type: ignore[arg-type]
        self.changed.emit()

    def _language(self, code: str, name: str) -> QPushButton:
        button = QPushButton(name, self)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # so that a screen reader says: one of several
        button.setAccessibleName(f"{tr(PAPER_LANGUAGE)}: {name}")
        button.setToolTip(tr(PAPER_LANGUAGE))
        button.setProperty("role", "language")
        button.toggled.connect(partial(self._on_language, code))  # a screen reader does not click
        self._group.addButton(button)
        return button
