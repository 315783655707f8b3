"""Papers and pictures of a case in the window: chosen or dropped, kept, looked at, let out as a copy."""

from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from typing_in import press, write_here

from casemgr.records.beside.document import Document, DocumentKind, MediaType
from casemgr.records.kept import AuditEntry
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import documents, drafts, lists
from ui.editors.file_strip import FILE
from ui.pages.case_beside import told_of
from ui.parts.document_view import DocumentView
from ui.parts.thumbnail import Thumbnail
from ui.parts.undo_bar import SAVED
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
either = pytest.mark.parametrize("program", ["km", "en"], indirect=True)


@pytest.fixture
def program(request, tmp_path):
    language = getattr(request, "param", "en")
    with running(tmp_path, language) as program:
        show_practice(program, tmp_path, 8, language)
        yield program


@pytest.fixture
def page(program):
    return program.desk.go(("case", lists.cases(program.office)[0].id))


@pytest.fixture
def beside(page):
    return page.beside


@pytest.fixture
def photograph(tmp_path):
    path = tmp_path / "IMG_2031.jpg"
    Image.new("RGB", (900, 600), (200, 30, 30)).save(path)
    return path


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    pages = [Image.new("L", (595, 842), grey) for grey in (255, 200, 150)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path


def choose(path):
    asked = dialog()
    assert isinstance(asked, QFileDialog)
    window = asked.parentWidget().window()
    asked.fileSelected.emit(str(path))
    asked.reject()
    window.activateWindow()
    settle()


def answer_box(role):
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    said = box.text().replace("\u200b", "")
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()
    settle()
    return said


def add(page, beside, path, **answers):
    beside.begin(kind_of(Document))
    choose(path)
    page.editing.editor.restore(answers)
    page.editing.save()
    settle()
    return page.file.of(Document)[-1]


def trail(program):
    with program.office.read() as work:
        return [line.action for line in work.find(AuditEntry) if line.record_type == "Document"]


@either
def test_a_file_is_chosen_described_and_kept(program, page, beside, photograph):
    assert beside.begin(kind_of(Document))
    choose(photograph)
    strip = page.editing.keeper.part
    assert (strip.path, strip.taken.media_type) == (photograph, MediaType.JPEG)
    page.editing.editor.restore({"kind": DocumentKind.FAMILY_BOOK.value, "received_from": "អ៊ុំ សុផល"})
    page.editing.editor.focus_field("headline")
    write_here("ទំព័រទី ១ និងទី ២")
    press(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.editing is None
    bar = program.desk.undo_bar
    assert bar.text.text().replace("\u200b", "") == tr(SAVED, what=tr(Document.title))
    assert bar.isVisible()
    assert not bar.button.isVisible(), "a file is not taken back by a key"
    document = page.file.of(Document)[0]
    assert (document.media_type, document.pages) == (MediaType.JPEG, 1)
    assert documents.document_data(program.office, document.id)[1] is MediaType.JPEG
    title, about = told_of(document, page.file)
    assert title == "ទំព័រទី ១ និងទី ២"
    assert about == " · ".join(
        (tr("Family book"), "អ៊ុំ សុផល", tr("Photograph"), tr("pages: {pages}", pages=words().number(1)))
    )


@either
def test_a_file_that_will_not_do_is_refused_before_anything_is_typed(program, page, beside, tmp_path, photograph):
    wrong = tmp_path / "letter.docx"
    wrong.write_bytes(b"PK\x03\x04" + bytes(200))
    beside.begin(kind_of(Document))
    choose(wrong)
    assert page.editing is None
    said = answer_box(QMessageBox.ButtonRole.AcceptRole)
    assert said == tr("This is a text or a table of an office program. Save it there as a PDF file, and add that one.")
    choose(photograph)
    assert page.editing is not None
    assert page.file.of(Document) == ()
    page.editing.leave()
    answer_box(QMessageBox.ButtonRole.DestructiveRole)
    assert page.editing is None
    assert drafts.drafts(program.office) == []


def test_another_file_takes_the_place_of_the_first(page, beside, photograph, scan):
    beside.begin(kind_of(Document))
    choose(photograph)
    page.editing.keeper.part.another_button.click()
    choose(scan)
    page.editing.save()
    settle()
    assert page.file.of(Document)[0].pages == 3


def test_a_file_that_was_taken_away_meanwhile_is_kept_all_the_same(page, beside, photograph):
    beside.begin(kind_of(Document))
    choose(photograph)
    photograph.unlink()  # as when a memory stick is pulled out
    page.editing.save()
    settle()
    assert page.file.of(Document)[0].media_type is MediaType.JPEG


def test_a_date_that_cannot_be_keeps_what_is_typed(page, beside, photograph):
    beside.begin(kind_of(Document))
    choose(photograph)
    page.editing.editor.restore({"dated_on": "2126-01-01"})
    page.editing.save()
    settle()
    assert page.editing.message.isVisible()
    assert page.editing.editor.sections[0].question("dated_on").mark.isVisible()
    page.editing.editor.restore({"dated_on": None})
    page.editing.save()
    settle()
    assert len(page.file.of(Document)) == 1


def test_unfinished_typing_finds_its_file_again(page, beside, photograph):
    beside.begin(kind_of(Document))
    choose(photograph)
    page.editing.editor.focus_field("headline")
    write_here("សៀវភៅ")
    identity = page.editing.base.id
    page.flush()
    page.editing.closed.emit()
    settle()
    assert beside.begin(kind_of(Document), identity)
    settle()
    assert page.editing.keeper.part.path == photograph
    assert page.editing.editor.record().headline == "សៀវភៅ"
    state = page.state()
    page.editing.closed.emit()
    photograph.unlink()
    beside.begin(kind_of(Document), identity, state["plain"])
    settle()
    said = answer_box(QMessageBox.ButtonRole.RejectRole)
    assert said == tr("This file cannot be read. Copy it to this computer, and choose it there.")


def drop(page, *urls):
    data = QMimeData()
    data.setUrls(urls)
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, held)
    QApplication.sendEvent(page.overview, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            page.overview, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, held)
        )  # fmt: skip
    settle()
    return enter.isAccepted()


