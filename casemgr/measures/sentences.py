"""What a number says and does not say, in whole sentences for screen and paper."""

from casemgr.i18n import N_, Words
from casemgr.measures.indicators.values import Indicator, Unit, Value
from casemgr.measures.reoffending import FixedWindow, OverTime, Window
from casemgr.measures.survival import Estimate
from casemgr.records.pathway.follow_up_answers import ContactLevel

FOUND = {
    ContactLevel.R1: N_(
        "Of {followed} children followed for {time} after their release or order, {events} had contact with the "
        "police, or more, for a new offence."
    ),
    ContactLevel.R3: N_(
        "Of {followed} children followed for {time} after their release or order, {events} were found guilty of a new "
        "offence, were diverted for one or detained for one."
    ),
    ContactLevel.R4: N_(
        "Of {followed} children followed for {time} after their release or order, {events} were ordered into detention "
        "for a new offence."
    ),
}
"""What was counted, by level. Followed are also those with an event who were not seen any more after it."""

LEVEL_TITLES = {
    ContactLevel.R1: N_("New contact with the police or more (R1 to R4)"),
    ContactLevel.R3: N_("New finding of guilt, diversion or detention (R3, R4)"),
    ContactLevel.R4: N_("New detention order (R4)"),
}

CAVEATS = (
    N_("A child who was not reached is unknown, never a child without a new offence."),
    N_("This does not show what a programme does: who takes part is chosen, and often ready to change."),
    N_(
        "Do not compare it with another figure, such as 60% within six months, unless both count the same event, from "
        "the same day on, for the same time."
    ),
    N_("The law knows no recidivism of minors (Penal Code, article 163). This measures work, not children."),
)
"""What stands under every number of reoffending, on screen and on paper."""


def window_in_words(window: Window, words: Words) -> str:
    """Return the length of a window that counts in months alone or in days alone."""
    if window.months:
        return words.plural("{n} month", "{n} months", window.months)
    return words.plural("{n} day", "{n} days", window.days)


def said_of_window(found: FixedWindow, words: Words) -> tuple[str, ...]:
    """Return what a fixed window says, sentence by sentence; below ten children it tells no percentage."""
    said = [
        words.text(
            FOUND[found.level], followed=words.number(found.followed), events=words.number(found.events),
            time=window_in_words(found.window, words),
        )
    ]  # fmt: skip
    if found.rate is None or found.low is None or found.high is None:
        said.append(words.text("Fewer than 10 children were followed so long, so no percentage is told."))
    else:
        said.append(
            words.text(
                "That is {rate}; with {followed} children the true figure may lie anywhere from {low} to {high}.",
                followed=words.number(found.followed), rate=words.percent(found.rate),
                low=words.percent(found.low), high=words.percent(found.high),
            )
        )  # fmt: skip
    said += _said_of_others(found, words)
    return tuple(said)


def _said_of_others(found: FixedWindow, words: Words) -> list[str]:
    said = []
    if found.lost and found.lower_bound is not None and found.upper_bound is not None:
        said.append(
            words.text(
                "{lost} of {eligible} children could not be followed so long. If none of them offended again it is "
                "{lower}, if all of them did {upper}.",
                lost=words.number(found.lost), eligible=words.number(found.eligible),
                lower=words.percent(found.lower_bound), upper=words.percent(found.upper_bound),
            )
        )  # fmt: skip
    elif found.lost:
        said.append(
            words.text(
                "{lost} of {eligible} children could not be followed so long.",
                lost=words.number(found.lost), eligible=words.number(found.eligible),
            )
        )  # fmt: skip
    if found.waiting:
        said.append(
            words.text(
                "Not counted, because their time is not over yet: {waiting}.", waiting=words.number(found.waiting)
            )
        )
    if found.dated is not None and found.dated < found.events:
        said.append(
            words.text(
                "Offences not dated to the day: {n}. The earliest possible day, or that of the contact, counts.",
                n=words.number(found.events - found.dated),
            )
        )  # fmt: skip
    return said


