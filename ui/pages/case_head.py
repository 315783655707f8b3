"""The head of a case: the child's names, the number, where the procedure has come to, the ages the law asks for."""

from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.child import Child, child_name
from casemgr.services.case_files import CaseFile
from ui.parts.ages import age_said
from ui.parts.card import text_label
from ui.parts.flow import FlowLayout
from ui.words import tr, words

AGE_OFFENCE = N_("Age at the offence")
AGE_THEN = N_("Age on {date} ({what})")
AGE_TODAY = N_("Age today")
WHERE = N_("Stage of the procedure: {stage}")
WORKER, WORKER_SINCE = N_("Case worker: {name}"), N_("Case worker since {date}: {name}")
NO_WORKER = N_("No case worker")


def fill_head(head: QVBoxLayout, file: CaseFile) -> list[str]:
    """Add the head's lines; return the ages as they are said."""
    head.addWidget(text_label(both_names(file.child), "title"))
    facts = [file.case.number or ""]
    facts += [tr(file.case.status.label)] if file.case.status else []
    facts += [tr(WHERE, stage=tr(file.case.stage.label))] if file.case.stage else []
    facts.append(_worker(file))
    head.addWidget(text_label(" · ".join(facts), "help"))
    holder = QWidget()
    flow = FlowLayout(holder, gap=32, line_gap=4)
    ages = _ages(file)
    for label, value in ages:
        fact = QWidget()
        grid = QGridLayout(fact)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for place, (text, role) in enumerate(((label, "help"), (value, "answer-strong"))):
            part = text_label(text, role)
            part.setWordWrap(False)
            grid.addWidget(part, 0, place)
        flow.addWidget(fact)
    head.addWidget(holder)
    return [f"{label}: {value}" for label, value in ages]


def _worker(file: CaseFile) -> str:
    """Return who carries the case, and since when where it came from another."""
    if file.worker is None:
        return tr(NO_WORKER)
    language, since = words(), file.case.carried_since
    name = file.worker.name if language.language == "km" else file.worker.name_latin
    return tr(WORKER, name=name) if since is None else tr(WORKER_SINCE, name=name, date=language.date(since))


def _ages(file: CaseFile) -> list[tuple[str, str]]:
    """The ages that the law asks for, each only where its day is known."""
    born, language = file.child.born, words()
    days = [(tr(AGE_OFFENCE), offence.committed_on) for offence in file.offences[:1]]
    for line in file.timeline[:1]:
        day = line.at.date() if isinstance(line.at, datetime) else line.at
        days.append((tr(AGE_THEN, date=language.date(day), what=tr(line.label)), PartialDate.on(day)))
    days.append((tr(AGE_TODAY), PartialDate.on(clock.today())))
    return [(label, age_said(born, day, language)) for label, day in days]


def both_names(child: Child) -> str:
    """Return the child's name in the screen's script, then in the other."""
    first = child_name(child, words().language)
    second = child_name(child, "en" if words().language == "km" else "km")
    return first if first == second else f"{first}  ·  {second}"
