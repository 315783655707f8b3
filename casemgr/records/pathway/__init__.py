"""The pathway: what happens to a child in the procedure, one module per stage."""

from casemgr.records.pathway.arrest import ARREST
from casemgr.records.pathway.social_inquiry import SOCIAL_INQUIRY
from casemgr.records.stage import Stage

PATHWAY: tuple[Stage, ...] = (ARREST, SOCIAL_INQUIRY)
"""The stages in the order of the procedure."""