def test_a_file_is_dropped_on_a_case_that_has_no_document_yet(page, photograph):
    assert page.file.of(Document) == ()
    assert drop(page, QUrl.fromLocalFile(str(photograph)))
    assert page.editing.keeper.part.path == photograph


def test_a_file_that_is_read_late_throws_no_typing_away(program, page, beside, photograph):
    arrest = page.file.of(Arrest)[0]
    page.edit(arrest)
    page.editing.editor.focus_field("officer")
    write_here("កែវ")
    beside.begin(kind_of(Document), uuid4(), {FILE: str(photograph)})
    settle()
    assert isinstance(page.editing.base, Document)
    assert drafts.draft(program.office, f"arrest/{arrest.id}")["officer"].startswith("កែវស")


def test_several_files_and_links_are_not_taken_by_dropping(page, photograph, scan):
    files = [QUrl.fromLocalFile(str(path)) for path in (photograph, scan)]
    assert not drop(page, *files)
    assert not drop(page, QUrl("https://example.org/a.pdf"))
    assert page.editing is None


def test_no_page_can_be_turned_before_the_pages_are_counted(page, beside, scan, qtbot):
    document = add(page, beside, scan)
    beside.documents.look(document)
    view = page.stack.currentWidget()
    assert all(part.isHidden() for part in view.paging)
    qtbot.waitUntil(lambda: all(part.isVisible() for part in view.paging))


