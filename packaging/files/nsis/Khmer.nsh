;Language: Khmer (1107)
; The words of the pages that the installer shows; the others are those of English.

!insertmacro LANGFILE "Khmer" "Khmer" "ភាសាខ្មែរ" "Khmer"

!ifdef MUI_DIRECTORYPAGE
  ${LangFileString} MUI_TEXT_DIRECTORY_TITLE "ជ្រើសថតដំឡើង"
  ${LangFileString} MUI_TEXT_DIRECTORY_SUBTITLE "សូមជ្រើសថតសម្រាប់ដំឡើង $(^NameDA)។"
!endif

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "កំពុងដំឡើង"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "សូមរង់ចាំ $(^NameDA) កំពុងត្រូវដំឡើង។"
  ${LangFileString} MUI_TEXT_FINISH_TITLE "ដំឡើងរួចរាល់"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "ការដំឡើងបានបញ្ចប់ដោយជោគជ័យ។"
  ${LangFileString} MUI_TEXT_ABORT_TITLE "ការដំឡើងត្រូវបានបញ្ឈប់"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "ការដំឡើងមិនបានបញ្ចប់ទេ។"
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "កំពុងដកចេញ"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "សូមរង់ចាំ $(^NameDA) កំពុងត្រូវដកចេញ។"
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "ដកចេញរួចរាល់"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "កម្មវិធីត្រូវបានដកចេញដោយជោគជ័យ។"
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "ការដកចេញត្រូវបានបញ្ឈប់"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "ការដកចេញមិនបានបញ្ចប់ទេ។"
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "ដំឡើង $(^NameDA) រួចរាល់"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "$(^NameDA) ត្រូវបានដំឡើងលើកុំព្យូទ័រនេះ។$\r$\n$\r$\nសូមចុច «បញ្ចប់» ដើម្បីបិទ។"
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "ត្រូវបើកកុំព្យូទ័រឡើងវិញ ដើម្បីបញ្ចប់ការដំឡើង $(^NameDA)។ តើបើកឡើងវិញឥឡូវនេះឬ?"
!endif

!ifdef MUI_FINISHPAGE | MUI_UNFINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "បើកឡើងវិញឥឡូវនេះ"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "ខ្ញុំនឹងបើកឡើងវិញពេលក្រោយ"
  ${LangFileString} MUI_TEXT_FINISH_RUN "&បើក $(^NameDA)"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "&បង្ហាញសេចក្តីណែនាំ"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "&បញ្ចប់"
!endif

!ifdef MUI_UNCONFIRMPAGE
  ${LangFileString} MUI_UNTEXT_CONFIRM_TITLE "ដក $(^NameDA) ចេញ"
  ${LangFileString} MUI_UNTEXT_CONFIRM_SUBTITLE "ដក $(^NameDA) ចេញពីកុំព្យូទ័រនេះ។ សេចក្តីព្រាង និងការកំណត់របស់អ្នកនៅដដែល។"
!endif
