"""Every function of the services that an office is given to: the rights it wants, and how to call it.

A function that is new has to be named here, or in INNER where it works within a transaction of others, or takes no
office at all.
"""
# ruff: noqa: ARG005  (every call takes both)

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid4

import casemgr.services
from casemgr import clock
from casemgr.i18n import Words
from casemgr.measures.indicators.values import Period
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent, ErasingDecision
from casemgr.records.beside.document import Document
from casemgr.records.beside.note import Note
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.kept import AuditEntry
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.retention import ErasingWay, Kept
from casemgr.records.sameness import Verdict
from casemgr.records.staff import Role, StaffMember
from casemgr.services import (
    accounts,
    at_a_call,
    backups,
    calendar,
    case_files,
    case_history,
    case_list,
    casework,
    comparing,
    directory,
    documents,
    drafts,
    ending,
    erasing,
    erasing_due,
    finding,
    follow_up_export,
    follow_up_schedule,
    follow_ups,
    handing_over,
    handover,
    held_over,
    history,
    import_checking,
    import_files,
    import_reading,
    import_told,
    importing,
    indicator_export,
    keeping_rules,
    list_export,
    lists,
    measuring,
    office_keys,
    papers,
    practice,
    quality,
    readers,
    received,
    reporting,
    reports,
    same_child,
    saved_lists,
    self_check,
    sending_case,
    sending_contacts,
    sending_map,
    sending_numbers,
    settings,
    shown_lists,
    taking_in,
    versions,
    week,
    where_list,
)
from casemgr.services import office as offices
from casemgr.services.case_files import CaseFile
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office, Right
from casemgr.services.reporting import Facts
from casemgr.trouble import NotAllowed, Refusal

PASSWORD, NEW = "correct horse battery staple", "another horse battery staple"


@dataclass
class Known:
    """What the calls are about: one case with everything in it, and what was read of it before. folder: for files."""

    case: UUID
    child: UUID
    number: str
    document: UUID
    contact: UUID
    complaint: UUID
    draft: UUID
    submitted: UUID
    note: UUID
    erasure: UUID
    staff: dict[str, UUID]
    file: CaseFile
    facts: Facts
    picture: Path
    folder: Path
    files: int = field(default=0)

    def target(self, ending: str) -> Path:
        """Return the name of a file that is not there yet."""
        self.files += 1
        return self.folder / f"{self.files}.{ending}"

    @property
    def period(self) -> Period:
        """The last year."""
        return Period(clock.today() - timedelta(days=365), clock.today())

    @property
    def last_quarter(self) -> Period:
        """The last quarter that is over."""
        return reporting.period_of(reporting.Span.LAST_QUARTER, clock.today())


class Asked(NamedTuple):
    """The rights a function wants, a call of it, and whether it is about the one case or child.

    either: of these rights one is enough.
    """

    rights: frozenset[Right]
    call: Callable[[Office, Known], Any]
    of_case: bool = False
    either: frozenset[Right] = frozenset()

    def is_for(self, office: Office) -> bool:
        """Return whether who opened the office has the rights."""
        return self.rights <= office.rights and (not self.either or bool(self.either & office.rights))


def kept(office: Office, kind: type[Any], record_id: UUID) -> Any:
    """Return a record past the services, as somebody has it who read it before."""
    with office.store.read() as work:
        return work.get(kind, record_id)


def saved(office: Office, known: Known) -> tuple[int, ...]:
    """Change a note past the services, where one may write at all; return the lines of the trail."""
    if Right.WRITE_CASES not in office.rights:
        return (1,)
    with office.store.write() as work:
        work.get(Note, known.note).text = "y"
        work.flush()
        return work.lines


def brought_back(office: Office, known: Known) -> None:
    """Bring back what a note said first, after it was changed past the services where one may write at all."""
    saved(office, known)
    with office.store.read() as work:
        first = work.find(AuditEntry, record_id=known.note)[0].seq
    versions.bring_back(office, Note, known.note, first, "x", version=kept(office, Note, known.note).version)


def refused(call: Callable[[], object]) -> None:
    """Call what is refused for another reason than the rights."""
    try:
        call()
    except NotAllowed:
        raise
    except Refusal:
        return
    raise AssertionError("not refused")


