"""How each page of an open office is made, and where what is asked on it leads."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from ui.pages.page import Page
from ui.pages.today import TodayPage
from ui.tasks import Tasks
from ui.upkeep import Upkeep

if TYPE_CHECKING:
    from ui.desk import Desk

Place = tuple[str, UUID | None]
"""A page and, for a child or a case, whose."""


class PageMaker:
    """Makes the pages of one desk. Those other than Today are loaded when first wanted: the office opens sooner."""

    def __init__(self, desk: "Desk", tasks: Tasks, upkeep: Upkeep) -> None:
        """Make nothing yet."""
        self._desk, self._tasks, self._upkeep = desk, tasks, upkeep

    def make(self, place: Place) -> Page:
        """Return a new page for a place."""
        desk, (kind, identity) = self._desk, place
        match kind:
            case "today":
                return self._today()
            case "children":
                return self._children()
            case "cases" | "quality":
                return self._cases() if kind == "cases" else self._quality()
            case "settings":
                return self._settings()
            case "child":
                from ui.pages.child import ChildPage  # noqa: PLC0415

                child = ChildPage(desk.office, self._tasks, identity)
                child.closed.connect(lambda: desk.leave(place))
                return child
            case "case":
                from ui.pages.case import CasePage  # noqa: PLC0415

                assert identity is not None  # noqa: S101
                return cast("Page", CasePage(desk.office, self._tasks, identity))
            case "arrest":
                return self.arrest()
            case _:
                return self._plain(kind)

    def arrest(self, key: str | None = None) -> Page:
        """Return a page that takes down an arrest; key: of the draft it goes on with."""
        from ui.pages.arrest import ArrestPage  # noqa: PLC0415

        desk, arrest = self._desk, ArrestPage(self._desk.office, self._tasks, key)
        arrest.closed.connect(lambda: desk.leave(("arrest", None)))
        arrest.saved.connect(desk.show_new_case)
        return arrest

    def _plain(self, kind: str) -> Page:
        """Return a page that asks for nothing but what every page asks for."""
        office, tasks = self._desk.office, self._tasks
        match kind:
            case "where":
                from ui.pages.who_is_where import WhoIsWherePage  # noqa: PLC0415

                return WhoIsWherePage(office, tasks)
            case "reports":
                from ui.pages.reports import ReportsPage  # noqa: PLC0415

                return ReportsPage(office, tasks)
            case "follow-ups":
                from ui.pages.follow_ups import FollowUpsPage  # noqa: PLC0415

                return FollowUpsPage(office, tasks)
            case "forms":
                from ui.pages.forms import FormsPage  # noqa: PLC0415

                return FormsPage(office, tasks)
            case _:
                from ui.pages.directory import DirectoryPage  # noqa: PLC0415

                return DirectoryPage(office, tasks)

    def _today(self) -> TodayPage:
        desk, today = self._desk, TodayPage(self._desk.office, self._tasks, self._upkeep)
        today.care.settings_asked.connect(lambda: desk.go(("settings", None)))
        today.draft_asked.connect(desk.open_draft)
        today.arrest_asked.connect(desk.new_arrest)
        today.clock_opened.connect(lambda row: cast("Any", desk.page(("case", row.case_id))).point_to(row.record_id))
        today.mend_asked.connect(desk.mend_case)
        today.loaded.connect(desk.ready)
        if self._tasks.inline:
            desk.ready.emit()
        return today

    def _children(self) -> Page:
        from ui.pages.children import ChildrenPage  # noqa: PLC0415

        desk, children = self._desk, ChildrenPage(self._desk.office, self._tasks)
        children.opened.connect(lambda child_id: desk.go(("child", child_id)))
        children.new_asked.connect(lambda: desk.go(("child", None)))
        return children

    def _cases(self) -> Page:
        from ui.pages.cases import CasesPage  # noqa: PLC0415

        desk, cases = self._desk, CasesPage(self._desk.office, self._tasks)
        cases.opened.connect(lambda case_id: desk.go(("case", case_id)))
        cases.quality_asked.connect(lambda: desk.go(("quality", None)))
        return cases

    def _quality(self) -> Page:
        from ui.pages.quality import QualityPage  # noqa: PLC0415

        quality = QualityPage(self._desk.office, self._tasks)
        quality.mend_asked.connect(self._desk.mend)
        return quality

    def _settings(self) -> Page:
        from ui.pages.settings import SettingsPage  # noqa: PLC0415

        desk, page = self._desk, SettingsPage(self._desk.office, self._tasks, self._upkeep)
        page.return_asked.connect(desk.return_asked)
        page.words_changed.connect(desk.words_changed)
        page.ended.connect(desk.end)
        page.watch_changed.connect(desk.watch_changed)
        return page
