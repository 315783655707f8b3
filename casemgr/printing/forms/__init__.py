"""The printed forms, one module each."""

from casemgr.printing.forms.case_conference import CASE_CONFERENCE
from casemgr.printing.forms.case_summary import CASE_SUMMARY
from casemgr.printing.forms.child_in_prison import CHILD_IN_PRISON
from casemgr.printing.forms.closing_letter import CLOSING_LETTER
from casemgr.printing.forms.complaint import COMPLAINT
from casemgr.printing.forms.compliance_log import COMPLIANCE_LOG
from casemgr.printing.forms.consent_form import CONSENT_FORM
from casemgr.printing.forms.custody_notice import CUSTODY_NOTICE
from casemgr.printing.forms.detention_visit import DETENTION_VISIT
from casemgr.printing.forms.diversion_agreement import DIVERSION_AGREEMENT
from casemgr.printing.forms.diversion_report import DIVERSION_REPORT
from casemgr.printing.forms.diversion_screening import DIVERSION_SCREENING
from casemgr.printing.forms.erasure_certificate import ERASURE_CERTIFICATE
from casemgr.printing.forms.family_visit_slip import FAMILY_VISIT_SLIP
from casemgr.printing.forms.follow_up_visit import FOLLOW_UP_VISIT
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted
from casemgr.printing.forms.hearing_sheet import HEARING_SHEET
from casemgr.printing.forms.ministry_1_initial import MINISTRY_1_INITIAL
from casemgr.printing.forms.ministry_2_assessment import MINISTRY_2_ASSESSMENT
from casemgr.printing.forms.ministry_3_plan import MINISTRY_3_PLAN
from casemgr.printing.forms.ministry_4_agreement import MINISTRY_4_AGREEMENT
from casemgr.printing.forms.ministry_5_follow_up import MINISTRY_5_FOLLOW_UP
from casemgr.printing.forms.ministry_6_closing import MINISTRY_6_CLOSING
from casemgr.printing.forms.police_warning import POLICE_WARNING
from casemgr.printing.forms.referral_letters import LEGAL_AID_REFERRAL, SERVICE_REFERRAL
from casemgr.printing.forms.reintegration_plan import REINTEGRATION_PLAN
from casemgr.printing.forms.rights_leaflet import RIGHTS_LEAFLET, RIGHTS_LEAFLET_PICTURES
from casemgr.printing.forms.social_inquiry_report import SOCIAL_INQUIRY_REPORT
from casemgr.printing.forms.training_record import TRAINING_RECORD
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
    DIVERSION_SCREENING,
    DIVERSION_AGREEMENT,
    COMPLIANCE_LOG,
    DIVERSION_REPORT,
    SOCIAL_INQUIRY_REPORT,
    HEARING_SHEET,
    DETENTION_VISIT,
    CHILD_IN_PRISON,
    COMPLAINT,
    CASE_CONFERENCE,
    REINTEGRATION_PLAN,
    FOLLOW_UP_VISIT,
    FAMILY_VISIT_SLIP,
    TRAINING_RECORD,
    CASE_SUMMARY,
    CLOSING_LETTER,
    ERASURE_CERTIFICATE,
    MINISTRY_1_INITIAL,
    MINISTRY_2_ASSESSMENT,
    MINISTRY_3_PLAN,
    MINISTRY_4_AGREEMENT,
    MINISTRY_5_FOLLOW_UP,
    MINISTRY_6_CLOSING,
)
"""The forms in the order they are offered."""
