; What the installer itself says, in both languages; each name stands here twice, English first.
; Windows breaks Khmer lines at spaces alone, so phrases are kept apart by spaces and long sentences by lines.

!macro SAY NAME ENGLISH KHMER
  LangString "${NAME}" ${LANG_ENGLISH} "${ENGLISH}"
  LangString "${NAME}" ${LANG_KHMER} "${KHMER}"
  !define "ENGLISH_${NAME}" "${ENGLISH}"
  !define "KHMER_${NAME}" "${KHMER}"
!macroend

; Puts words into $Words in the language chosen: before the first page NSIS itself still speaks that of Windows.
!macro IN_WORDS NAME
  ${If} $LANGUAGE == ${LANG_KHMER}
    StrCpy $Words "${KHMER_${NAME}}"
  ${Else}
    StrCpy $Words "${ENGLISH_${NAME}}"
  ${EndIf}
!macroend
!define InWords "!insertmacro IN_WORDS"

!define Say "!insertmacro SAY"
!define NEW_LINE "$\r$\n"
!define GAP "$\r$\n$\r$\n"

!define PROGRAM_ENGLISH "Child justice casework"
!define PROGRAM_KHMER "ការងារករណីយុត្តិធម៌កុមារ"

${Say} PROGRAM \
  "${PROGRAM_ENGLISH}" \
  "${PROGRAM_KHMER}"
${Say} FILE_TYPE \
  "Case that was handed over" \
  "ករណីដែលបានប្រគល់"
${Say} WELCOME \
  "The program is installed for you alone, without the rights of an administrator.${GAP}What is already written on this computer stays as it is. The office lies in:${NEW_LINE}${DATA}${GAP}Close the program first, if it is open." \
  "កម្មវិធីត្រូវបានដំឡើងសម្រាប់តែអ្នក ដោយមិនត្រូវការសិទ្ធិអ្នកគ្រប់គ្រងកុំព្យូទ័រទេ។${GAP}អ្វីដែលបានសរសេររួច ក្នុងកុំព្យូទ័រនេះ នៅដដែល។ ការិយាល័យស្ថិតក្នុង៖${NEW_LINE}${DATA}${GAP}បើកម្មវិធីកំពុងបើក សូមបិទវាមុន។"
${Say} FINISHED \
  "The program is ready. It stands in the Start menu.${GAP}The first start sets up an office. Write down the recovery code that is shown then: without it and the password nobody can open the office again." \
  "កម្មវិធីរួចរាល់ហើយ។ វាមាននៅក្នុងម៉ឺនុយចាប់ផ្ដើម។${GAP}ពេលបើកលើកដំបូង អ្នករៀបចំការិយាល័យ។ សូមកត់លេខកូដសង្គ្រោះ ដែលបង្ហាញពេលនោះ៖ បើគ្មានវា និងគ្មានពាក្យសម្ងាត់ គ្មាននរណាអាចបើកការិយាល័យបានទៀតទេ។"
${Say} UPDATED \
  "The program is ready. It stands in the Start menu.${GAP}The office of before is where it was. Where this version keeps it differently, it is brought up to date when it is next opened; that may take minutes, and a copy of before is kept beside it." \
  "កម្មវិធីរួចរាល់ហើយ។ វាមាននៅក្នុងម៉ឺនុយចាប់ផ្ដើម។${GAP}ការិយាល័យពីមុន នៅដដែល។ បើជំនាន់នេះរក្សាទុកវាខុសពីមុន វានឹងត្រូវធ្វើឱ្យទាន់សម័យ ពេលបើកលើកក្រោយ។ ការនេះអាចចំណាយពេលច្រើននាទី ហើយច្បាប់ចម្លងពីមុន ត្រូវបានទុកនៅក្បែរវា។"
${Say} START \
  "&Start the program now" \
  "បើកកម្មវិធីឥឡូវនេះ (&S)"
${Say} DESKTOP_LINK \
  "Put a link on the &desktop" \
  "ដាក់ផ្លូវកាត់លើផ្ទៃតុ (&D)"
${Say} REMOVING \
  "Only the program is removed. The office of this user and its copies stay on this computer, encrypted as they are, in:${NEW_LINE}${DATA}${GAP}If an office must be destroyed for good, do it in the program first (Settings), and remove the program afterwards." \
  "មានតែកម្មវិធីប៉ុណ្ណោះ ដែលត្រូវលុប។ ការិយាល័យ និងច្បាប់ចម្លងរបស់វា នៅក្នុងកុំព្យូទ័រនេះដដែល ដោយអ៊ិនគ្រីប ក្នុង៖${NEW_LINE}${DATA}${GAP}បើត្រូវបំផ្លាញការិយាល័យជារៀងរហូត សូមធ្វើវាក្នុងកម្មវិធីជាមុន (ការកំណត់) រួចទើបលុបកម្មវិធី។"
