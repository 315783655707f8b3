"""The names by which the office sends to other programs: the program's own, or those that are kept with the office.

A worker saves them to a file, changes them there, and has them kept from it; whoever sends goes by what is kept.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from casemgr import clock
from casemgr.exchange import dhis2, oscar, primero
from casemgr.exchange.site_map import SiteMap, changed, kept_map, read_map
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_
from casemgr.records.kept import SiteNames
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, Refusal

MAPS: dict[str, SiteMap] = {each.system: each for each in (primero.MAP, oscar.MAP, dhis2.MAP)}
KEEPERS = {primero.SYSTEM: Right.ALL_CASES, oscar.SYSTEM: Right.ALL_CASES, dhis2.SYSTEM: Right.MEASURE}
"""Whose right it is to say for the whole office under which names is sent: who answers for what goes there."""
KEPT, FORGOTTEN, PART = "names-kept", "names-forgotten", "names"

NOT_SENT, CHANGED = N_("not sent"), N_("changed")
CLASH = N_(
    "The field names kept with the office do not go together with those of this version: {name} would stand for two "
    "things. Choose a file of field names, or forget those kept."
)
NONE_KEPT = N_("No field names for this program are kept with the office.")


class Names(NamedTuple):
    """The names that are sent under. kept_at: since when they are kept with the office, None: the program's own.

    clash: the name that would stand for two things, where those that are kept do not go together with what this version
    sends; site is the program's own then, and nothing is sent under it.
    """

    site: SiteMap
    kept_at: datetime | None
    clash: str | None = None

    @property
    def to_send(self) -> SiteMap:
        """The names. Raises Refusal where those that are kept clash."""
        if self.clash is not None:
            raise Refusal(CLASH, name=self.clash)
        return self.site


def map_from(system: str, path: Path) -> SiteMap:
    """Return the names for a program that stand in a file. Raises Refusal as read_map and check_names, and Trouble."""
    site = read_map(path, MAPS[system])
    if system == dhis2.SYSTEM:
        dhis2.check_names(site)
    return site


def save_map(site: SiteMap, path: Path) -> None:
    """Write names to a file. Nothing of the office is in it. Raises Refusal and Trouble as write_whole."""
    text = json.dumps(site.plain(), ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda file: file.write(text.encode()))


def names_of(office: Office, system: str) -> Names:
    """Return the names under which the office sends to a program. Raises NotAllowed."""
    with office.read(Right.USE) as work:
        return names_in(work, system)


def names_in(work: Work, system: str) -> Names:
    """Return them within a transaction."""
    kept = work.first(SiteNames, system=system)
    if kept is None:
        return Names(MAPS[system], None)
    try:
        site = kept_map(json.loads(kept.plain), MAPS[system])
    except Refusal as error:  # as where a later version sends something new under a name that was given here
        return Names(MAPS[system], kept.kept_at, str(error.slots.get("name", "")))
    return Names(site, kept.kept_at)


def may_keep(office: Office, system: str) -> bool:
    """Return whether who opened the office may say under which names is sent to a program."""
    return KEEPERS[system] in office.rights


def keep_names(office: Office, site: SiteMap) -> Changes:
    """Have the office send under these names from now on, instead of those that were kept. Raises NotAllowed."""
    plain = json.dumps(changed(site, MAPS[site.system]), ensure_ascii=False, sort_keys=True)
    with office.write(KEEPERS[site.system]) as work:
        kept = work.first(SiteNames, system=site.system)
        before = None if kept is None else kept.plain
        if kept is None:
            work.add(SiteNames(system=site.system, plain=plain, kept_at=clock.now()))
        else:
            kept.plain, kept.kept_at = plain, clock.now()
        work.note(KEPT, "SiteNames", changes={"for": [None, site.system], "names": [before, plain]})
    return Changes.of(part=PART)


def forget_names(office: Office, system: str) -> Changes:
    """Have the office send under the program's own names again. Raises NotAllowed, and NoSuch where none are kept."""
    with office.write(KEEPERS[system]) as work:
        kept = work.first(SiteNames, system=system)
        if kept is None:
            raise NoSuch(NONE_KEPT)
        work.note(FORGOTTEN, "SiteNames", changes={"for": [None, system], "names": [kept.plain, None]})
        work.remove(kept)
    return Changes.of(part=PART)