def reached(call: Callable[[], object]) -> None:
    """Call with nothing to work on what asks for its rights first of all."""
    try:
        call()
    except NotAllowed:
        raise
    except (AttributeError, OSError, Refusal):
        return
    raise AssertionError("nothing was missing")


EVERY_COLUMN = case_list.CaseView({}, tuple(case_list.BY_KEY))
"""All cases, with all that may be told of them."""


def own_list(office: Office) -> saved_lists.SavedRow:
    """Save a list of cases under a name that no other has."""
    return saved_lists.save_list_as(office, str(uuid4()), EVERY_COLUMN)


def newcomer(*roles: Role) -> StaffMember:
    """Return a staff member who is not kept yet."""
    return StaffMember(name=f"Newcomer {uuid4()}", roles=roles or (Role.CASE_WORKER,))


def renamed(office: Office, known: Known) -> StaffMember:
    """Return a staff member as somebody has changed it."""
    staff: StaffMember = kept(office, StaffMember, known.staff["officer"])
    staff.function = "x"
    return staff


def corrected(office: Office) -> Any:
    """Correct a limit as it is now."""
    key = "police-custody/14-15/felony"
    version = next(limit.version for limit in settings.limits(office) if limit.key == key)
    return settings.correct_limit(office, key, 30, version=version, article=None, source=None, confirmed=False)


def a_list(known: Known) -> Path:
    """Return a list of one case."""
    path = known.picture.with_name("list.csv")
    path.write_text("child_code,sex\nK-1,male\n", "utf-8")
    return path


def opened_list(office: Office, known: Known) -> import_reading.OpenList:
    """Return a list that was read, where one may."""
    if not office.rights.issuperset(import_reading.MAY_IMPORT):
        return import_reading.OpenList((), (), import_reading.Meaning({}), "")
    return import_reading.open_list(office, a_list(known))


USE, LIST, PRINT, MEASURE = Right.USE, Right.LIST, Right.PRINT, Right.MEASURE
READ, WRITE, ALL = Right.READ_CASES, Right.WRITE_CASES, Right.ALL_CASES
MANAGE, ACCOUNTS, LIMITS = Right.MANAGE, Right.ACCOUNTS, Right.LIMITS
ERASE, HOLD = Right.ERASE, Right.HOLD


def _(
    call: Callable[[Office, Known], Any], *rights: Right, case: bool = False, either: tuple[Right, ...] = ()
) -> Asked:  # fmt: skip
    return Asked(frozenset(rights), call, case, frozenset(either))


def erased(office: Office, known: Known) -> Any:
    """Ask to erase a child that is not due, confirmed as it should be."""
    confirmed = erasing.Confirmed("supervisor", PASSWORD, "ERASE")
    return erasing.erase(office, [known.child], ErasingWay.ERASE, reason="x", confirmed=confirmed)


