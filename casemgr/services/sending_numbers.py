"""Giving the indicators of a period to DHIS2: what may leave the office, and what was left out of it."""

import enum
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from casemgr import clock
from casemgr.exchange import dhis2
from casemgr.exchange.left_out import LeftOut, Why
from casemgr.exchange.site_map import SiteMap
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_, Words
from casemgr.measures.groups import Label, label_in_words
from casemgr.measures.indicators.tables import table_for_outside, value_for_outside
from casemgr.measures.indicators.values import Period, Unit, Value
from casemgr.pace import Cancelled, Progress
from casemgr.records.fields import Choice
from casemgr.services.indicator_export import ALL
from casemgr.services.measuring import Measured, case_grouping, indicators
from casemgr.services.office import Office, Right
from casemgr.services.papers import check_target, paper_words
from casemgr.services.sending_case import Sent
from casemgr.services.sending_map import names_of
from casemgr.trouble import Refusal

NOT_BY_THIS = N_("The groups of this table cannot be added up there. Choose one of these: {known}.")


class SetKind(enum.Enum):
    """The kinds of file; the value is how its name ends."""

    JSON = "json"
    CSV = "csv"
    ADX = "xml"


def send_to_dhis2(
    office: Office, path: Path, kind: SetKind, period: Period, *, by: str | None = None, site: SiteMap | None = None,
    language: str | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Sent:  # fmt: skip
    """Write the indicators of a period to a file for DHIS2, and that they left into the audit trail, both or neither.

    Numbers by which fewer than five children could be recognised are left out and told, as in export_indicators. by: a
    key of dhis2.SPLITS; then each group has its number, and none stands for all. site: the names to send under, those
    of the office unless given. language: in which what was left out is told. progress is told how far the reading is;
    where cancelled says so, Stopped is raised. Raises Refusal for a period that DHIS2 does not know, another group, and
    as indicators; NotAllowed; Trouble for what the disk refuses.
    """
    office.demand(Right.MEASURE)
    grouping = case_grouping(by)
    if by is not None and (by not in dhis2.SPLITS or grouping is None or not grouping.leaves_office):
        raise Refusal(NOT_BY_THIS, fields=("by",), known=", ".join(dhis2.SPLITS))
    code, length = dhis2.period_code(period)
    check_target(path, office.folder)
    site = site or names_of(office, dhis2.SYSTEM).to_send
    measured = indicators(office, period, by=by, progress=progress, cancelled=cancelled)
    values, left = _told(measured, by, site, paper_words(office, language))
    found = dhis2.ValueSet(
        site.site["data_set"], site.site["org_unit"], site.site["attribute_option_combo"], code, period.first, length,
        dhis2.all_values(values),
    )  # fmt: skip

    def write(file: BinaryIO) -> Sent:  # what is not written down may not leave the office
        with office.write(Right.MEASURE) as work:
            match kind:
                case SetKind.JSON:
                    count = dhis2.write_json(found, file)
                case SetKind.CSV:
                    count = dhis2.write_csv(found, file)
                case SetKind.ADX:
                    count = dhis2.write_adx(found, clock.now(), file)
            said = {"what": "indicators", "how": f"dhis2-{kind.value}", "from": period.first.isoformat(),
                    "to": period.last.isoformat(), "by": by, "left_out": len(left)}  # fmt: skip
            work.note("exported", "List", changes={name: [None, value] for name, value in said.items()})
        return Sent(count, tuple(dict.fromkeys(left)))

    return write_whole(path, write)


def _told(
    measured: list[Measured], by: str | None, site: SiteMap, words: Words
) -> tuple[list[dhis2.DataValue], list[LeftOut]]:
    values: list[dhis2.DataValue] = []
    left: list[LeftOut] = []
    default = site.site["category_option_combo"]
    for each in measured:
        if each.table is None or by is None:
            whole = value_for_outside(each.value, each.indicator.unit)
            _tell(each, whole, words.text(ALL), None, None, default, site, values, left)
            continue
        category = site.fields[f"category.{by}"]
        for label, value in table_for_outside(each.table).rows:
            option, said = site.codes[by].get(_code(label)), label_in_words(label, words)
            if category is None or option is None:
                left.append(LeftOut(Why.NO_CODE, "", each.indicator.title, said))
            else:
                _tell(each, value, said, category, option, option, site, values, left)
    return values, left


def _code(label: Label) -> str:
    if label is None:
        return dhis2.UNKNOWN
    return str(label.value) if isinstance(label, Choice) else str(label)


def _tell(
    each: Measured, value: Value | None, said: str, category: str | None, option: str | None, combo: str,
    site: SiteMap, values: list[dhis2.DataValue], left: list[LeftOut],
) -> None:  # fmt: skip
    """Add the numbers of one indicator and group to the values, or to what is left out."""
    if value is None:
        left.append(LeftOut(Why.SMALL, "", each.indicator.title, said))
        return
    for part, number in _numbers(each, value):
        element = site.fields[f"{each.indicator.key}/{part}"]
        if element is None:
            left.append(LeftOut(Why.TURNED_OFF, "", each.indicator.title, said))
        elif number is None:
            left.append(LeftOut(Why.NO_NUMBER, "", each.indicator.title, said))
        else:
            values.append(dhis2.DataValue(element, dhis2.number(number), category, option, combo))


def _numbers(each: Measured, value: Value) -> Iterator[tuple[str, float | None]]:
    percent = each.indicator.unit is Unit.PERCENT
    found = {
        "value": None if value.number is None else value.number * 100 if percent else value.number,
        "numerator": value.numerator, "denominator": value.denominator,
    }  # fmt: skip
    for part in dhis2.parts_of(each.indicator):
        yield part, found[part]
