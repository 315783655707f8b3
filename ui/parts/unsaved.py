"""A dialog with something typed in it is not left by a slip of the hand."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox

from casemgr.i18n import N_
from ui.words import tr, wrapped

ASK = N_("You have typed something that is not saved yet.")
DROP_IT, GO_ON = N_("Throw it away"), N_("Go on writing")


def ask_to_drop(dialog: QDialog, drop: Callable[[], Any]) -> None:
    """Ask whether what is typed in a dialog may go; drop is called when it may."""
    box = QMessageBox(dialog)
    box.setWindowTitle(dialog.windowTitle())
    box.setText(wrapped(tr(ASK)))
    throw = box.addButton(tr(DROP_IT), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(tr(GO_ON), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    throw.clicked.connect(lambda _checked=False: drop())
    box.open()
