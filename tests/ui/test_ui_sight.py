"""What can be seen and reached on every page, in both languages: names, tab stops, whole texts, contrast.

Every run shows each page in one of them, "-m slow" in the other.
"""

import dataclasses
import itertools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import ascii_letters
from uuid import uuid4

import pytest
from keeping import closed_child
from PIL import Image
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from reaching import troubles
from releases import released, with_chief
from typing_in import press

from casemgr.clock import PartialDate
from casemgr.i18n import LANGUAGES
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document, DocumentKind
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.pathway.follow_up_change import ScheduleDeed
from casemgr.records.retention import Kept
from casemgr.records.sameness import Verdict
from casemgr.records.staff import Role, StaffMember
from casemgr.services import (
    accounts,
    casework,
    directory,
    documents,
    follow_up_schedule,
    keeping_rules,
    lists,
    office_keys,
    same_child,
    saved_lists,
)
from casemgr.services.case_list import CaseView
from ui import theme
from ui.editors.file_strip import FILE
from ui.pages.hand_over import OwnKeyDialog
from ui.pages.same_child_notice import SameChildNotice
from ui.parts.icons import _STROKES, pixmap
from ui.program import Program
from ui.words import wrapped

pytestmark = pytest.mark.usefixtures("qtbot")
PAGES = ("today", "where", "children", "cases",
         "settings", "child", "case", "arrest", "limit", "password", "mistake", "directory", "contact",
         "contact-dialog", "contact-dialog-new", "link-dialog", "readers", "complaint", "document-new",
         "document", "reports-reoffending", "reports-indicators", "reports-pictures", "reports-cases",
         "accounts", "person-new", "account-first", "account-close", "account-give", "account-key",
         "account-key-office", "account-key-sure", "crash", "follow-ups",
         "follow-up-call", "follow-up-move", "follow-up-export", "forms", "papers",
         "papers-many", "paper", "paper-name", "paper-lock", "keeping", "keeping-none", "keeping-rule", "keeping-erase",
         "keeping-end", "same-child", "same-child-beside", "same-child-sweep", "same-child-arrest",
         "same-child-new", "same-child-found", "quality", "send-case", "send-case-sent", "send-contacts",
         "send-numbers", "send-numbers-sent", "list-filtered", "list-choices", "list-place", "list-columns",
         "list-save", "list-change", "list-export", "list-paper", "list-give", "keys")  # fmt: skip
DIALOGS = ("limit", "password", "mistake", "contact-dialog", "contact-dialog-new", "link-dialog", "readers",
           "reports-cases", "follow-up-move", "follow-up-export", "account-first", "account-close", "account-give",
           "account-key", "account-key-office", "account-key-sure", "crash", "paper-name", "paper-lock", "keeping-rule",
           "keeping-erase", "keeping-end", "same-child-beside", "same-child-sweep", "send-case", "send-case-sent",
           "send-contacts", "send-numbers", "send-numbers-sent", "list-choices", "list-place", "list-columns",
           "list-save", "list-change", "list-export", "list-paper", "list-give", "keys")  # fmt: skip
BEFORE = ("assistant-0", "assistant-1", "assistant-2", "lock", "recovery", "first-password", "lock-wait")
"""What is shown before an office is open."""
READ = ("today", "where", "children", "cases", "settings", "child", "case", "arrest", "limit", "password", "mistake",
        "directory", "reports-reoffending", "reports-indicators", "reports-pictures", "reports-cases", "crash", "forms",
        "papers", "papers-many", "paper", "paper-name", "paper-lock", "quality", "send-case", "send-contacts",
        "send-numbers", "keys")  # fmt: skip
