"""What a keyboard and a screen reader find on a page: every stop, there and back, seen; what each is and is called."""

import itertools

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)
from typing_in import press

Role = QAccessible.Role
ROLES: dict[type[QWidget], tuple[QAccessible.Role, ...]] = {
    QRadioButton: (Role.RadioButton,),
    QCheckBox: (Role.CheckBox,),
    QPushButton: (Role.PushButton, Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton),
    QComboBox: (Role.ComboBox,),
    QLineEdit: (Role.EditableText,),
    QPlainTextEdit: (Role.EditableText,),
    QTextEdit: (Role.EditableText,),
    QAbstractSpinBox: (Role.SpinBox,),
    QTreeView: (Role.Tree,),
    QTableView: (Role.Table,),
    QListView: (Role.List,),
    QLabel: (Role.StaticText,),
    QScrollArea: (Role.Client,),
}
"""What each kind of widget is to a screen reader. What is none of these paints itself, and has to say what it is."""
DUMB = (Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.Grouping)
MOST_ROWS = 3
ROOT = QModelIndex()


def face_of(widget: QWidget) -> QAccessibleInterface:
    """Return what a screen reader asks."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    return face_of(widget).text(QAccessible.Text.Name)


def wrong_roles(stops: list[QWidget]) -> list[str]:
    """Return the stops whose role a screen reader would misunderstand."""
    found = []
    for widget in stops:
        role = face_of(widget).role()
        if isinstance(widget, QPushButton) and widget.group() is not None and widget.group().exclusive():
            if role is not Role.RadioButton:
                found.append(f"{name_of(widget)!r} is one of several, and is called {role.name}")
            continue
        wanted = next((roles for kind, roles in ROLES.items() if isinstance(widget, kind)), None)
        if (wanted is not None and role not in wanted) or (wanted is None and role in DUMB):
            found.append(f"{type(widget).__name__} {face_of(widget).text(QAccessible.Text.Name)!r} is {role.name}")
    return found


def mute_rows(stops: list[QWidget]) -> list[str]:
    """Return the lists of which some of the first rows say nothing, or nothing to whoever asks for their cells."""
    found = []
    for view in stops:
        model = view.model() if isinstance(view, QAbstractItemView) else None
        if model is None or not model.rowCount(ROOT):
            continue
        columns = model.columnCount(ROOT) if isinstance(view, QTableView | QTreeView) else 1
        for at in range(min(model.rowCount(ROOT), MOST_ROWS)):
            cells = (model.index(at, column, ROOT) for column in range(columns))
            if not any(_said(cell) for cell in cells):
                found.append(f"row {at} of {view.accessibleName()!r}")
        face = face_of(view)
        children = (face.child(at) for at in range(min(face.childCount(), MOST_ROWS * (columns + 1))))
        if not any(child.text(QAccessible.Text.Name) for child in children if child is not None):
            found.append(f"every cell of {view.accessibleName()!r}")
    return found


def _said(cell: QModelIndex) -> str:
    return str(cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data() or "")


def way_round(shown: QWidget, stops: list[QWidget], *held: Qt.KeyboardModifier) -> tuple[list[QWidget], list[str]]:
    """Press Tab until it has led round the page once; return where it stopped, in order.

    Also returned: what cannot be seen while it has the keyboard.
    """
    shown.activateWindow()
    stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    met: list[QWidget] = []
    unseen = []
    for _ in range(3 * len(stops)):
        at = QApplication.focusWidget()
        if at is None or at in met:
            break
        met.append(at)
        if len(met) > 1 and at.visibleRegion().isEmpty():
            unseen.append(f"{type(at).__name__} {name_of(at)!r}")
        press(at, Qt.Key.Key_Tab, *held)
    return met, unseen


def leaps(met: list[QWidget]) -> list[str]:
    """Return where Tab leads back up within one card or dialog though it had gone on below: nobody expects that."""
    found = []
    topmost = min(met, key=lambda each: each.mapToGlobal(QPoint(0, 0)).y(), default=None)
    for before, after in itertools.pairwise(met):
        holder = after.parentWidget()
        if holder is None or not holder.isAncestorOf(before) or _scrolls(holder):
            continue
        if after is topmost:  # the way round begins anew
            continue
        one, other = _place(before, holder), _place(after, holder)
        if other.bottom() < one.top() - 4 and other.left() <= one.right():
            found.append(f"{name_of(before)!r} → {name_of(after)!r}")
    return found


def _place(widget: QWidget, holder: QWidget) -> QRect:
    """Return where a widget is; for what is scrolled in between, where that is scrolled: it was elsewhere when met."""
    above = widget.parentWidget()
    while above is not None and above is not holder:
        if _scrolls(above):
            widget = above
        above = above.parentWidget()
    return QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget, QScrollArea)


def troubles(shown: QWidget, stops: list[QWidget]) -> list[str]:
    """Return all that a keyboard alone or a screen reader would stumble over on a page, each as a line."""
    met, unseen = way_round(shown, stops)
    back, unseen_back = way_round(shown, stops, Qt.KeyboardModifier.ShiftModifier)
    found = [f"wrong role: {each}" for each in wrong_roles(stops)]
    found += [f"says nothing: {each}" for each in mute_rows(stops)]
    found += [f"not seen with the keyboard: {each}" for each in (*unseen, *unseen_back)]
    found += [f"only one way round: {name_of(each)!r}" for each in {*met} ^ {*back}]
    return found + [f"leads back up: {each}" for each in leaps(met)]


def unmarked(shown: QWidget, stops: list[QWidget]) -> list[str]:
    """Return the stops that look the same with the keyboard as without it."""
    met, _ = way_round(shown, stops)
    found = []
    for widget in met:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if not widget.hasFocus():
            continue
        place = QRect(widget.mapTo(shown, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
        seen = shown.grab(place).toImage()
        widget.clearFocus()
        QApplication.processEvents()
        if shown.grab(place).toImage() == seen:
            found.append(f"{type(widget).__name__} {name_of(widget)!r}")
    return found
