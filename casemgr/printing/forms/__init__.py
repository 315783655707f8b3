"""The printed forms, one module each."""

from casemgr.printing.forms.form import Form, Material
from casemgr.printing.forms.social_inquiry_report import SOCIAL_INQUIRY_REPORT

__all__ = ["FORMS", "Form", "Material"]

FORMS: tuple[Form, ...] = (SOCIAL_INQUIRY_REPORT,)
"""The forms in the order they are offered."""
