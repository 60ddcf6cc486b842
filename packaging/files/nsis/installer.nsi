; The installer for Windows: for one user, without an administrator. packaging/windows runs it:
;
;   makensis -DVERSION=0.1.0 -DFILES=folder -DOUT=setup.exe installer.nsi
;
; FILES holds what is installed. /S installs or removes in silence, /D=FOLDER, as the last argument and
; without quotation marks, chooses the folder. Drafts, settings and lists of names are never touched.

Unicode true
!ifndef NSIS_ARCH_AMD64
  Target amd64-unicode
!endif
!include MUI2.nsh
!include FileFunc.nsh

!define PRODUCT "Release Composer"
!define PROGRAM "release-composer.exe"
!define TYPE "ReleaseComposer.Draft"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\ReleaseComposer"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}"
!define OWN "Software\Release Composer"

Name "${PRODUCT}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${OWN}" "Folder"
SetCompressor /SOLID lzma
SetDatablockOptimize on
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${PRODUCT} installer"
VIAddVersionKey "CompanyName" "The Release Composer authors"
VIAddVersionKey "LegalCopyright" "© 2026 The Release Composer authors"

!define MUI_ICON "${ICONS}/program.ico"
!define MUI_UNICON "${ICONS}/program.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_WINDOWTITLE "${PRODUCT}"
!define MUI_LANGDLL_INFO "Language / ភាសា"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${OWN}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Installer language"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGEEX "." "Khmer"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString InUse ${LANG_ENGLISH} "${PRODUCT} is open. Save your drafts, close it, and try again."
LangString InUse ${LANG_KHMER} "${PRODUCT} កំពុងបើក។ សូមរក្សាទុកសេចក្តីព្រាង បិទកម្មវិធី រួចសាកល្បងម្តងទៀត។"
LangString DraftType ${LANG_ENGLISH} "Press release draft"
LangString DraftType ${LANG_KHMER} "សេចក្តីព្រាងសេចក្តីប្រកាសព័ត៌មាន"
LangString Remark ${LANG_ENGLISH} "Compose press releases in English and Khmer"
LangString Remark ${LANG_KHMER} "តែងសេចក្តីប្រកាសព័ត៌មានជាភាសាខ្មែរ និងអង់គ្លេស"

; A program that runs can be neither replaced nor removed: ask to close it first. In silence, fail
; with exit code 2 before anything is touched.
!macro WAIT_UNTIL_CLOSED
  retry:
  IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${PROGRAM}" a
  IfErrors 0 close
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY retry
  SetErrorLevel 2
  Quit
  close:
  FileClose $0
  closed:
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section
  !insertmacro WAIT_UNTIL_CLOSED
  SetOutPath "$INSTDIR"
  File /r "${FILES}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${OWN}" "Folder" "$INSTDIR"

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "$(Remark)"
  WriteRegStr HKCU "${PATHS}" "" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${PATHS}" "Path" "$INSTDIR"

  ; Drafts end in .release and belong to this program. Files of RON may belong to another one, which
  ; keeps them: this program is one more to open them with.
  WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "$(DraftType)"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\${PROGRAM},1"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.release" "" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\.release" "Content Type" "application/x-release-composer"
  WriteRegNone HKCU "${CLASSES}\.release\OpenWithProgids" "${TYPE}"
  WriteRegNone HKCU "${CLASSES}\.ron\OpenWithProgids" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}" "FriendlyAppName" "${PRODUCT}"
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}\SupportedTypes" ".release" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}\SupportedTypes" ".ron" ""
  ${RefreshShellIcons}

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Release Composer authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro WAIT_UNTIL_CLOSED
  ; Only what the installer has put there: a draft kept in this folder stays, and the folder with it.
  !include "${LIST}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"

  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${PATHS}"
  DeleteRegKey HKCU "${OWN}"
  DeleteRegKey HKCU "${CLASSES}\${TYPE}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${PROGRAM}"
  DeleteRegValue HKCU "${CLASSES}\.ron\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.ron\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.ron"
  DeleteRegValue HKCU "${CLASSES}\.release\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.release\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\.release" ""
  StrCmp $0 "${TYPE}" 0 kept
  DeleteRegValue HKCU "${CLASSES}\.release" ""
  DeleteRegValue HKCU "${CLASSES}\.release" "Content Type"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.release"
  kept:
  ${RefreshShellIcons}
SectionEnd
