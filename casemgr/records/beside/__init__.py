"""What stands beside the stages of a case: consent, contacts, documents, notes, meetings, complaints, links."""

from casemgr.records.beside.case_contact import CONTACTS
from casemgr.records.beside.complaint import COMPLAINTS
from casemgr.records.beside.conference import CONFERENCES
from casemgr.records.beside.consent import CONSENT
from casemgr.records.beside.document import DOCUMENTS
from casemgr.records.beside.link import LINKS
from casemgr.records.beside.note import NOTES
from casemgr.records.stage import Stage

BESIDE: tuple[Stage, ...] = (CONSENT, CONTACTS, DOCUMENTS, NOTES, CONFERENCES, COMPLAINTS, LINKS)
"""The parts of a case file that belong to no one stage, in the order they are shown."""
