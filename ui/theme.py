"""How everything looks: one light, calm palette, one font for both scripts, a focus that is always seen.

Imports nothing heavy: the first window is painted with it.
"""

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from casemgr import assets

FAMILY = "Battambang"
POINTS = 10.5
FONTS = ("Battambang-Regular.ttf", "Battambang-Bold.ttf")
STYLE = ("-style", "fusion")
"""With these words the application is begun. To ask it for a style, or to give it one, makes Python's of all that a
style can draw, which takes longer than the rest of the dressing.
"""

# "combobox-popup" is a list below its box: as the menu that Fusion makes of it, the chosen answer was white on white.
# "autoDefault" lets Enter press the button that has the keyboard, as Space does; Qt itself does so in dialogs alone.
# Every pair of text and ground below has a contrast of at least 4.5 to 1, every focus ring one of at least 3 to 1.
COLOURS = {
    "ground": "#f4f6f7", "card": "#ffffff", "line": "#d8e0e3", "field_line": "#7f9198", "text": "#18272d",
    "muted": "#50636b", "accent": "#0f6674", "accent_dark": "#0a4d58", "accent_light": "#e2f1f3", "over": "#b3261e",
    "over_light": "#fdeceb", "notice": "#fff6dd", "notice_line": "#e3c15c", "notice_text": "#4f3c00",
    "rail": "#0d3b45", "rail_text": "#e4f1f3", "rail_here": "#1b5662", "focus": "#0b57d0", "focus_dark": "#ffd166",
    "done": "#2e6b3a", "disabled": "#5d6d74",
}  # fmt: skip

_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.HighlightedText: "card",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
}