def test_a_document_is_looked_at_page_by_page_in_any_size(program, page, beside, scan, qtbot):
    document = add(page, beside, scan)
    page_actions = {action.label: action for action in beside.actions_of(document)}
    page_actions["Look"].act()
    view = page.stack.currentWidget()
    assert isinstance(view, DocumentView)
    qtbot.waitUntil(lambda: not view.sheet.pixmap().isNull())
    assert (view.page, view.pages) == (0, 3)
    assert view.where.text() == tr("Page {page} of {pages}", page=words().number(1), pages=words().number(3))
    fitted = view.sheet.pixmap().width()
    press(view.area, Qt.Key.Key_PageDown)
    press(view.area, Qt.Key.Key_PageDown)
    press(view.area, Qt.Key.Key_PageDown)
    assert view.page == 2
    assert not view.next.isEnabled()
    press(view.area, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert view.page == 0
    press(view.area, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.sheet.pixmap().width() > fitted)
    press(view.area, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    press(view.area, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: abs(view.sheet.pixmap().width() - fitted) <= 20)  # a scroll bar may stand beside it now
    assert trail(program).count("opened") == 1
    press(view.area, Qt.Key.Key_Escape)
    settle()
    assert page.stack.currentWidget() is page.overview


def test_a_picture_is_looked_at_no_larger_than_it_is_until_that_is_wanted(page, beside, photograph, qtbot):
    document = add(page, beside, photograph)
    beside.documents.look(document)
    view = page.stack.currentWidget()
    qtbot.waitUntil(lambda: not view.sheet.pixmap().isNull())
    assert not view.where.isVisible()
    assert view.sheet.pixmap().width() <= 900
    view.set_zoom(200)
    qtbot.waitUntil(lambda: view.sheet.pixmap().width() == 1800)
    view.leave()


def test_a_damaged_file_is_said_on_the_page(program, page, beside, photograph):
    document = add(page, beside, photograph)
    with program.office.write() as work:
        work.get(Document, document.id).digest = "0" * 64
    beside.documents.look(document)
    view = page.stack.currentWidget()
    assert view.message.isVisible()
    view.leave()
    settle()
    picture = beside.picture_of(document)
    beside.documents._draw(document.id, picture)  # stays a sign; nothing else happens
    picture.deleteLater()


@pytest.mark.parametrize("whole", ["nothing", "half"])
def test_a_picture_that_cannot_be_read_is_said(program, tmp_path, whole, qtbot):
    path = tmp_path / "picture.png"
    Image.effect_noise((300, 200), 90).save(path)
    data = b"nothing" if whole == "nothing" else path.read_bytes()[: path.stat().st_size // 2]
    view = DocumentView(program.tasks, lambda: (data, MediaType.PNG), title="", on_save=print)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: not view.message.isHidden())
    assert view.sheet.pixmap().isNull()


@either
def test_a_copy_is_saved_after_a_warning_and_written_down(program, page, beside, photograph, tmp_path):
    document = add(page, beside, photograph, kind="family-book")
    beside.documents.ask_to_save(document)
    assert answer_box(QMessageBox.ButtonRole.AcceptRole).startswith(tr(
        "The copy will not be encrypted: whoever gets hold of it can read it. Delete it as soon as it is no longer "
        "needed. That a copy was saved is written down."
    )[:20])  # fmt: skip
    asked = dialog()
    assert Path(asked.selectedFiles()[0]).name == f"{page.file.case.number}-family-book.jpg"
    choose(tmp_path / "copy.jpg")
    answer_box(QMessageBox.ButtonRole.AcceptRole)
    assert (tmp_path / "copy.jpg").read_bytes() == documents.document_data(program.office, document.id)[0]
    assert trail(program).count("exported") == 1


@pytest.mark.parametrize("where", ["office", "missing"])
def test_a_copy_that_cannot_be_saved_is_said(program, page, beside, photograph, tmp_path, where):
    document = add(page, beside, photograph)
    folder = program.office.folder if where == "office" else tmp_path / "no such folder"
    beside.documents.save_to(document, str(folder / "copy.jpg"))
    settle()
    assert answer_box(QMessageBox.ButtonRole.AcceptRole)
    assert not (folder / "copy.jpg").exists()


def test_the_small_picture_is_asked_for_when_seen_and_never_of_an_injury(program, page, beside, photograph, qtbot):
    document = add(page, beside, photograph, kind="birth-certificate")
    injury = add(page, beside, photograph, kind="injury")
    assert beside.picture_of(injury) is None
    picture = beside.picture_of(document)
    assert isinstance(picture, Thumbnail)
    qtbot.addWidget(picture)
    before = picture.pixmap().cacheKey()
    settle()
    assert picture.pixmap().cacheKey() == before
    picture.show()
    qtbot.waitUntil(lambda: picture.pixmap().cacheKey() != before)
    assert picture.pixmap().toImage().pixelColor(5, 5).red() > 150
    assert trail(program) == ["created", "created"]
