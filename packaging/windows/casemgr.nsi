; The installer for Windows, for one user, without an administrator. packaging/windows_build.py calls makensis with
;   PROGRAM (folder of the built program), LIST (of all that belongs to it), VERSION, VERSION_NUMBERS, SIZE_KB,
;   NEEDED_MB, OUTPUT, PICTURES.
; Exit codes: 0 done; 1 cancelled; 2 broken off; 3 Windows too old; 4 not written (disk); 5 the program is open or a
; file of it is in use; 6 an office lies in the folder of the program; 7 a newer version is installed.
; Options: /S without questions; /LANG=km or /LANG=en; /OLDER for an older version over a newer one.

Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 32
CRCCheck force
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "
Caption "$(PROGRAM) ${VERSION}"
Name "$(PROGRAM)"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\casemgr"

!define DATA "$LOCALAPPDATA\casemgr"
!define HOME "$LOCALAPPDATA\Programs\casemgr"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\casemgr"
!define OWN_KEY "Software\casemgr"
!define CLASSES "Software\Classes"
!define FILE_CLASS "casemgr.case"

!define MUI_ICON "${PICTURES}\casemgr.ico"
!define MUI_UNICON "${PICTURES}\casemgr.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}\side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURES}\side.bmp"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${PICTURES}\head.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${PICTURES}\head.bmp"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${OWN_KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "SetupLanguage"
!define MUI_LANGDLL_WINDOWTITLE "casemgr ${VERSION}"
!define MUI_LANGDLL_INFO "សូមជ្រើសភាសា  –  Choose a language"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

Var Finished
Var Folder
Var Found
Var Words

!define MUI_WELCOMEPAGE_TITLE "$(PROGRAM) ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$Finished"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN "$INSTDIR\app\casemgr.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(START)"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(DESKTOP_LINK)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION MakeDesktopLink
!insertmacro MUI_PAGE_FINISH

!define MUI_WELCOMEPAGE_TEXT "$(REMOVING)"
!insertmacro MUI_UNPAGE_WELCOME
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$Finished"
!define MUI_FINISHPAGE_TEXT_LARGE
!insertmacro MUI_UNPAGE_FINISH

!insertmacro MUI_LANGUAGEEX "${__FILEDIR__}" "Khmer"
!insertmacro MUI_LANGUAGE "English"
!include strings.nsh

VIProductVersion "${VERSION_NUMBERS}"
VIFileVersion "${VERSION_NUMBERS}"
!macro VERSION_WORDS LANGUAGE PROGRAM
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${PROGRAM}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${PROGRAM}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "MPL-2.0"
!macroend
!insertmacro VERSION_WORDS ${LANG_ENGLISH} "${PROGRAM_ENGLISH}"
!insertmacro VERSION_WORDS ${LANG_KHMER} "${PROGRAM_KHMER}"

; Says why, sets the exit code and ends; $R9 and $R1 may stand in the words. Silent, it only ends.
!macro REFUSE CODE NAME
  ${InWords} ${NAME}
  MessageBox MB_OK|MB_ICONEXCLAMATION "$Words" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend
!define Refuse "!insertmacro REFUSE"

