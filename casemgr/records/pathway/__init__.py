"""The pathway: what happens to a child in the procedure, one module per stage."""

from casemgr.records.pathway.arrest import ARREST
from casemgr.records.pathway.closure import CLOSURE
from casemgr.records.pathway.court import COURT
from casemgr.records.pathway.detention import DETENTION
from casemgr.records.pathway.diversion import DIVERSION
from casemgr.records.pathway.follow_up import FOLLOW_UP
from casemgr.records.pathway.legal_referral import LEGAL_REFERRAL
from casemgr.records.pathway.reintegration import REINTEGRATION
from casemgr.records.pathway.social_inquiry import SOCIAL_INQUIRY
from casemgr.records.stage import Stage

PATHWAY: tuple[Stage, ...] = (
    ARREST, LEGAL_REFERRAL, COURT, DIVERSION, SOCIAL_INQUIRY, DETENTION, REINTEGRATION, FOLLOW_UP, CLOSURE,
)  # fmt: skip
"""The stages in the order of the procedure."""
