"""The printed forms, one module each."""

from casemgr.printing.forms.consent_form import CONSENT_FORM
from casemgr.printing.forms.custody_notice import CUSTODY_NOTICE
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted
from casemgr.printing.forms.police_warning import POLICE_WARNING
from casemgr.printing.forms.referral_letters import LEGAL_AID_REFERRAL, SERVICE_REFERRAL
from casemgr.printing.forms.rights_leaflet import RIGHTS_LEAFLET, RIGHTS_LEAFLET_PICTURES
from casemgr.printing.forms.social_inquiry_report import SOCIAL_INQUIRY_REPORT
from casemgr.printing.forms.transfer_slip import TRANSFER_SLIP

__all__ = ["FORMS", "Chapter", "Form", "Material", "Naming", "Reader", "Wanted"]

FORMS: tuple[Form, ...] = (
    POLICE_WARNING,
    CUSTODY_NOTICE,
    RIGHTS_LEAFLET,
    RIGHTS_LEAFLET_PICTURES,
    CONSENT_FORM,
    LEGAL_AID_REFERRAL,
    SERVICE_REFERRAL,
    TRANSFER_SLIP,
    SOCIAL_INQUIRY_REPORT,
)
"""The forms in the order they are offered."""