; The same for installer and uninstaller, whose functions NSIS wants apart by their names.
!macro SHARED UN
  ; Asks until the program is closed, also the one for the command line. A program that runs cannot be opened for
  ; writing; a virus scanner that holds it for a moment is waited for.
  Function ${UN}DemandClosed
    again:
    StrCpy $R0 0
    try:
    StrCpy $Found ""
    ${Locate} "$INSTDIR\app" "/L=F /M=*.exe /G=0" "${UN}TryProgram"
    ${If} $Found != ""
      IntOp $R0 $R0 + 1
      ${If} $R0 < 4
        Sleep 500
        Goto try
      ${EndIf}
      ${InWords} RUNNING
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$Words" /SD IDCANCEL IDRETRY again
      SetErrorLevel 5
      Quit
    ${EndIf}
  FunctionEnd

  Function ${UN}TryProgram
    ClearErrors
    FileOpen $R2 "$R9" a
    ${If} ${Errors}
      StrCpy $Found "$R9"
    ${Else}
      FileClose $R2
    ${EndIf}
    ClearErrors
    Push ""
  FunctionEnd

  ; Nothing is replaced or removed where somebody has put an office, or a copy of one, into the program's own folder.
  Function ${UN}DemandNoOffice
    StrCpy $Found ""
    ${Locate} "$INSTDIR" "/L=F /M=office.db" "${UN}FoundOffice"
    ${Locate} "$INSTDIR" "/L=F /M=office.keys" "${UN}FoundOffice"
    ${Locate} "$INSTDIR" "/L=F /M=*.officecopy" "${UN}FoundOffice"
    ${If} $Found != ""
      StrCpy $R9 $Found
      ${Refuse} 6 OFFICE_INSIDE
    ${EndIf}
  FunctionEnd

  ; Goes on after the office that the program brings along to check itself with.
  Function ${UN}FoundOffice
    ClearErrors
    ${WordFind} "$R9" "\_internal\self-check\" "E+1{" $R2
    ${If} ${Errors}
      StrCpy $Found "$R9"
      Push StopLocate
    ${Else}
      Push ""
    ${EndIf}
    ClearErrors
  FunctionEnd

  ; Removes from $Folder what the list in it names, and leaves what somebody else put there. What could not go is in
  ; $Found, and the list stays. Its lines end in two letters; a folder, in "\" before them, goes where it is empty.
  ; casemgr.exe is its first line: where there is that and no list, a version without one lies there, and goes whole.
  Function ${UN}RemoveProgram
    StrCpy $Found ""
    ${IfNot} ${FileExists} "$Folder\files.txt"
      ${If} ${FileExists} "$Folder\casemgr.exe"
        RMDir /r "$Folder"
        ${If} ${FileExists} "$Folder\*.*"
          StrCpy $Found "$Folder"
        ${EndIf}
      ${EndIf}
      ClearErrors
      Return
    ${EndIf}
    FileOpen $R2 "$Folder\files.txt" r
    ${Do}
      ClearErrors
      FileReadUTF16LE $R2 $R3
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $R3 "$R3" -2
      StrCpy $R4 "$R3" "" -1
      ${If} $R4 == "\"
        RMDir "$Folder\$R3"
      ${ElseIf} $R3 != ""
        ClearErrors
        Delete "$Folder\$R3"
        ${If} ${Errors}
          StrCpy $Found "$Folder\$R3"
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $R2
    ${If} $Found == ""
      Delete "$Folder\files.txt"
    ${EndIf}
    RMDir "$Folder"
    ClearErrors
  FunctionEnd

  Function ${UN}RemoveLinks
    Delete "$SMPROGRAMS\${PROGRAM_ENGLISH}.lnk"
    Delete "$SMPROGRAMS\${PROGRAM_KHMER}.lnk"
  FunctionEnd

  ; Khmer unless something else is asked for or was chosen before.
  Function ${UN}ChooseLanguage
    StrCpy $LANGUAGE ${LANG_KHMER}
    ReadRegStr $R0 HKCU "${OWN_KEY}" "SetupLanguage"
    ${If} $R0 != ""
      StrCpy $LANGUAGE $R0
    ${EndIf}
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/LANG=" $R1
    ${If} ${Errors}
      StrCpy $R1 ""
    ${ElseIf} $R1 == "en"
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${ElseIf} $R1 == "km"
      StrCpy $LANGUAGE ${LANG_KHMER}
    ${EndIf}
    ClearErrors
  FunctionEnd
!macroend
!insertmacro SHARED ""
!insertmacro SHARED "un."

Function .onInit
  StrCpy $INSTDIR "${HOME}" ; /D= is not heeded: what lies in any other folder could be somebody's
  Call ChooseLanguage
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    ${Refuse} 3 OLD_WINDOWS
  ${EndIf}
  ${If} $R1 == ""
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
  Call DemandNotNewer
  Call DemandNoOffice
  Call DemandClosed
  Call DemandSpace
FunctionEnd

; An office that a newer version has brought up to date is refused by this one.
Function DemandNotNewer
  ReadRegStr $R1 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $R1 == ""
    Return
  ${EndIf}
  ${VersionCompare} "$R1" "${VERSION}" $R2
  ${If} $R2 != 1
    Return
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/OLDER" $R2
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ${InWords} NEWER_THERE
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "$Words" /SD IDNO IDYES wanted
  SetErrorLevel 7
  Quit
  wanted:
FunctionEnd

Function DemandSpace
  ${GetRoot} "$LOCALAPPDATA" $R0
  ClearErrors
  ${DriveSpace} "$R0\" "/D=F /S=M" $R1
  ${IfNot} ${Errors}
  ${AndIf} $R1 < ${NEEDED_MB}
    ${Refuse} 4 NO_SPACE
  ${EndIf}
FunctionEnd

; The new program is written whole beside the earlier one, which then makes room for it: what fails before leaves the
; earlier one as it was, and no file of it stays behind. What somebody saved among its files lies there afterwards too.
Section
  SetShellVarContext current
  StrCpy $Finished "$(FINISHED)"
  ${If} ${FileExists} "${DATA}\office\office.db"
    StrCpy $Finished "$(UPDATED)"
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\app\*.*" ; a power cut between the two renamings of an earlier run
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
  ${EndIf}
  Call ClearOld
  RMDir /r "$INSTDIR\app.new"
  ClearErrors
  SetOutPath "$INSTDIR\app.new"
  File /r "${PROGRAM}/*"
  File "${PICTURES}/case-file.ico"
  File "/oname=files.txt" "${LIST}"
  SetOutPath "$LOCALAPPDATA" ; a folder that is the current one cannot be renamed
  ${IfNot} ${Errors}
  ${AndIf} ${FileExists} "$INSTDIR\app.new\casemgr.exe"
    Call DemandClosed ; somebody may have started it meanwhile
    Call TakeItsPlace
  ${Else}
    RMDir /r "$INSTDIR\app.new"
    RMDir "$INSTDIR"
    ${Refuse} 4 NOT_WRITTEN
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call RemoveLinks
  CreateShortcut /NoWorkingDir "$SMPROGRAMS\$(PROGRAM).lnk" "$INSTDIR\app\casemgr.exe" "" "$INSTDIR\app\casemgr.exe" 0
  Call TellWindows
  !insertmacro MUI_LANGDLL_SAVELANGUAGE
  SetErrorLevel 0
SectionEnd

; Renames a folder, with patience for what only looks into new files, such as a virus scanner; $Found is "" if it went.
!macro RENAME_PATIENTLY FROM TO
  StrCpy $R0 0
  StrCpy $Found "in use"
  ${Do}
    ClearErrors
    Rename "${FROM}" "${TO}"
    ${IfNot} ${Errors}
      StrCpy $Found ""
      ${ExitDo}
    ${EndIf}
    IntOp $R0 $R0 + 1
    Sleep 500
  ${LoopUntil} $R0 >= 10
!macroend

Function TakeItsPlace
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    !insertmacro RENAME_PATIENTLY "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} $Found != ""
      RMDir /r "$INSTDIR\app.new"
      ${Refuse} 5 IN_USE
    ${EndIf}
  ${EndIf}
  !insertmacro RENAME_PATIENTLY "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} $Found != ""
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    RMDir /r "$INSTDIR\app.new"
    ${Refuse} 4 NOT_WRITTEN
  ${EndIf}
  Call ClearOld
FunctionEnd

; Removes the earlier program, and puts what somebody saved among its files where it was. What cannot go yet, such as a
; file that is open, is tried again by the next run.
Function ClearOld
  ${If} ${FileExists} "$INSTDIR\app.old\*.*"
    StrCpy $Folder "$INSTDIR\app.old"
    Call RemoveProgram
    ${If} $Found == ""
    ${AndIf} ${FileExists} "$Folder\*.*"
      ${Locate} "$Folder" "/L=F /G=1" "PutBack"
      ${If} $Found == ""
        ${Locate} "$Folder" "/L=F /G=1" "Remains"
      ${EndIf}
      ${If} $Found == ""
        RMDir /r "$Folder" ; folders alone are left
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; Says that a file is still there: its folder was walked through while others were taken out of it.
Function Remains
  StrCpy $Found "$R9"
  Push "StopLocate"
FunctionEnd

Function PutBack
  StrLen $R2 "$Folder"
  StrCpy $R3 "$R8" "" $R2
  CreateDirectory "$INSTDIR\app$R3"
  StrCpy $R4 "$INSTDIR\app$R3\$R7"
  ${If} ${FileExists} "$R4" ; the new program has a file of this name
    StrCpy $R4 "$INSTDIR\app$R3\old-$R7"
  ${EndIf}
  ClearErrors
  Rename "$R9" "$R4"
  ${If} ${Errors}
    StrCpy $Found "$R9"
  ${EndIf}
  ClearErrors
  Push ""
FunctionEnd

; Writing broke off by itself: the disk is full or a file could not be made.
Function .onInstFailed
  SetOutPath "$LOCALAPPDATA"
  RMDir /r "$INSTDIR\app.new"
  RMDir "$INSTDIR" ; only where nothing was installed before
  SetErrorLevel 4
FunctionEnd

; What Settings, Apps shows, and what a double click on a .case file starts.
Function TellWindows
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "$(PROGRAM)"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "casemgr"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\app\casemgr.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}" "" "$(FILE_TYPE)"
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}\DefaultIcon" "" "$INSTDIR\app\case-file.ico"
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}\shell\open\command" "" '"$INSTDIR\app\casemgr.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.case\OpenWithProgids" "${FILE_CLASS}" ""
  ReadRegStr $R0 HKCU "${CLASSES}\.case" ""
  ${If} $R0 == "" ; another program's files stay the other program's
    WriteRegStr HKCU "${CLASSES}\.case" "" "${FILE_CLASS}"
  ${EndIf}
  ${RefreshShellIcons}