"""What changes nothing in its office, so that the next page may be shown in the same."""
NOT_WORDS = {
    "English", "Khmer", "Python", "Qt", "LGPL", "SQLCipher", "ReportLab", "Battambang", "Moul", "OFL", "Mozilla",
    "Public", "License", "SR", "C", "PDF", "Ctrl", "Alt", "Enter", "Esc", "F", "N", "L", "S", "Caps", "Lock", "casemgr",
    "Linux", "ZeroDivisionError", "Latin", "Siem", "Reap", "practice", "office", "png", "UNICEF", "UNODC", "R",
    "Excel", "CSV", "M", "O", "W", "Primero", "OSCaR", "DHIS", "JSON", "ADX", "vCard", "json",
    "Ins", "D", "Del", "Shift", "PgUp", "PgDown", "Home", "End", "H", "P", "Z", "Tab",
}  # fmt: skip
"""Latin words that stand on Khmer screens as well: names of things, of keys, of programs."""


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    """Give the program its clothes while these tests look at it."""
    font, palette = qapp.font(), qapp.palette()
    theme.dress(qapp)
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def kept(qapp, language, tmp_path_factory):  # noqa: ARG001  (the application comes first)
    """The program in one language, for all pages of an office."""
    folder = tmp_path_factory.mktemp("sight")
    with running(folder, language) as program:
        yield Showing(program, folder)


@dataclass
class Showing:
    """A program that shows one page after the other, and whether its office is as it was made."""

    program: Program
    folder: Path
    untouched: bool = False

    def practice(self, page, language):
        """Show an office as it was made: another one where a page before changed something in it."""
        if self.untouched:
            self.program.desk.go(("today", None))
        else:
            show_practice(self.program, self.folder / f"{uuid4()}", 3, language)
        self.untouched = page in READ
        return self.program.office

    def put_away(self):
        """Throw every page away, with what is typed there."""
        for place in tuple(self.program.desk.pages):
            self.program.desk._drop(place)
        settle()


def _shown(kept, page, tmp_path, language):
    """Return a page by name, as it stands in the window; dialogs as themselves."""
    from ui.mistake import CrashDialog, MistakeDialog

    office, window, desk = kept.practice(page, language), kept.program.window, kept.program.desk
    if page in ("where", "children", "cases", "settings", "directory", "forms"):
        desk.go((page, None))
    elif page == "child":
        desk.go(("child", lists.children(office)[0].id))
    elif page == "case":
        desk.go(("case", lists.cases(office, status=CaseStatus.OPEN)[0].id))
    elif page == "arrest":
        desk.new_arrest()
    elif page == "keys":
        window.activateWindow()
        settle()
        press(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    elif page == "limit":
        desk.go(("settings", None)).correct(0)
    elif page == "password":
        desk.go(("settings", None)).change_password()
    elif page in ("mistake", "crash"):
        (MistakeDialog(ZeroDivisionError(), window) if page == "mistake" else CrashDialog("Aborted", window)).open()
    elif page != "today":
        _more(desk, page, tmp_path)
    settle()
    return dialog() if page in DIALOGS else window


def _more(desk, page, folder):
    kinds = {
        "follow-up": _following_up,
        "paper": _papers,
        "account": _people,
        "person": _people,
        "keeping": _keeping,
        "same-child": _same_child,
        "quality": _sending,
        "send": _sending,
        "list": _listed,
        "": _beside,
    }
    next(show for begins, show in kinds.items() if page.startswith(begins))(desk, page, folder)


def _door(window, page):
    """Show the lock, while one has to wait, or what follows it the first time."""
    from ui.pages.first_password import FirstPasswordPage
    from ui.pages.lock import LockPage

    if page == "first-password":
        window.show_page(FirstPasswordPage("ទេព បូរិន"))
        window.page.new.lines.edits["password"].setText("qwertyuiop12")
        return
    window.show_page(LockPage())
    if page == "lock-wait":
        window.page.wait(250)


def _people(desk, page, _folder):
    """Show the people who work here, of whom one is new and one left, and what is asked of them."""
    office = desk.office
    for name in ("ទេព បូរិន", "ហេង សុភា"):
        staff = StaffMember(name=name, name_latin="Tep Borin", function="បុគ្គលិកសង្គម", roles=tuple(Role))
        accounts.add_account(office, staff, "a first long password")
    accounts.close_account(office, staff.id)
    settings = desk.go(("settings", None))
    settle()
    settings.people.refresh()
    other = accounts.accounts(office)[1]
    match page:
        case "person-new":
            settings.people.add_person()
        case "account-first":
            settings.people.reset(other)
        case "account-close":
            settings.people.ask_to_close(other)
        case "account-give":
            settings.people.ask_to_give(accounts.accounts(office)[0])
        case "account-key":
            office_keys.own_key(office)
            settings.people.ask_to_renew()
        case "account-key-office" | "account-key-sure":
            shown = OwnKeyDialog(office, desk._tasks, settings, renewed=True)
            shown.open()
            settle()
            if page == "account-key-sure":
                shown.new_button.click()


def _keeping(desk, page, _folder):
    """Show what is due: a child that may be erased, one that is held back and one whose case is open; what is asked."""
    office = desk.office
    children = [closed_child(office, name) for name in ("ហេង", "លី", "ស៊ន")] if page != "keeping-none" else []
    if children:
        keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2020, 1, 1), decided_by="ក្រុមប្រឹក្សា")
        keeping_rules.hold(office, children[1].id, "តុលាការសុំ")
        casework.open_case(office, children[2].id, Case(opened_on=date(2026, 2, 1)))
    settings = desk.go(("settings", None))
    match page:
        case "keeping-rule":
            settings.keeping.set_rule()
        case "keeping-end":
            settings.keeping.end()
        case _:
            settings.show_due()
            due = settings.stack.currentWidget()
            settle()
            if page == "keeping-erase":
                due.boxes[children[0].id].setChecked(True)
                due.erase()


