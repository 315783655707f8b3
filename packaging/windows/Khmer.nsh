; What the pages of NSIS say, in Khmer: NSIS 3.08 has no Khmer of its own. Only the pages that casemgr.nsi shows.

!insertmacro LANGFILE "Khmer" = "ភាសាខ្មែរ" "Khmer"

!ifdef MUI_WELCOMEPAGE
  ${LangFileString} MUI_TEXT_WELCOME_INFO_TITLE "ដំឡើង $(^NameDA)"
  ${LangFileString} MUI_TEXT_WELCOME_INFO_TEXT "សូមបិទកម្មវិធី មុនដំឡើង។$\r$\n$\r$\n$_CLICK"
!endif

!ifdef MUI_UNWELCOMEPAGE
  ${LangFileString} MUI_UNTEXT_WELCOME_INFO_TITLE "លុប $(^NameDA)"
  ${LangFileString} MUI_UNTEXT_WELCOME_INFO_TEXT "សូមបិទកម្មវិធី មុនលុបវា។$\r$\n$\r$\n$_CLICK"
!endif

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "កំពុងដំឡើង"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "សូមរង់ចាំ"
  ${LangFileString} MUI_TEXT_FINISH_TITLE "ដំឡើងរួចរាល់"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "ការដំឡើងបានសម្រេច។"
  ${LangFileString} MUI_TEXT_ABORT_TITLE "មិនបានដំឡើង"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "ការដំឡើងមិនបានសម្រេច។"
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "កំពុងលុបការដំឡើង"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "សូមរង់ចាំ"
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "លុបរួចរាល់"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "ការលុបបានសម្រេច។"
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "មិនបានលុប"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "ការលុបមិនបានសម្រេច។"
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "ដំឡើងរួចរាល់"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "$(^NameDA) ត្រូវបានដំឡើងក្នុងកុំព្យូទ័រនេះ។"
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "ត្រូវបើកកុំព្យូទ័រឡើងវិញ ដើម្បីបញ្ចប់ការដំឡើង។ បើកឡើងវិញឥឡូវនេះឬ?"
!endif

!ifdef MUI_UNFINISHPAGE
  ${LangFileString} MUI_UNTEXT_FINISH_INFO_TITLE "លុបរួចរាល់"
  ${LangFileString} MUI_UNTEXT_FINISH_INFO_TEXT "$(^NameDA) ត្រូវបានលុបចេញពីកុំព្យូទ័រនេះ។"
  ${LangFileString} MUI_UNTEXT_FINISH_INFO_REBOOT "ត្រូវបើកកុំព្យូទ័រឡើងវិញ ដើម្បីបញ្ចប់ការលុប។ បើកឡើងវិញឥឡូវនេះឬ?"
!endif

!ifdef MUI_FINISHPAGE | MUI_UNFINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "បើកឡើងវិញឥឡូវនេះ"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "បើកឡើងវិញពេលក្រោយ"
  ${LangFileString} MUI_TEXT_FINISH_RUN "បើកកម្មវិធី (&R)"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "ដាក់ផ្លូវកាត់លើផ្ទៃតុ (&D)"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "បញ្ចប់ (&F)"
!endif

!ifdef MUI_ABORTWARNING
  ${LangFileString} MUI_TEXT_ABORTWARNING "ឈប់ដំឡើង $(^Name) ឬ?"
!endif

!ifdef MUI_UNABORTWARNING
  ${LangFileString} MUI_UNTEXT_ABORTWARNING "ឈប់លុប $(^Name) ឬ?"
!endif