FunctionEnd

Function MakeDesktopLink
  CreateShortcut /NoWorkingDir "$DESKTOP\$(PROGRAM).lnk" "$INSTDIR\app\casemgr.exe" "" "$INSTDIR\app\casemgr.exe" 0
FunctionEnd

Function un.onInit
  StrCpy $INSTDIR "${HOME}"
  Call un.ChooseLanguage
  Call un.DemandNoOffice
  Call un.DemandClosed
FunctionEnd

; The program alone goes. The office lies in ${DATA}, which is named nowhere here but in what is said.
Section "Uninstall"
  SetShellVarContext current
  SetOutPath "$TEMP"
  StrCpy $Folder "$INSTDIR\app.old"
  Call un.RemoveProgram
  StrCpy $Folder "$INSTDIR\app"
  Call un.RemoveProgram
  ${If} $Found != ""
    ${Refuse} 5 NOT_REMOVED
  ${EndIf}
  RMDir /r "$INSTDIR\app.new"
  StrCpy $Finished "$(REMOVED)"
  ${If} ${FileExists} "$Folder\*.*"
    StrCpy $Finished "$(REMOVED_BUT)"
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Call un.RemoveLinks
  Delete "$DESKTOP\${PROGRAM_ENGLISH}.lnk"
  Delete "$DESKTOP\${PROGRAM_KHMER}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  DeleteRegKey HKCU "${CLASSES}\${FILE_CLASS}"
  DeleteRegValue HKCU "${CLASSES}\.case\OpenWithProgids" "${FILE_CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.case\OpenWithProgids"
  ReadRegStr $R0 HKCU "${CLASSES}\.case" ""
  ${If} $R0 == "${FILE_CLASS}"
    DeleteRegValue HKCU "${CLASSES}\.case" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\.case"
  ${un.RefreshShellIcons}
  SetErrorLevel 0
SectionEnd