def _listed(desk, page, _folder):
    """Show the list of cases narrowed by every filter, and what is asked of it."""
    cases = desk.go(("cases", None))
    chosen = {
        "stage": ("police-custody", "pretrial-detention"), "place": ("17", "17100401"), "held": ("yes",),
        "worker": (str(desk.office.staff.id),), "age": ("14-15", "in-doubt"), "offence": ("THEFT-MUT",),
        "class": ("misdemeanour",), "overdue": ("yes",),
    }  # fmt: skip
    cases.show_view(dataclasses.replace(cases.view, chosen=chosen))
    match page:
        case "list-choices":
            cases.bar.ask("offence")
        case "list-place":
            cases.bar.ask("place")
            dialog().place.choose("12010101")
        case "list-columns":
            cases.choose_columns()
        case "list-save":
            cases.lists.ask_name()
            dialog().ask()
        case "list-change":
            row = saved_lists.save_list_as(desk.office, "ឃុំខ្លួន", cases.view, shared=True)
            cases.lists.open_list(row)
            cases.lists.ask_to_change()
        case "list-give":
            cases.show_view(CaseView({}))
            settle()
            cases.table.selectRow(1)
            cases.choose_worker()
        case "list-export":
            cases.out.export()
            dialog().choose_names("named")
        case "list-paper":
            cases.out.print()
            settle()


def _following_up(desk, page, _folder):
    """Show the follow-ups of a child that was released, with every kind of telephone number."""
    case_id = released(desk.office, 20)
    with_chief(desk.office, case_id)
    shown = desk.go(("follow-ups", None))
    row = next(line.row.row for line in shown.list.model.lines if line.row.row.case_id == case_id)
    if page == "follow-up-export":
        shown.list.export()
        dialog().choose_names("named")
    elif page != "follow-ups":
        shown.call_row(row)
        settle()
    if page == "follow-up-move":
        line = follow_up_schedule.case_schedule(desk.office, case_id)[0]
        shown.call.ask_to_change(line, ScheduleDeed.MOVED)