_SHEET = Template("""
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px 8px; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea[role="door"] { qproperty-focusPolicy: NoFocus; border: none; background: transparent; }
QLabel { background: transparent; }
QLabel[centred="true"], QLabel[role="practice"] { qproperty-alignment: AlignCenter; }
QLabel[role="hero"] { font-size: 20pt; font-weight: bold; }
QLabel[role="title"] { font-size: 16pt; font-weight: bold; }
QLabel[role="section"] { font-size: 12pt; font-weight: bold; }
QLabel[role="question"] { font-weight: bold; }
QLabel[role="answer-strong"], QLabel[role="clock-label"] { font-weight: bold; }
QLabel[role="help"] { color: $muted; }
QLabel[role="count-over"], QLabel[role="count-soon"], QLabel[role="count-running"] { padding: 2px 12px;
    border-radius: 12px; border: 1px solid $line; background: $card; color: $muted; }
QLabel[role="count-over"] { background: $over_light; border-color: $over; color: $over; font-weight: bold; }
QLabel[role="count-soon"] { background: $notice; border-color: $notice_line; color: $notice_text; font-weight: bold; }
QLabel[role="doubt"] { color: $notice_text; }
QLabel[role="problem"] { color: $over; font-weight: bold; }
QLabel[role="clock-standing"] { color: $accent; font-weight: bold; }
QLabel[role="clock-standing-over"] { color: $over; font-weight: bold; }
QLabel[role="code"] { font-size: 14pt; font-weight: bold; background: $accent_light; border-radius: 8px;
    padding: 12px; }
QLabel[role="phone"] { font-size: 15pt; font-weight: bold; color: $accent_dark; }
QLabel[role="link"] { color: $accent; }
QLabel[role="practice"] { background: $notice; color: $notice_text; padding: 4px 24px; font-weight: bold;
    border-bottom: 1px solid $notice_line; }
*[role="card"], *[role="ribbon"] { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame[role="door-card"] { background: $card; border: 1px solid $line; border-radius: 14px; }
*[role="entry"], *[role="clock"] { background: $ground; border: 1px solid $line; border-radius: 8px; }
*[role="clock-over"] { background: $over_light; border: 1px solid $over; border-radius: 8px; }
*[role="panel"] { background: $card; border: 1px solid $line; border-radius: 8px; }
*[role="notice"] { background: $notice; color: $notice_text; border: 1px solid $notice_line; border-radius: 8px; }
QLabel[role="notice"], QLabel[role="undo"] { padding: 8px 12px; }
*[role="undo"] { background: $accent_light; border: 1px solid $accent; border-radius: 8px; }
*[role="alarm"] { background: $over_light; border: 1px solid $over; border-radius: 8px; }
*[role="desk"] { background: #c9d2d6; border: none; }
QScrollArea[role="read"], QScrollArea[role="desk"] { border: 2px solid transparent; border-radius: 6px; }
QScrollArea[role="read"]:focus, QScrollArea[role="desk"]:focus { border-color: $focus; }
*[role="top"] { background: $card; border-bottom: 1px solid $line; }
QPushButton { qproperty-autoDefault: true; min-height: 24px; padding: 4px 14px;
    border: 2px solid $field_line; border-radius: 8px; background: $card; color: $text; }
QPushButton:hover { background: $accent_light; border-color: $accent; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $disabled; background: $ground; border-color: $line; }
QPushButton:focus { border-color: $focus; }
QPushButton[role="primary"] { background: $accent; color: $card; border-color: $accent; font-weight: bold; }
QPushButton[role="primary"]:hover { background: $accent_dark; border-color: $accent_dark; }
QPushButton[role="primary"]:focus { border-color: $focus_dark; background: $accent_dark; }
QPushButton[role="primary"]:disabled { background: $ground; border-color: $line; color: $disabled; }
QPushButton[role="quiet"] { border-color: $line; padding: 2px 12px; color: $accent_dark; }
QPushButton[role="quiet"]:hover { border-color: $accent; }
QPushButton[role="quiet"]:focus { border-color: $focus; }
QPushButton[role="link"] { border: 2px solid transparent; background: transparent; color: $accent; padding: 2px 6px;
    text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: $focus; }
QPushButton[role="text-link"] { border: 2px solid transparent; background: transparent; padding: 0; min-height: 0; }
QPushButton[role="text-link"]:hover { background: $accent_light; }
QPushButton[role="text-link"]:focus { border-color: $focus; }
QPushButton[role="menu"] { border-color: $line; padding: 2px 28px 2px 12px; color: $accent_dark; }
QPushButton[role="menu"][state="chosen"] { border-color: $accent; background: $accent_light; font-weight: bold; }
QPushButton[role="menu"]:hover { border-color: $accent; }
QPushButton[role="menu"]:focus { border-color: $focus; }
QPushButton[role="chip"] { padding: 0 10px; border-radius: 14px; border: 2px solid $line; background: $ground;
    color: $muted; }
QPushButton[role="chip"][state="done"] { background: $card; color: $done; border-color: $done; }
QPushButton[role="chip"][state="current"] { background: $accent; color: $card; border-color: $accent;
    font-weight: bold; }
QPushButton[role="chip"][state="overdue"] { background: $over_light; color: $over; border-color: $over;
    font-weight: bold; }
QPushButton[role="chip"][state="skipped"] { background: $notice; color: $notice_text; border-style: dashed;
    border-color: $notice_text; }
QPushButton[role="chip"]:hover { border-color: $accent; }
QPushButton[role="chip"]:focus { border-color: $focus; border-style: solid; }
QPushButton[role="chip"][state="current"]:focus { border-color: $focus_dark; background: $accent_dark; }
QPushButton[role="language"] { padding: 2px 10px; border-color: $line; }
QPushButton[role="language"]:checked { background: $accent; color: $card; border-color: $accent; }
QPushButton[role="language"]:focus { border-color: $focus; }
QPushButton[role="language"]:checked:focus { border-color: $focus_dark; background: $accent_dark; }
QPushButton[role="segment"] { padding: 2px 12px; }
QPushButton[role="segment"]:checked { background: $accent; color: $card; border-color: $accent; }
QPushButton[role="segment"]:focus { border-color: $focus; }
QPushButton[role="segment"]:checked:focus { border-color: $focus_dark; background: $accent_dark; }
QPushButton[role="key"] { padding: 8px 14px; font-weight: bold; }
QPushButton[role="key"]:checked { background: $accent; color: $card; border-color: $accent; }
QPushButton[role="key"]:checked:focus { border-color: $focus_dark; background: $accent_dark; }
QPushButton[role="big"] { padding: 14px 20px; font-size: 13pt; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox { background: $card; color: $text; border: 2px solid $field_line;
    border-radius: 7px; padding: 2px 8px; min-height: 26px; selection-background-color: $accent;
    selection-color: $card; placeholder-text-color: $muted; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus { border-color: $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $ground; color: $disabled; border-color: $line; }
QLineEdit[marked="true"], QPlainTextEdit[marked="true"], QComboBox[marked="true"] { border-color: $over;
    background: $over_light; }
QLineEdit[marked="true"]:focus, QPlainTextEdit[marked="true"]:focus, QComboBox[marked="true"]:focus {
    border-color: $focus; }
QLineEdit[role="search"] { border-radius: 17px; padding-left: 34px; border-color: $line; background: $ground; }
QLineEdit[role="search"]:focus { border-color: $focus; background: $card; }
QComboBox { background: $card; border: 2px solid $field_line; border-radius: 7px; padding: 2px 8px;
    min-height: 26px; combobox-popup: 0; }
QComboBox:focus { border-color: $focus; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $field_line; padding: 2px;
    selection-background-color: $accent; selection-color: $card; outline: none; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 6px; padding: 1px 4px; spacing: 8px;
    background: transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 2px solid $field_line;
    background: $card; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
    fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $card, stop: 1 $card); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QTableView, QListView, QTreeView { background: $card; border: 2px solid $line; border-radius: 4px;
    gridline-color: $line; outline: none; selection-background-color: $accent_light; selection-color: $text;
    alternate-background-color: #fafbfc; }
QTableView:focus, QListView:focus, QTreeView:focus { border-color: $focus; }
QTableView::item, QListView::item { padding: 3px 8px; }
QTreeView::item { padding: 3px 2px; }
QTableView::item:selected, QListView::item:selected { background: $accent_light; color: $text; }
QTableView::item:selected:active { background: #cfe8ec; color: $text; }
QComboBox QAbstractItemView::item:selected { background: $accent; color: $card; }
QListView[role="sections"]::item { padding: 6px 10px; border-radius: 6px; }
QListView[role="sections"]::item:selected { background: $accent_light; color: $accent_dark; font-weight: bold; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $muted; border: none; border-bottom: 2px solid $line;
    padding: 6px 8px; font-weight: bold; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: #b4c1c6; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $field_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $card; border: 1px solid $field_line; padding: 4px; }
QMenu::item { padding: 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: $accent_light; color: $text; }
QProgressBar { border: none; background: transparent; min-height: 3px; max-height: 3px; }
QProgressBar::chunk { background: $accent; }
QProgressBar[role="work"] { background: $line; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar[role="work"]::chunk { border-radius: 4px; }
#rail { background: $rail; }
#rail QLabel { color: $rail_text; }
#rail QLabel[role="office"] { font-weight: bold; }
#rail QPushButton { background: transparent; color: $rail_text; border: 2px solid transparent; text-align: left;
    padding: 8px 12px; border-radius: 8px; }
#rail QPushButton[narrow="true"] { padding: 8px 7px; }
#rail QPushButton:hover { background: $rail_here; }
#rail QPushButton:checked { background: $rail_here; color: #ffffff; font-weight: bold; }
#rail QPushButton:focus { border-color: $focus_dark; }
""")


def dress(app: QApplication) -> None:
    """Give the program its palette, font and sheet; call it once, before the first window. STYLE says the style."""
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(assets.font(name)))
    font = QFont(FAMILY)
    font.setPointSizeF(POINTS)
    app.setFont(font)
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(COLOURS[name]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(COLOURS["disabled"]))
    app.setPalette(palette)
    app.setStyleSheet(sheet())


def sheet() -> str:
    """Return the style sheet with its colours and pictures filled in."""
    pictures = {name: (Path(__file__).parent / "assets" / f"{name}.png").as_posix() for name in ("down", "tick")}
    return _SHEET.substitute(COLOURS, **pictures)