TABLE: dict[str, Asked] = {
    "accounts.accounts": _(lambda o, k: accounts.accounts(o), ACCOUNTS),
    "accounts.staff_member": _(lambda o, k: accounts.staff_member(o, k.staff["worker"]), ACCOUNTS),
    "accounts.add_account": _(lambda o, k: accounts.add_account(o, newcomer(), PASSWORD), ACCOUNTS),
    "accounts.save_account": _(lambda o, k: accounts.save_account(o, renamed(o, k)), ACCOUNTS),
    "accounts.reset_password": _(lambda o, k: accounts.reset_password(o, k.staff["nobody"], NEW), ACCOUNTS),
    "accounts.close_account": _(lambda o, k: accounts.close_account(o, k.staff["nobody"]), ACCOUNTS),
    "accounts.reopen_account": _(lambda o, k: accounts.reopen_account(o, k.staff["nobody"], PASSWORD), ACCOUNTS),
    "accounts.new_recovery_code": _(lambda o, k: accounts.new_recovery_code(o), ACCOUNTS),
    "accounts.key_renewal": _(lambda o, k: accounts.key_renewal(o), ACCOUNTS),
    "accounts.renew_key": _(lambda o, k: accounts.renew_key(o), ACCOUNTS),
    "backups.copies_of": _(lambda o, k: backups.copies_of(o), USE),
    "backups.choose_folder": _(lambda o, k: backups.choose_folder(o, backups.HOME, None), MANAGE),
    "backups.make_copy": _(lambda o, k: backups.make_copy(o), USE),
    "backups.copy_if_due": _(lambda o, k: backups.copy_if_due(o)),
    "backups.copy_at_closing": _(lambda o, k: backups.copy_at_closing(o)),
    "backups.copy_to": _(lambda o, k: backups.copy_to(o, k.target("officecopy")), USE),
    "backups.copies_at": _(lambda o, k: backups.copies_at(o), USE),
    "backups.list_copies": _(lambda o, k: backups.list_copies(o), USE),
    "calendar.calendar_file": _(lambda o, k: calendar.calendar_file(o, ()), READ),
    "calendar.save_calendar": _(lambda o, k: calendar.save_calendar(o, k.target("ics"), ()), READ),
    "case_files.case_file": _(lambda o, k: case_files.case_file(o, k.case), READ, case=True),
    "case_history.of_case": _(lambda o, k: case_history.of_case(o, k.case), READ, case=True),
    "case_files.linked_child": _(lambda o, k: case_files.linked_child(o, k.child), READ),
    "case_files.log_exported": _(lambda o, k: case_files.log_exported(o, k.file, "json"), READ, case=True),
    "case_files.child_file": _(lambda o, k: case_files.child_file(o, k.child), READ, case=True),
    "case_files.child_exists": _(lambda o, k: case_files.child_exists(o, k.child), READ),
    "case_files.case_by_number": _(lambda o, k: case_files.case_by_number(o, k.number), READ, case=True),
    "case_files.child_by_code": _(
        lambda o, k: case_files.child_by_code(o, k.file.child.code or ""), READ, case=True
    ),
    "casework.take_arrest": _(
        lambda o, k: casework.take_arrest(o, Child(id=k.child), Case(), (), Arrest(arrested_at=clock.now())), WRITE,
        case=True,
    ),
    "casework.open_case": _(lambda o, k: casework.open_case(o, k.child, Case()), WRITE, case=True),
    "casework.save_child": _(lambda o, k: casework.save_child(o, kept(o, Child, k.child)), WRITE, case=True),
    "casework.save_case": _(lambda o, k: casework.save_case(o, kept(o, Case, k.case)), WRITE, case=True),
    "casework.save_record": _(
        lambda o, k: casework.save_record(o, Note(case_id=k.case, happened_at=clock.now()), "x"), WRITE, case=True
    ),
    "at_a_call.clocks_ahead": _(
        lambda o, k: at_a_call.clocks_ahead(o, Child(), (), Arrest(arrived_at=clock.now()), k.child), READ, case=True
    ),
    "at_a_call.police_units": _(lambda o, k: at_a_call.police_units(o), READ),
    "comparing.compare": _(lambda o, k: reached(lambda: comparing.compare(o, cast("Any", None))), READ),
    "directory.contacts": _(lambda o, k: directory.contacts(o), READ),
    "directory.save_contact": _(lambda o, k: directory.save_contact(o, kept(o, Contact, k.contact)), WRITE),
    "directory.contact_file": _(lambda o, k: directory.contact_file(o, k.contact), READ),
    "directory.contact_exists": _(lambda o, k: directory.contact_exists(o, k.contact), READ),
    "directory.add_to_case": _(
        lambda o, k: directory.add_to_case(o, CaseContact(case_id=k.case, contact_id=k.contact)), WRITE, case=True
    ),
    "documents.add_document": _(
        lambda o, k: documents.add_document(o, Document(case_id=k.case), k.picture), WRITE, case=True
    ),
    "documents.document_data": _(lambda o, k: documents.document_data(o, k.document), READ, case=True),
    "documents.preview": _(lambda o, k: documents.preview(o, k.document, 50), READ, case=True),
    "documents.thumbnail": _(lambda o, k: documents.thumbnail(o, k.document, 50), READ, case=True),
    "documents.save_document": _(
        lambda o, k: documents.save_document(o, k.document, k.target("png")), READ, PRINT, case=True
    ),
    "drafts.keep_draft": _(lambda o, k: drafts.keep_draft(o, "note/1", None, {"text": "x"}), WRITE),
    "drafts.drafts": _(lambda o, k: drafts.drafts(o), USE),
    "drafts.draft": _(lambda o, k: drafts.draft(o, "note/1"), READ),
    "drafts.drop_draft": _(lambda o, k: drafts.drop_draft(o, "note/1"), WRITE),
    "finding.find_children": _(lambda o, k: finding.find_children(o, "Canary"), READ),
    "follow_up_export.export_follow_ups": _(
        lambda o, k: follow_up_export.export_follow_ups(
            o, k.target("xlsx"), ListKind.WORKBOOK, follow_ups.filter_of(o), passphrase=PASSWORD, reason="x"
        ),
        LIST, READ,
    ),
    "follow_up_schedule.case_schedule": _(lambda o, k: follow_up_schedule.case_schedule(o, k.case), READ, case=True),
    "follow_ups.follow_up_list": _(lambda o, k: follow_ups.follow_up_list(o), LIST),
    "follow_ups.filter_of": _(lambda o, k: follow_ups.filter_of(o)),
    "follow_ups.follow_up_counts": _(lambda o, k: follow_ups.follow_up_counts(o), LIST),
    "follow_ups.within_scope": _(lambda o, k: follow_ups.within_scope(o, follow_ups.filter_of(o))),
    "handover.hand_over": _(
        lambda o, k: handover.hand_over(o, k.case, k.target("case"), reason="x", passphrase=PASSWORD), READ, PRINT,
        case=True,
    ),
    "held_over.sealed": _(lambda o, k: held_over.sealed(o, {"list/cases": "x"})),
    "held_over.take_over": _(lambda o, k: held_over.take_over(o, held_over.sealed(o, {"list/cases": "x"}))),
    "history.of_record": _(lambda o, k: history.of_record(o, kept(o, Case, k.case)), READ, case=True),
    "history.undo": _(lambda o, k: history.undo(o, saved(o, k)), WRITE, case=True),
    "versions.versions_of": _(lambda o, k: versions.versions_of(o, Note, k.note), READ, case=True),
    "versions.bring_back": _(brought_back, WRITE, case=True),
    "indicator_export.export_indicators": _(
        lambda o, k: indicator_export.export_indicators(o, k.target("xlsx"), ListKind.WORKBOOK, k.period), MEASURE
    ),
    "case_list.case_page": _(lambda o, k: case_list.case_page(o, EVERY_COLUMN), LIST),
    "case_list.count": _(lambda o, k: case_list.count(o, EVERY_COLUMN), LIST),
    "case_list.case_ids": _(lambda o, k: case_list.case_ids(o, EVERY_COLUMN), READ),
    "case_list.cases_listing": _(lambda o, k: case_list.cases_listing(o, EVERY_COLUMN), LIST),
    "case_list.columns_of": _(lambda o, k: case_list.columns_of(o, EVERY_COLUMN)),
    "case_list.columns_offered": _(lambda o, k: case_list.columns_offered(o)),
    "case_list.filters_offered": _(lambda o, k: case_list.filters_offered(o)),
    "case_list.fitting": _(lambda o, k: case_list.fitting(o, EVERY_COLUMN)),
    "follow_up_export.office_name": _(lambda o, k: follow_up_export.office_name(o, Words("en"))),
    "shown_lists.behind_listing": _(lambda o, k: shown_lists.behind_listing(o, [], [])),
    "shown_lists.children_listing": _(lambda o, k: shown_lists.children_listing(o)),
    "shown_lists.clocks_listing": _(lambda o, k: shown_lists.clocks_listing(o)),
    "shown_lists.contacts_listing": _(lambda o, k: shown_lists.contacts_listing(o)),
    "shown_lists.follow_ups_listing": _(lambda o, k: shown_lists.follow_ups_listing(o, {})),
    "shown_lists.found_listing": _(lambda o, k: shown_lists.found_listing(o, "Canary")),
    "shown_lists.gaps_listing": _(lambda o, k: shown_lists.gaps_listing(o, [])),
    "shown_lists.pairs_listing": _(lambda o, k: shown_lists.pairs_listing(o, [])),
    "shown_lists.where_listing": _(lambda o, k: shown_lists.where_listing(o, [])),
    "case_list.workers": _(lambda o, k: case_list.workers(o), LIST),
    "list_export.export_listing": _(
        lambda o, k: list_export.export_listing(
            o, k.target("xlsx"), ListKind.WORKBOOK, case_list.cases_listing(o, EVERY_COLUMN)
        ),
        LIST,
    ),
    "list_export.listing_paper": _(
        lambda o, k: list_export.listing_paper(o, case_list.cases_listing(o, case_list.CaseView({}))), LIST, PRINT
    ),
    "list_export.log_listing": _(
        lambda o, k: list_export.log_listing(o, case_list.cases_listing(o, EVERY_COLUMN), "printer"), LIST, PRINT
    ),
    "list_export.withdrawn_children": _(lambda o, k: list_export.withdrawn_children(o), LIST),
    "saved_lists.saved_lists": _(lambda o, k: saved_lists.saved_lists(o), LIST),
    "saved_lists.open_list": _(lambda o, k: saved_lists.open_list(o, own_list(o).id), LIST),
    "saved_lists.list_named": _(lambda o, k: saved_lists.list_named(o, own_list(o).name), LIST),
    "saved_lists.save_list_as": _(lambda o, k: own_list(o), LIST),
    "saved_lists.change_list": _(lambda o, k: saved_lists.change_list(o, own_list(o), name=str(uuid4())), LIST),
    "saved_lists.delete_list": _(lambda o, k: saved_lists.delete_list(o, own_list(o)), LIST),
    "saved_lists.last_view": _(lambda o, k: saved_lists.last_view(o), LIST),
    "saved_lists.remember": _(lambda o, k: saved_lists.remember(o, case_list.CaseView({})), LIST),
    "lists.today": _(lambda o, k: lists.today(o), READ),
    "lists.today_page": _(lambda o, k: lists.today_page(o), READ),
    "lists.every_clock": _(lambda o, k: list(lists.every_clock(o)), READ),
    "lists.count_today": _(lambda o, k: lists.count_today(o), READ),
    "lists.who_is_where": _(lambda o, k: lists.who_is_where(o), LIST),
    "lists.is_shared": _(lambda o, k: lists.is_shared(o), USE),
    "lists.children": _(lambda o, k: lists.children(o), LIST),
    "lists.carried_elsewhere": _(lambda o, k: lists.carried_elsewhere(o, "Canaryfam Canarygiven"), READ),
    "lists.cases": _(lambda o, k: lists.cases(o), LIST),
    "lists.log_exported": _(lambda o, k: lists.log_exported(o, "cases", "json"), LIST),
    "measuring.members": _(lambda o, k: measuring.members(o), MEASURE),
    "measuring.reoffending": _(lambda o, k: measuring.reoffending(o), MEASURE),
    "measuring.indicator_rows": _(lambda o, k: measuring.indicator_rows(o, k.period), MEASURE),
    "measuring.indicators": _(lambda o, k: measuring.indicators(o, k.period), MEASURE),
    "office.check_office": _(lambda o, k: offices.check_office(o), USE),
    "office.save_settings": _(lambda o, k: offices.save_settings(o, kept(o, OfficeSettings, o.settings.id)), MANAGE),
    "office.set_language": _(lambda o, k: offices.set_language(o, "en"), USE),
    "office.set_lunar_date": _(lambda o, k: offices.set_lunar_date(o, wanted=True), MANAGE),
    "office.set_idle_minutes": _(lambda o, k: offices.set_idle_minutes(o, 7), MANAGE),
    "office.code_unseen": _(lambda o, k: offices.code_unseen(o), USE),
    "office.code_seen": _(lambda o, k: offices.code_seen(o), USE),
    "office.clock_problem": _(lambda o, k: offices.clock_problem(o), USE),
    "office_keys.own_key": _(lambda o, k: office_keys.own_key(o), Right.OFFICE_KEY),
    "office_keys.renew_key": _(lambda o, k: office_keys.renew_key(o), ACCOUNTS),
    "office_keys.save_key": _(lambda o, k: office_keys.save_key(o, k.target("txt")), Right.OFFICE_KEY),
    "papers.compose": _(lambda o, k: papers.compose(o, "consent", k.case), READ, PRINT, case=True),
    "papers.print_form": _(lambda o, k: papers.print_form(o, "consent", k.case), READ, PRINT, case=True),
    "papers.log_printed": _(
        lambda o, k: papers.log_printed(o, "consent", k.case, papers.AS_USUAL, "pdf"), READ, PRINT, case=True
    ),
    "papers.batch": _(lambda o, k: papers.batch(o, "consent", [k.case]), READ, PRINT, case=True),
    "papers.preview_form": _(lambda o, k: papers.preview_form(o, "consent", k.case), READ, PRINT, case=True),
    "papers.log_batch": _(
        lambda o, k: papers.log_batch(o, "consent", [k.case], papers.AS_USUAL, "pdf"), READ, PRINT, case=True
    ),
    "papers.batch_warning": _(
        lambda o, k: papers.batch_warning(o, "service-referral", [k.case], papers.PaperChoice(named=True)), READ, PRINT,
        case=True,
    ),
    "papers.log_list_printed": _(lambda o, k: papers.log_list_printed(o, "list", None, "pdf"), PRINT),
    "papers.blank_form": _(lambda o, k: papers.blank_form(o, "consent")),
    "papers.worker_name": _(lambda o, k: papers.worker_name(o, Words("en"))),
    "papers.paper_words": _(lambda o, k: papers.paper_words(o, None)),
    "practice.fill_practice": _(lambda o, k: refused(lambda: practice.fill_practice(o, 1, 1)), READ),
    "quality.quality": _(lambda o, k: quality.quality(o), LIST),
    "readers.staff_members": _(lambda o, k: readers.staff_members(o), READ),
    "readers.is_within": _(lambda o, k: readers.is_within(o, kept(o, Case, k.case))),
    "readers.within": _(lambda o, k: readers.within(o, kept(o, Case, k.case)), case=True),
    "readers.demand_decider": _(
        lambda o, k: readers.demand_decider(o, None, Consent(case_id=k.case, decision=ErasingDecision.KEEP)), HOLD
    ),
    "readers.set_readers": _(
        lambda o, k: readers.set_readers(
            o, k.complaint, kept(o, Complaint, k.complaint).readers, kept(o, Complaint, k.complaint).version
        ),
        WRITE, case=True,
    ),
    "received.receive": _(
        lambda o, k: reached(lambda: received.receive(o, k.target("none"), PASSWORD)), READ, WRITE
    ),
    "reporting.read_facts": _(lambda o, k: reporting.read_facts(o, k.period), MEASURE),
    "reporting.quarterly_report": _(
        lambda o, k: reporting.quarterly_report(o, k.period, language="en", for_office=True), MEASURE, PRINT
    ),
    "reporting.paper_of": _(lambda o, k: reporting.paper_of(o, k.facts, "en", for_office=True), MEASURE, PRINT),
    "reporting.log_printed": _(
        lambda o, k: reporting.log_printed(o, k.period, None, None, for_office=True, how="pdf"), PRINT
    ),
    "reporting.cases_behind": _(lambda o, k: reporting.cases_behind(o, [k.case]), MEASURE, READ),
    "reports.new_report": _(lambda o, k: reports.new_report(o, k.case), READ, case=True),
    "reports.submit_report": _(lambda o, k: reports.submit_report(o, k.draft), WRITE, case=True),
    "reports.add_addendum": _(lambda o, k: reports.add_addendum(o, k.submitted, None, "x"), WRITE, case=True),
    "reports.save_handover": _(
        lambda o, k: reports.save_handover(
            o, k.submitted, {"delivered_on": date(2026, 1, 2)}, kept(o, SocialInquiry, k.submitted).version
        ),
        WRITE, case=True,
    ),
    "same_child.candidates": _(lambda o, k: same_child.candidates(o, same_child.person_of(k.file.child)), READ),
    "same_child.likely_unseen": _(lambda o, k: same_child.likely_unseen(o, k.file.child, ()), READ),
    "same_child.sweep": _(lambda o, k: same_child.sweep(o), READ),
    "same_child.decide": _(
        lambda o, k: refused(lambda: same_child.decide(o, k.child, k.child, Verdict.SAME)), WRITE
    ),
    "same_child.take_back": _(lambda o, k: same_child.take_back(o, k.child, k.child), WRITE, case=True),
    "same_child.linked_records": _(lambda o, k: same_child.linked_records(o, k.child), READ, case=True),
    "same_child.beside": _(lambda o, k: same_child.beside(o, k.child, k.child), READ, case=True),
    "sending_case.send_to_primero": _(
        lambda o, k: sending_case.send_to_primero(o, k.case, k.target("json"), reason="x"), READ, PRINT, case=True
    ),
    "sending_case.send_to_oscar": _(
        lambda o, k: sending_case.send_to_oscar(o, k.case, k.target("json"), reason="x"), READ, PRINT, case=True
    ),
    "sending_contacts.send_contacts": _(
        lambda o, k: sending_contacts.send_contacts(
            o, k.target("vcf"), sending_contacts.CardKind.VCARD, reason="x"
        ),
        READ, PRINT,
    ),
    "sending_map.names_of": _(lambda o, k: sending_map.names_of(o, "primero"), USE),
    "sending_map.may_keep": _(lambda o, k: sending_map.may_keep(o, "primero")),
    "sending_map.keep_names": _(lambda o, k: sending_map.keep_names(o, sending_map.MAPS["primero"]), ALL),
    "sending_map.forget_names": _(lambda o, k: refused(lambda: sending_map.forget_names(o, "oscar")), ALL),
    "sending_numbers.send_to_dhis2": _(
        lambda o, k: sending_numbers.send_to_dhis2(
            o, k.target("json"), sending_numbers.SetKind.JSON, k.last_quarter
        ),
        MEASURE,
    ),
    "settings.limits": _(lambda o, k: settings.limits(o), USE),
    "settings.correct_limit": _(lambda o, k: corrected(o), LIMITS, USE),
    "week.compose": _(lambda o, k: week.compose(o, clock.today(), with_names=True), READ, PRINT),
    "week.week_sheet": _(lambda o, k: week.week_sheet(o, clock.today(), with_names=True, language="en"), READ, PRINT),
    "week.log_printed": _(
        lambda o, k: week.log_printed(o, clock.today(), mine=False, with_names=True, language=None, how="pdf"), PRINT
    ),
    "where_list.compose": _(lambda o, k: where_list.compose(o, with_names=True), LIST, PRINT),
    "where_list.where_list": _(lambda o, k: where_list.where_list(o, with_names=True, language="en"), LIST, PRINT),
    "where_list.log_printed": _(
        lambda o, k: where_list.log_printed(o, mine=False, with_names=True, language=None, how="pdf"), PRINT
    ),
    "casework.remove_record": _(
        lambda o, k: casework.remove_record(o, kept(o, Note, k.note), "slip"), WRITE, case=True
    ),
    "accounts.change_password": _(lambda o, k: accounts.change_password(o, PASSWORD, NEW), USE),
    "handing_over.takers": _(lambda o, k: handing_over.takers(o), USE),
    "handing_over.carriers": _(lambda o, k: handing_over.carriers(o, [k.case]), READ, WRITE, case=True),
    "handing_over.give_cases": _(
        lambda o, k: handing_over.give_cases(
            o, {k.case: kept(o, Case, k.case).worker_id}, k.staff["supervisor"]
        ), WRITE, case=True,
    ),
    "handing_over.hand_over_cases": _(
        lambda o, k: handing_over.hand_over_cases(o, k.staff["worker"], k.staff["stranger"], closed=True), ACCOUNTS
    ),
}  # fmt: skip
"""In this order; what is named last changes what the others are about."""