def _papers(desk, page, _folder):
    """Show all papers of a case or of many, the preview of one, and what is asked before it leaves."""
    from casemgr.services import papers
    from ui.parts.paper_dialogs import LockDialog, NameDialog

    if page == "papers-many":
        desk.go(("cases", None)).choose_form()
        return
    shown = desk.go(("case", lists.cases(desk.office, status=CaseStatus.OPEN)[0].id))
    if page == "papers":
        shown.papers.show_all()
        return
    shown.papers.print(papers.form_named("police-warning"), None)
    if page == "paper-name":
        NameDialog(papers.NAME_WITHOUT_CONSENT, shown.preview, can_code=True).open()
    elif page == "paper-lock":
        LockDialog(shown.preview).open()


def _same_child(desk, page, _folder):
    """Show where the same child is looked for, and what was found: two records, of which one is linked to a third."""
    office = desk.office
    one, other, third = (Child(**names, born=PartialDate.of(2011), village_code="17100401") for names in (
        {"family_name_km": "ព្រំសុវណ្ណារី", "given_name_km": "រស្មីចន្ទតារាវត្តី"},
        {"family_name_latin": "Promsovannary", "given_name_latin": "Rasmeychantaravattey"},
        {"family_name_km": "ព្រំសុវណ្ណារី", "given_name_km": "រ៉ាស្មីចន្ទតារាវត្តី"},
    ))  # fmt: skip
    for each in (one, other, third):
        casework.save_child(office, each)
    same_child.decide(office, one.id, third.id, Verdict.SAME)
    match page:
        case "same-child" | "same-child-beside":
            shown = desk.go(("child", one.id))
            settle()
            if page == "same-child-beside":
                shown.others.compare(other.id)
        case "same-child-sweep":
            desk.go(("children", None)).sweep()
        case "same-child-found":
            desk.search.setFocus()
            desk.search.setText("ព្រំ")
            desk.search.search()
        case _:
            desk.new_arrest() if page == "same-child-arrest" else desk.go(("child", None))
            settle()
            shown = desk.pages["arrest" if page == "same-child-arrest" else "child", None]
            editor = shown.child if page == "same-child-arrest" else shown.editing.editor
            editor.restore({"family_name_km": one.family_name_km, "given_name_km": one.given_name_km})
            notice = shown.findChildren(SameChildNotice)[0]
            notice.look(editor.record())
            notice.search()


def _sending(desk, page, folder):
    """Show what is to be mended, what gives a case, contacts or numbers to other programs, and what was left out."""
    if page == "quality":
        desk.go(("quality", None))
        return
    match page.split("-")[1]:
        case "case":
            desk.go(("case", lists.cases(desk.office)[0].id)).going.ask_to_send("primero")
            dialog().reason.edits["reason"].setText("ហេតុ")
        case "contacts":
            desk.go(("directory", None)).list.ask_to_send()
            dialog().families.setChecked(True)
        case "numbers":
            reports = desk.go(("reports", None))
            reports.span.setCurrentIndex(3)
            reports.ask_to_send()
    if page.endswith("sent"):
        dialog().save_to(str(folder / "X.json"))


def _reports(desk, section):
    reports = desk.go(("reports", None))
    reports.span.setCurrentIndex(2)
    if section == "cases":
        reports.show_section("indicators")
        reports.indicators.table.opened.emit(0)
    else:
        reports.show_section(section)


