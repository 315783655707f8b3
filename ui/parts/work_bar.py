"""How far a long work is, and the button that stops it. It appears once the work has taken a while."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from casemgr.i18n import N_
from ui.tasks import Watch
from ui.words import tr, words, wrapped

CANCEL = N_("Cancel")
SO_FAR = N_("{work} {share}")
SHOWN_AFTER = 400
"""Milliseconds: what is quicker shows no bar, which would only flicker."""


class WorkBar(QWidget):
    """Follows one work at a time. Hidden while there is none."""

    appeared = Signal()
    """The work takes a while: what stood here before is no longer up to date."""
    cancelled = Signal()
    """The worker stopped the work; it ends within a moment."""

    def __init__(self, parent: QWidget | None = None, *, at_once: bool = False) -> None:
        """Follow nothing yet. at_once: the work is known to be long, and the bar does not wait to be seen."""
        super().__init__(parent)
        self._watch: Watch | None = None
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0 if at_once else SHOWN_AFTER)
        self._timer.timeout.connect(self._appear)
        self.text = QLabel(self)
        self.text.setProperty("role", "help")
        self.bar = QProgressBar(self)
        self.bar.setProperty("role", "work")
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button = QPushButton(tr(CANCEL), self)
        self.button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.hide()

    @property
    def watch(self) -> Watch | None:
        """The work that is followed, None while there is none."""
        return self._watch

    def follow(self, watch: Watch, message: str) -> None:
        """Follow a work; message, of the catalogue, says what is going on. One that was followed before is stopped."""
        if self._watch is not None and self._watch is not watch:
            self._watch.stop()
        self._watch, self._said = watch, tr(message)
        watch.told = self.show_done
        self.destroyed.connect(watch.stop)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self._said)
        self.text.setText(wrapped(self._said))
        if self.isHidden() and not self._timer.isActive():
            self._timer.start()

    def rest(self) -> None:
        """Follow nothing any more, as after the answer came."""
        self._watch = None
        self._timer.stop()
        self.hide()

    def cancel(self) -> None:
        """Stop the work."""
        if self._watch is not None:
            self._watch.stop()
            self.rest()
            self.cancelled.emit()

    def go_on(self, message: str) -> None:
        """Say what is going on now, which cannot be stopped, and of which nobody knows how long it takes."""
        self._said = tr(message)
        self.button.hide()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self._said)
        self.text.setText(wrapped(self._said))

    def show_done(self, done: int, total: int) -> None:
        """Show how far the work is."""
        if self._watch is not None and total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            share = words().figures(f"{100 * done // total}%")
            self.text.setText(wrapped(tr(SO_FAR, work=self._said, share=share)))

    def _appear(self) -> None:
        if self._watch is not None:
            self.show()
            self.appeared.emit()