TABLE |= {
    "keeping_rules.rules_now": _(lambda o, k: keeping_rules.rules_now(o), USE),
    "keeping_rules.rules_written": _(lambda o, k: keeping_rules.rules_written(o), USE),
    "keeping_rules.set_rule": _(
        lambda o, k: keeping_rules.set_rule(o, Kept.CASES, 1, holds_from=date(2020, 1, 1), decided_by="x"), ERASE
    ),
    "keeping_rules.hold": _(lambda o, k: keeping_rules.hold(o, k.child, "x"), HOLD),
    "keeping_rules.hold_on": _(lambda o, k: keeping_rules.hold_on(o, k.child), HOLD),
    "keeping_rules.lift_hold": _(lambda o, k: keeping_rules.lift_hold(o, k.child, "x"), HOLD),
    "erasing_due.due": _(lambda o, k: erasing_due.due(o, clock.today() + timedelta(days=4000)), either=(ERASE, HOLD)),
    "erasing_due.demand_either": _(lambda o, k: erasing_due.demand_either(o, ERASE, HOLD), either=(ERASE, HOLD)),
    "erasing.is_word": _(lambda o, k: erasing.is_word(o, "ERASE")),
    "erasing.copies_that_hold": _(lambda o, k: erasing.copies_that_hold(o, [k.child]), ERASE),
    "erasing.erase": _(lambda o, k: refused(lambda: erased(o, k)), ERASE),
    "erasing.certificates": _(lambda o, k: erasing.certificates(o), either=(ERASE, HOLD)),
    "erasing.certificate": _(lambda o, k: erasing.certificate(o, k.erasure), either=(ERASE, HOLD)),
    "erasing.log_certificate": _(lambda o, k: erasing.log_certificate(o, k.erasure, None, "pdf"), either=(ERASE, HOLD)),
    "ending.copy_folders": _(lambda o, k: ending.copy_folders(o), ERASE, ACCOUNTS),
    "ending.end_office": _(lambda o, k: refused(lambda: ending.end_office(o, "wrong", PASSWORD)), ERASE, ACCOUNTS),
    "self_check.full_check": _(lambda o, k: self_check.full_check(o), USE),
    "self_check.full_check_due": _(lambda o, k: self_check.full_check_due(o)),
    "self_check.note_seen": _(lambda o, k: self_check.note_seen(o), MANAGE),
    "self_check.quick_check": _(lambda o, k: self_check.quick_check(o), USE),
    "taking_in.take_in": _(lambda o, k: reached(lambda: taking_in.take_in(o, cast("Any", None))), READ, WRITE),
}

