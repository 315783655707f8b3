"""Indicators: what an office can tell of its own cases over a period, each declared with its definition."""

from casemgr.measures.indicators.care import CARE
from casemgr.measures.indicators.first_days import FIRST_DAYS
from casemgr.measures.indicators.justice import JUSTICE
from casemgr.measures.indicators.office import OFFICE
from casemgr.measures.indicators.proceedings import PROCEEDINGS
from casemgr.measures.indicators.values import Indicator

SERVICE: tuple[Indicator, ...] = (*FIRST_DAYS, *PROCEEDINGS, *CARE, *OFFICE)
"""The indicators of the office's own service, in the order of the pathway."""

INDICATORS: tuple[Indicator, ...] = (*JUSTICE, *SERVICE)
"""All of them: first those of UNICEF and UNODC by their numbers."""