${Say} REMOVED \
  "The program is removed. The office and its copies are still there, encrypted, in:${NEW_LINE}${DATA}${GAP}Install the program again to open them." \
  "កម្មវិធីត្រូវបានលុបហើយ។ ការិយាល័យ និងច្បាប់ចម្លងរបស់វា នៅដដែល ដោយអ៊ិនគ្រីប ក្នុង៖${NEW_LINE}${DATA}${GAP}សូមដំឡើងកម្មវិធីម្តងទៀត ដើម្បីបើកវា។"
${Say} REMOVED_BUT \
  "The program is removed. What somebody saved in its folder is still there:${NEW_LINE}$Folder${GAP}The office and its copies are still there too, encrypted, in:${NEW_LINE}${DATA}${GAP}Install the program again to open them." \
  "កម្មវិធីត្រូវបានលុបហើយ។ អ្វីដែលបានរក្សាទុកក្នុងថតរបស់វា នៅដដែល៖${NEW_LINE}$Folder${GAP}ការិយាល័យ និងច្បាប់ចម្លងរបស់វា ក៏នៅដដែល ដោយអ៊ិនគ្រីប ក្នុង៖${NEW_LINE}${DATA}${GAP}សូមដំឡើងកម្មវិធីម្តងទៀត ដើម្បីបើកវា។"
${Say} RUNNING \
  "The program is open. Save what you are writing and close the program, also where it is locked. Then click Retry." \
  "កម្មវិធីកំពុងបើក។ សូមរក្សាទុកអ្វីដែលកំពុងសរសេរ រួចបិទកម្មវិធី ទោះវាចាក់សោក៏ដោយ។ បន្ទាប់មក សូមចុច «Retry»។"
${Say} OFFICE_INSIDE \
  "An office, or a copy of one, lies in the folder of the program:${NEW_LINE}$R9${GAP}Nothing was changed. Move it to another folder first, then start again." \
  "មានការិយាល័យ ឬច្បាប់ចម្លងរបស់វា ក្នុងថតកម្មវិធី៖${NEW_LINE}$R9${GAP}មិនមានអ្វីត្រូវបានប្ដូរទេ។ សូមផ្លាស់វាទៅថតផ្សេងសិន រួចចាប់ផ្ដើមម្តងទៀត។"
${Say} NEWER_THERE \
  "A newer version ($R1) is installed. An office that was used with it cannot be opened by this older version (${VERSION}).${GAP}Install the older version all the same?" \
  "មានជំនាន់ថ្មីជាង ($R1) ត្រូវបានដំឡើងរួចហើយ។ ការិយាល័យដែលបានប្រើជាមួយវា មិនអាចបើកដោយជំនាន់ចាស់នេះ (${VERSION}) បានទេ។${GAP}ដំឡើងជំនាន់ចាស់ទោះយ៉ាងណាក៏ដោយឬ?"
${Say} OLD_WINDOWS \
  "The program needs Windows 10, version 1809 or newer, or Windows 11, with 64 bits. Nothing was installed." \
  "កម្មវិធីនេះត្រូវការ Windows 10 ជំនាន់ 1809 ឬថ្មីជាង ឬ Windows 11 ប្រភេទ 64 bit។ មិនមានអ្វីត្រូវបានដំឡើងទេ។"
${Say} NO_SPACE \
  "There is not enough space on the disk: ${NEEDED_MB} MB are needed, $R1 MB are free. Nothing was changed. Free some space and start again." \
  "ទំហំនៅសល់ក្នុងថាសមិនគ្រប់គ្រាន់៖ ត្រូវការ ${NEEDED_MB} MB តែនៅសល់ $R1 MB។ មិនមានអ្វីត្រូវបានប្ដូរទេ។ សូមរកទំហំបន្ថែម រួចចាប់ផ្ដើមម្តងទៀត។"
${Say} NOT_WRITTEN \
  "The program could not be written to the disk. What was installed before is untouched. Start again; if it fails again, restart the computer first." \
  "មិនអាចសរសេរកម្មវិធីទៅក្នុងថាសបានទេ។ អ្វីដែលបានដំឡើងពីមុន នៅដដែល។ សូមចាប់ផ្ដើមម្តងទៀត។ បើនៅតែមិនបាន សូមបើកកុំព្យូទ័រឡើងវិញសិន។"
${Say} IN_USE \
  "A file of the earlier version is in use, so it was not replaced and still works. Close the program and every window that shows its folder, or restart the computer, and start again." \
  "ឯកសាររបស់ជំនាន់មុនកំពុងប្រើ ដូច្នេះវាមិនត្រូវបានជំនួសទេ ហើយនៅដំណើរការដដែល។ សូមបិទកម្មវិធី និងផ្ទាំងដែលបង្ហាញថតរបស់វា ឬបើកកុំព្យូទ័រឡើងវិញ រួចចាប់ផ្ដើមម្តងទៀត។"
${Say} NOT_REMOVED \
  "Some files of the program are in use and could not be removed. Restart the computer and remove the program again. The office is untouched." \
  "ឯកសារខ្លះរបស់កម្មវិធីកំពុងប្រើ ហើយមិនអាចលុបបានទេ។ សូមបើកកុំព្យូទ័រឡើងវិញ រួចលុបម្តងទៀត។ ការិយាល័យនៅដដែល។"