TABLE |= {
    "import_checking.check_list": _(lambda o, k: import_checking.check_list(o, opened_list(o, k)), READ, WRITE, ALL),
    "import_files.export_cases": _(
        lambda o, k: import_files.export_cases(o, k.target("xlsx"), reason="x"), READ, WRITE, ALL
    ),
    "import_files.children_left_out": _(lambda o, k: import_files.children_left_out(o), READ, WRITE, ALL),
    "import_reading.open_list": _(lambda o, k: import_reading.open_list(o, a_list(k)), READ, WRITE, ALL),
    "importing.import_list": _(
        lambda o, k: importing.import_list(
            o, import_told.DryRun(import_reading.OpenList((), (), import_reading.Meaning({}), ""), ())
        ),
        READ, WRITE, ALL,
    ),
    "importing.imports": _(lambda o, k: importing.imports(o), READ, WRITE, ALL),
    "importing.undo_import": _(
        lambda o, k: refused(lambda: importing.undo_import(o, UUID(int=0))), READ, WRITE, ALL
    ),
}  # fmt: skip

ENDING = {"backups.close_office"}
"""What ends the work with an office, for everybody: it cannot be tried along with the others."""

INNER = {
    "case_files.read_case_file", "case_files.read_child_file", "comparing.compared", "office_keys.own_pair",
    "office_keys.own_pairs", "office_keys.renew_known_pair",
    "casework.add_arrest", "casework.add_records", "casework.keep_record", "casework.keep_case", "casework.keep_child",
    "directory.keep_contact", "erasing_due.due_children", "history.demand_lines", "history.demand_reader_of",
    "history.last_known", "history.read_lines", "import_checking.checked",
    "follow_up_export.every_follow_up", "follow_up_export.traits_in", "follow_ups.brief_rows",
    "follow_ups.read_follow_ups", "held_tonight.held_tonight", "readers.demand_case", "readers.demand_child",
    "readers.clocks_known_to", "readers.may_open_child", "reckoning.reckon", "reckoning.reckon_child",
    "reckoning.reckon_limit", "reckoning.records_of", "running_clocks.clock_page", "running_clocks.count_clocks",
    "running_clocks.running_clocks", "same_child.candidates_in",
    "sending_map.names_in",
}  # fmt: skip
"""Within a transaction that a function of the table has opened: what that one wants holds for them."""


def declared() -> dict[str, inspect.Signature]:
    """Return every public function of the services by its name."""
    found = {}
    for module in pkgutil.iter_modules(casemgr.services.__path__):
        read = importlib.import_module(f"casemgr.services.{module.name}")
        for name, function in vars(read).items():
            if inspect.isfunction(function) and function.__module__ == read.__name__ and not name.startswith("_"):
                found[f"{module.name}.{name}"] = inspect.signature(function)
    return found


def takes(signature: inspect.Signature, name: str) -> bool:
    """Return whether a function takes an open office, or an open transaction."""
    given = signature.parameters.get(name)
    return given is not None and given.annotation is not str