def said_of_estimate(estimate: Estimate | None, window: Window, children: int, words: Words) -> str:
    """Return what a curve says of the end of a window, for that many children observed in all."""
    time = window_in_words(window, words)
    if estimate is None:
        return words.text("Too few children were observed for {time} to estimate anything.", time=time)
    if estimate.interval is None:
        return words.text(
            "Estimated from {children} children: {rate} within {time}; then {at_risk} were still observed.",
            children=words.number(children), rate=words.percent(estimate.cumulative), time=time,
            at_risk=words.number(estimate.at_risk),
        )  # fmt: skip
    return words.text(
        "Estimated from {children} children, each counted as long as something is known: {rate} within {time}, "
        "the true figure anywhere from {low} to {high}; then {at_risk} were still observed.",
        children=words.number(children), rate=words.percent(estimate.cumulative), time=time,
        low=words.percent(estimate.interval.low), high=words.percent(estimate.interval.high),
        at_risk=words.number(estimate.at_risk),
    )  # fmt: skip


def said_over_time(found: OverTime, words: Words) -> str:
    """Return persons and events over the time at risk."""
    slots = {
        "persons": words.number(found.persons), "events": words.number(found.events),
        "years": words.decimal(found.child_years),
    }  # fmt: skip
    if found.per_child_year is None:
        return words.text(
            "Children with a new offence: {persons}; offences: {events}; years at risk: {years}.", **slots
        )
    return words.text(
        "Children with a new offence: {persons}; offences: {events}; years at risk: {years}; offences a year: {rate}.",
        rate=words.decimal(found.per_child_year, 2), **slots,
    )  # fmt: skip


def value_in_words(indicator: Indicator, value: Value, words: Words) -> str:
    """Return a value with its terms; how many are unknown is always told."""
    unknown = words.number(value.unknown)
    match indicator.unit:
        case Unit.PERCENT:
            return _percentage(indicator, value, unknown, words)
        case Unit.COUNT:
            return words.text("{n} (not known: {unknown})", n=words.number(value.numerator), unknown=unknown)
        case Unit.RATIO:
            number = "–" if value.number is None else words.decimal(value.number)
            return words.text(
                "{number}: {numerator} over {denominator} (not known: {unknown})", number=number,
                numerator=words.number(value.numerator), denominator=words.number(value.denominator), unknown=unknown,
            )  # fmt: skip
        case _:
            return _length(value, unknown, words)


def _percentage(indicator: Indicator, value: Value, unknown: str, words: Words) -> str:
    slots = {
        "numerator": words.number(value.numerator), "denominator": words.number(value.denominator), "unknown": unknown,
    }  # fmt: skip
    if value.number is None:
        return words.text("{numerator} of {denominator} (not known: {unknown})", **slots)
    if indicator.estimated:
        return words.text(
            "Estimated {percent}, from {numerator} of {denominator} (not known so long: {unknown})",
            percent=words.percent(value.number), **slots,
        )  # fmt: skip
    return words.text(
        "{numerator} of {denominator}, {percent} (not known: {unknown})",
        percent=words.percent(value.number),
        **slots,
    )


def _length(value: Value, unknown: str, words: Words) -> str:
    spread = value.spread
    running = words.number(spread.running if spread else 0)
    if spread is None or spread.median is None or spread.low is None or spread.high is None:
        return words.text("None ended (still going on: {running}; not known: {unknown})", running=running,
                          unknown=unknown)  # fmt: skip
    slots = {
        "median": words.decimal(spread.median), "low": words.decimal(spread.low), "high": words.decimal(spread.high),
        "n": words.number(value.numerator), "running": running, "unknown": unknown,
    }  # fmt: skip
    if spread.longest is None:
        return words.text(
            "Median {median}, half of {n} between {low} and {high} (still going on: {running}; not known: {unknown})",
            **slots,
        )  # fmt: skip
    return words.text(
        "Median {median}, half of {n} between {low} and {high}, longest {longest} (still going on: {running}; not "
        "known: {unknown})",
        longest=words.decimal(spread.longest), **slots,
    )  # fmt: skip