def _beside(desk, page, folder):
    """Show the reports, or what stands beside the stages of a case: contacts, documents, the readers of a complaint."""
    if page.startswith("reports"):
        _reports(desk, page.removeprefix("reports-"))
        return
    office = desk.office
    row = lists.cases(office, status=CaseStatus.OPEN)[0]
    contact = Contact(name_km="លឹម ចន្ទតារា", role=ContactRole.LAWYER, organisation="ជំនួយផ្នែកច្បាប់", phone="012 555 024")
    directory.add_to_case(office, CaseContact(case_id=row.id, role=ContactRole.LAWYER), contact)
    if page == "contact":
        desk.open_contact(contact.id)
        return
    beside = desk.go(("case", row.id)).beside
    picture = folder / "រូបភាព.png"
    Image.new("RGB", (600, 400), "white").save(picture)
    match page:
        case "contact-dialog" | "contact-dialog-new":
            beside.add_contact()
            dialog().finder.list.setCurrentRow(0)
            dialog().show_new(is_new=page.endswith("new"))
        case "link-dialog":
            beside.add_link()
        case "readers":
            beside.name_readers(Complaint(case_id=row.id, readers=(office.staff.id,)))
        case "complaint":
            beside.write(Complaint(case_id=row.id))
        case "document-new":
            beside.documents.begin(uuid4(), {FILE: str(picture)})
        case "document":
            document = Document(case_id=row.id, kind=DocumentKind.FAMILY_BOOK)
            documents.add_document(office, document, picture)
            beside.documents.look(document)


def _before(window, page):
    """Show a page as it stands before an office is open."""
    from ui.pages.recovery import RecoveryPage

    if page.startswith("assistant"):
        window.page.show_step(int(page[-1]))
    elif page == "recovery":
        window.show_page(RecoveryPage("K7Q2M-9XWDA-4HTRE-P83NC-Z5VYB", "SR"))
    else:
        _door(window, page)
    settle()
    return window


@pytest.mark.each_once
@pytest.mark.parametrize("page", BEFORE)
def test_every_page_before_an_office_is_open_can_be_read_named_and_reached(page, tmp_path, language):
    with running(tmp_path, language) as program:
        _look_at(_before(program.window, page), language)


def _look_at(shown, language):
    stops = _stops(shown)
    assert stops
    unnamed = [_describe(widget) for widget in stops if not _name(widget)]
    assert not unnamed
    assert not _unreached(shown, stops)
    assert not troubles(shown, stops)
    assert not _clipped(shown)
    if language == "km":
        assert not _untranslated(shown)


@pytest.mark.each_once
@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_be_read_named_and_reached(kept, page, tmp_path, language):
    shown = _shown(kept, page, tmp_path, language)
    try:
        _look_at(shown, language)
    finally:
        if shown is not kept.program.window:
            assert shown.isVisible()
            press(shown, Qt.Key.Key_Escape)
            assert not shown.isVisible()
            settle()
        kept.put_away()


def _stops(shown: QWidget) -> list[QWidget]:
    tabbed = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in seen(shown, QWidget)
        if widget.focusPolicy() & tabbed == tabbed and widget.isEnabled() and widget.focusProxy() is None
    ]


def _name(widget: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name).strip()


def _describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def _unreached(shown: QWidget, stops: list[QWidget]) -> list[str]:
    """Press Tab once round the page; radio buttons of a group share one stop."""
    shown.activateWindow()
    stops[0].setFocus()
    settle()
    met = set()
    for _ in range(3 * len(stops)):
        met.add(QApplication.focusWidget())
        press(QApplication.focusWidget() or shown, Qt.Key.Key_Tab)
    groups = {widget.group() for widget in met if isinstance(widget, QAbstractButton) and widget.group()}
    missed = [widget for widget in stops if widget not in met]
    return [
        _describe(widget) for widget in missed if not (isinstance(widget, QAbstractButton) and widget.group() in groups)
    ]


def _clipped(shown: QWidget) -> list[str]:
    """Return the texts that do not fit into their label or button, or that stand outside what can be scrolled to."""
    found = []
    for label in seen(shown, QLabel):
        if not label.text() or label.pixmap().width():
            continue
        need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        narrow = (
            label.contentsRect().width() < _longest_word(label)
            if label.wordWrap()
            else label.width() < label.sizeHint().width()
        )
        if label.height() < need or narrow:
            found.append(f"{label.text()} {label.size()} needs {label.sizeHint()}")
    found += [
        f"{button.text()} {button.size()} needs {button.sizeHint()}"
        for button in seen(shown, QAbstractButton)
        if not isinstance(button.parentWidget(), QLineEdit)  # a picture alone, as large as the line lets it be
        and (button.width() < button.sizeHint().width() or button.height() < button.sizeHint().height())
    ]
    found += [
        f"{area} is wider than its page"
        for area in seen(shown, QScrollArea)
        if area.widget() is not None and area.widget().width() > area.viewport().width()
    ]
    return found


