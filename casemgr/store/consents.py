"""What is asked of the consents of a whole office at once."""

from uuid import UUID

import sqlalchemy as sa

from casemgr.records.beside.consent import Consent
from casemgr.store.work import Work


def cases_of_withdrawals(work: Work) -> list[UUID]:
    """Return the cases in which a consent was taken back, each once, also where a later one allows the same again."""
    asked = sa.select(Consent.case_id).where(Consent.withdrawn_on.is_not(None)).distinct()
    return list(work.session.connection().execute(asked).scalars())
