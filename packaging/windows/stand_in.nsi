; A program in the place of ours, for trying the installer where ours cannot run: it writes down what it was started
; with and stays open until a file named "stop" lies beside it, two minutes at most.

Unicode true
SilentInstall silent
RequestExecutionLevel user
OutFile "${OUTPUT}"
Name "stand-in"
!include FileFunc.nsh
!include LogicLib.nsh

Section
  ${GetParameters} $0
  FileOpen $1 "$EXEDIR\started.txt" w
  FileWriteUTF16LE /BOM $1 "$0"
  FileClose $1
  StrCpy $2 0
  ${DoUntil} ${FileExists} "$EXEDIR\stop"
    Sleep 200
    IntOp $2 $2 + 1
    ${IfThen} $2 > 600 ${|} ${ExitDo} ${|}
  ${Loop}
SectionEnd