def _longest_word(label: QLabel) -> int:
    text = re.sub(r"<[^>]*>|&\w+;", "", label.text()) if "<" in label.text() else wrapped(label.text())
    words = re.split(r"[\s\u200b]+", text)
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def _untranslated(shown: QWidget) -> list[str]:
    """Return texts with Latin words on a Khmer page that are no names, codes or numbers."""
    texts = [label.text() for label in seen(shown, QLabel)]
    texts += [button.text() for kind in (QAbstractButton, QCheckBox, QRadioButton) for button in seen(shown, kind)]
    found = []
    for text in texts:
        plain = re.sub(r"<[^>]*>|&\w+;", " ", text)
        plain = re.sub(r"[/\\]\S+", " ", plain)  # where a folder lies is in nobody's language
        plain = re.sub(r"\b[A-Z0-9]+-[A-Z0-9-]+\b", " ", plain)  # codes are no words
        words = [word for word in re.findall(r"[A-Za-z]+", plain) if word[0] in ascii_letters]
        if any(word not in NOT_WORDS and not _is_name(word, text) for word in words):
            found.append(text)
    return found


def _is_name(word: str, text: str) -> bool:
    """Names of invented children in Latin letters begin with a capital each and stand without any other words."""
    return len(re.findall(r"[A-Za-z]+", text)) <= 4 and word[0].isupper()


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *itertools.product(("text", "muted", "accent", "over"), ("card", "ground")),
        ("notice_text", "notice"), ("over", "over_light"), ("card", "accent"), ("card", "accent_dark"),
        ("rail_text", "rail"), ("rail_text", "rail_here"), ("accent_dark", "accent_light"), ("text", "accent_light"),
        ("text", "over_light"),
        ("muted", "accent_light"), ("notice_text", "card"), ("notice_text", "accent_light"), ("muted", "over_light"),
    ],
)  # fmt: skip
def test_texts_stand_out_from_their_ground(text, ground):
    assert _contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("ring", "ground"), [("focus", "card"), ("focus", "ground"), ("focus_dark", "rail"), ("focus_dark", "accent_dark"),
                         ("field_line", "card"), ("focus", "over_light"), ("over", "over_light")]
)  # fmt: skip
def test_focus_and_fields_stand_out_from_their_ground(ring, ground):
    assert _contrast(ring, ground) >= 3


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(theme.COLOURS[name]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_marked_box_shows_whether_it_has_the_keyboard(qtbot):
    for kind in (QLineEdit, QPlainTextEdit, QComboBox):
        box = kind()
        box.setProperty("marked", True)
        qtbot.addWidget(box)
        with qtbot.waitActive(box):
            box.show()
        for edge, act in (("over", box.clearFocus), ("focus", box.setFocus)):
            act()
            settle()
            image = box.grab().toImage()
            assert image.pixelColor(image.width() // 2, 0).name() == theme.COLOURS[edge]


def test_every_picture_draws_something_inside_its_square():
    for name in _STROKES:
        image = pixmap(name, "#000000", 24, 2).toImage()
        inked = [(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha()]
        assert inked
        assert QRect(0, 0, 48, 48).contains(inked[0][0], inked[0][1])


def test_the_font_of_both_scripts_is_the_bundled_one(kept):
    theme.dress(QApplication.instance())
    assert QApplication.font().family() == theme.FAMILY
    assert kept.program.window.fontMetrics().inFontUcs4(ord("ក"))
    assert kept.program.window.fontMetrics().inFontUcs4(ord("A"))
