"""The printed forms, one module each."""

from casemgr.printing.forms.child_in_prison import CHILD_IN_PRISON
from casemgr.printing.forms.detention_visit import DETENTION_VISIT
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted
from casemgr.printing.forms.police_warning import POLICE_WARNING
from casemgr.printing.forms.social_inquiry_report import SOCIAL_INQUIRY_REPORT

__all__ = ["FORMS", "Chapter", "Form", "Material", "Naming", "Reader", "Wanted"]

FORMS: tuple[Form, ...] = (
    POLICE_WARNING,
    SOCIAL_INQUIRY_REPORT,
    DETENTION_VISIT,
    CHILD_IN_PRISON,
)
"""The forms in the order they are offered."""
