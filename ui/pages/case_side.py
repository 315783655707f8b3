"""The side of a case: its clocks, those that run first, the papers it needs, and what happened in the order of time."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineValue
from casemgr.law.limits import Limit
from casemgr.services.case_files import CaseFile
from casemgr.services.papers import Offered, papers_now
from ui.editors.said import record_said
from ui.pages.case_cards import Acts
from ui.parts.card import Action, Card, Entry, text_label
from ui.parts.clock_badge import ClockBadge, due_said
from ui.parts.fold import Folds
from ui.parts.timeline import Line, Timeline
from ui.words import tr, words

CLOCKS, TIMELINE = N_("Clocks"), N_("Timeline")
NO_CLOCKS = N_("No clock runs. Clocks start from the dates in the records.")
PAPERS, NO_PAPERS = N_("Papers needed now"), N_("No paper is needed now.")
ALL, PRINT = N_("All papers…"), N_("Print…")
NEEDED = N_("Papers: {count} needed now…")
LATER = N_("Later: {count}")
FINISHED = N_("Finished: {count}")
EARLIER = N_("Earlier: {count}")
PLANNED = N_("{what}: due")
MOST_LINES = 12
"""So many lines of the timeline stand open, the latest ones."""


class Side:
    """Makes the three cards. badges: the clocks that are shown; timeline: its latest lines, None before it is made."""

    def __init__(self, acts: Acts, folds: Folds) -> None:
        """Take what can be done: open the record that set a clock running, print a paper, list all of them."""
        self._acts, self._folds = acts, folds
        self.badges: list[ClockBadge] = []
        self.timeline: Timeline | None = None

    def forget(self) -> None:
        """Begin anew, before the cards are made again: what was shown is gone, and no clock of it is to tick."""
        self.badges, self.timeline = [], None

    def clocks(self, file: CaseFile, limits: dict[str, Limit]) -> Card:
        """Return the clocks, soonest first; the later dates of a schedule and those that are over with are folded."""
        known = {record.id: record for record in file.records}
        card = Card(tr(CLOCKS))

        def badge(deadline: DeadlineValue) -> ClockBadge:
            record = known.get(deadline.record_id)
            origin = None if record is None else (record_said(record, words()), partial(self._acts.edit, record))
            made = ClockBadge(deadline, limits.get(deadline.limit_key or ""), clock.now(), record=origin)
            self.badges.append(made)
            return made

        ordered = sorted(file.deadlines, key=lambda deadline: deadline.due_at)
        running, later = _soonest_of_each(ordered)
        finished = [deadline for deadline in ordered if deadline.ended_at is not None]
        if not running:
            card.add(text_label(tr(NO_CLOCKS), "help"))
        shown, fold = self._folds.lines("clocks", running, badge, tr(CLOCKS))
        for widget in (*shown, *([fold] if fold else [])):
            card.add(widget)
        if later:
            label = tr(LATER, count=words().number(len(later)))
            card.add(self._folds.fold("later", label, lambda: map(badge, later), tr(CLOCKS)))
        if finished:
            label = tr(FINISHED, count=words().number(len(finished)))
            card.add(self._folds.fold("finished", label, lambda: map(badge, finished), tr(CLOCKS)))
        return card

    def papers(self, file: CaseFile) -> Card:
        """Return the papers that the stage of the case needs, each with the button that previews it."""
        card = Card(tr(PAPERS), (Action(ALL, self._acts.papers),))
        known = {record.id: record for record in file.records}
        offered = papers_now(file)
        if not offered:
            card.add(text_label(tr(NO_PAPERS), "help"))

        def line(paper: Offered) -> Entry:
            record = known.get(paper.record_id) if paper.record_id is not None else None
            title, about = tr(paper.form.title), "" if record is None else record_said(record, words())
            act = Action(PRINT, partial(self._acts.print, paper.form, paper.record_id, paper.choice))
            name = f"{tr(PAPERS)}: {title} {about}"  # beside the record itself there may be a button of the same form
            return Entry(title, about, (act,), name=name.strip())

        shown, fold = self._folds.lines("papers", offered, line, tr(PAPERS))
        for widget in (*shown, *([fold] if fold else [])):
            card.add(widget)
        return card

    def happenings(self, file: CaseFile) -> Card:
        """Return the timeline with what is due; what lies long back is folded."""
        card = Card(tr(TIMELINE))
        lines = sorted(_lines(file), key=lambda line: line.at)
        early, late = lines[:-MOST_LINES], lines[-MOST_LINES:]
        if early:
            label = tr(EARLIER, count=words().number(len(early)))
            card.add(self._folds.fold("timeline", label, lambda: (_timeline(early),), tr(TIMELINE)))
        self.timeline = _timeline(late)
        card.add(self.timeline)
        return card


def _soonest_of_each(ordered: Iterable[DeadlineValue]) -> tuple[list[DeadlineValue], list[DeadlineValue]]:
    """Return of each schedule that runs the next date, and apart the later ones."""
    running = [deadline for deadline in ordered if deadline.ended_at is None]
    last_first = {(deadline.rule, deadline.record_id): deadline for deadline in reversed(running)}
    soonest = [deadline for deadline in running if last_first[deadline.rule, deadline.record_id] is deadline]
    return soonest, [deadline for deadline in running if deadline not in soonest]


def papers_said(count: int) -> str:
    """Return what the button says that lists all papers, where so many are needed now."""
    return tr(NEEDED, count=words().number(count)) if count else tr(ALL)


def _timeline(lines: list[Line]) -> Timeline:
    made = Timeline()
    made.show_lines(lines)
    return made


def _lines(file: CaseFile) -> list[Line]:
    language, now, lines = words(), clock.now(), []
    for happened in file.timeline:
        whole_day = not isinstance(happened.at, datetime)
        at = clock.as_moment(happened.at)
        when = due_said(at, language, whole_day=whole_day)
        lines.append(Line(at, when, tr(happened.label), at > now))
    for deadline in _soonest_of_each(sorted(file.deadlines, key=lambda deadline: deadline.due_at))[0]:
        when = due_said(deadline.due_at, language, whole_day=deadline.whole_day)
        lines.append(Line(deadline.due_at, when, tr(PLANNED, what=tr(deadline.label)), True))
    return lines
