"""Printed forms as a worker wants them: name or code, locked, many at once, and what is written down of each."""

import io
import json
import os
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from pypdf import PdfReader

from casemgr.clock import today
from casemgr.printing.forms import FORMS, Naming, Reader
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework, papers, reports
from casemgr.services.papers import LOCKED_PDF, PDF, PRINTER, PaperChoice
from casemgr.trouble import NoSuch, Refusal, Stopped

WARNING, REPORT = "police-warning", "social-inquiry-report"
PASSWORD = "ផ្ទះលើភ្នំមានផ្កាក្រហម"


@pytest.fixture
def cases(office):
    """Three cases: two with an arrest, one with nothing."""
    made = [Case(), Case(), Case()]
    for case, name in zip(made, ("ចាន់ថា", "វណ្ណា", "ពិសី"), strict=True):
        child = Child(family_name_km="សុខ", given_name_km=name)
        if case is made[2]:
            casework.save_child(office, child)
            casework.open_case(office, child.id, case)
        else:
            casework.take_arrest(office, child, case, [], Arrest(police_unit="អធិការដ្ឋាន"))
    return [case.id for case in made]


def to_others(naming, monkeypatch):
    """Let there be one more form, which goes to somebody outside; return it."""
    form = replace(papers.form_named(WARNING), name="letter", reader=Reader.OTHERS, naming=naming)
    monkeypatch.setattr(papers, "FORMS", (*FORMS, form))
    return form


def consent(office, case_id, **said):
    told = {"given_on": today(), "scope": (ConsentScope.SHARING,)} | said
    casework.save_record(office, Consent(case_id=case_id, **told))


def printed(office):
    with office.read() as work:
        lines = work.find(AuditEntry, action="printed")
    return [(line.case_id, {name: pair[1] for name, pair in json.loads(line.changes).items()}) for line in lines]


def test_a_batch_is_written_down_when_it_leaves_and_not_before(office, cases):
    told = []
    choice = PaperChoice("en", by_hand=True, with_restricted=True)
    made = papers.batch(office, WARNING, cases, choice, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert printed(office) == []
    papers.log_batch(office, WARNING, cases, choice, PRINTER)
    assert [case_id for case_id, _ in printed(office)] == cases
    said = {"form": WARNING, "language": "en", "how": "printer", "with_restricted": False, "named": True,
            "by_hand": True, "batch": 3}  # fmt: skip
    assert all(line == said for _, line in printed(office))
    reader = PdfReader(io.BytesIO(made.data))
    with office.read() as work:
        numbers = [work.read_one(Case, case_id).number for case_id in cases]
    assert made.starts[0] == 0
    for start, number in zip(made.starts, numbers, strict=True):
        assert number in reader.pages[start].extract_text()


def test_a_batch_stops_between_two_papers(office, cases):
    told = []
    with pytest.raises(Stopped):
        papers.batch(
            office, WARNING, cases, progress=lambda done, _: told.append(done), cancelled=lambda: len(told) == 2
        )  # fmt: skip
    assert told == [1, 2]
    with pytest.raises(Refusal):
        papers.batch(office, WARNING, [])
    with pytest.raises(NoSuch):
        papers.batch(office, "no-such-form", cases)


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery staple"])
def test_a_locked_paper_opens_with_its_password_alone(office, cases, tmp_path, password):
    data = papers.print_form(office, WARNING, cases[0], PaperChoice("en"), how=LOCKED_PDF)
    target = tmp_path / "paper.pdf"
    papers.save_paper(target, data, office.folder, password)
    reader = PdfReader(target)
    assert reader.is_encrypted
    lock = reader.trailer["/Encrypt"].get_object()
    assert (lock["/V"], lock["/R"], lock["/CF"]["/StdCF"]["/CFM"]) == (5, 6, "/AESV3")
    assert not reader.decrypt("wrong horse battery staple")
    assert reader.decrypt(password)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(target)
    with pypdfium2.PdfDocument(target, password=password) as document:
        assert "Record of a warning" in document[0].get_textpage().get_text_range()
    assert "សុខ".encode() not in target.read_bytes()
    assert printed(office)[0][1]["how"] == "locked-pdf"
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaa", "ក" * 20 + "abcdefgh" * 10])
def test_a_password_that_will_not_do_locks_nothing(tmp_path, password):
    with pytest.raises(Refusal):
        papers.save_paper(tmp_path / "paper.pdf", b"%PDF-", password=password)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_leaves_the_office_is_warned_of_as_the_consents_allow(office, cases, monkeypatch):
    form = to_others(Naming.NAME, monkeypatch)

    def warning(**said):
        file = case_files.case_file(office, cases[0], log=False)
        return papers.name_warning(form, file, PaperChoice(**said))

    assert warning() == papers.NAME_WITHOUT_CONSENT
    assert warning(named=False) is None
    consent(office, cases[0], valid_until=today() - timedelta(days=1), given_on=today() - timedelta(days=9))
    assert warning() == papers.NAME_WITHOUT_CONSENT
    consent(office, cases[0])
    assert warning() == papers.NAME_LEAVES
    facts = papers.preview_form(office, "letter", cases[0])
    assert facts.warning == papers.NAME_LEAVES


def test_a_form_that_needs_the_name_is_not_offered_with_the_code(office, cases, monkeypatch):
    to_others(Naming.ALWAYS, monkeypatch)
    facts = papers.preview_form(office, "letter", cases[0], PaperChoice(named=False))
    assert facts.warning == papers.NEEDED_NAME_WITHOUT_CONSENT
    assert papers.preview_form(office, WARNING, cases[0]).warning is None  # it stays with the family


def test_one_case_without_consent_warns_of_a_whole_batch(office, cases, monkeypatch):
    to_others(Naming.CODE, monkeypatch)
    named = PaperChoice(named=True)
    assert papers.batch_warning(office, "letter", cases, PaperChoice()) is None
    consent(office, cases[0])
    assert papers.batch_warning(office, "letter", cases, named) == papers.NAMES_WITHOUT_CONSENT
    assert papers.batch_warning(office, "letter", cases[:1], named) == papers.NAMES_LEAVE


def test_answers_for_named_staff_are_offered_only_where_the_paper_has_some(office, cases):
    report = reports.new_report(office, cases[0])
    casework.save_record(office, report)
    by_hand = PaperChoice(by_hand=True)
    assert papers.preview_form(office, REPORT, cases[0], by_hand).can_restrict
    assert not papers.preview_form(office, WARNING, cases[0], by_hand).can_restrict


def test_a_single_paper_is_written_down_with_what_was_decided(office, cases, monkeypatch):
    to_others(Naming.NAME, monkeypatch)
    papers.preview_form(office, WARNING, cases[0])
    assert printed(office) == []
    papers.print_form(office, "letter", cases[0], PaperChoice("both", named=False), how=PDF)
    ((case_id, said),) = printed(office)
    assert case_id == cases[0]
    assert (said["language"], said["named"], said["how"]) == ("both", False, "pdf")
    assert "batch" not in said
