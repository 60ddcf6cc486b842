# The words of the window, in English.
# Sentence case; an ellipsis on what asks for more; no colon after a label.

app-name = Release Composer
untitled = Untitled release

## Menus and commands
menu-file = File
menu-edit = Edit
menu-insert = Insert
menu-view = View
menu-language = Language
menu-theme = Theme
new-english = New release in English
new-khmer = New release in Khmer
new = New
open = Open…
open-recent = Open recent
no-recent = None yet
save = Save
save-as = Save as…
versions = Earlier versions…
export = Export…
export-post = Export for posting…
print = Print…
quit = Quit
undo = Undo
redo = Redo
undo-step = Undo { $step }
redo-step = Redo { $step }
undone = Undone: { $step }
redone = Redone: { $step }
bold = Bold
italic = Italic
underline = Underline
superscript = Superscript
subscript = Subscript
link = Link…
link-remove = Remove link
link-addresses = Make addresses links
page-break = Page break
footnote-insert = Footnote
link-edit = Change link…
find = Find…
replace = Replace…
find-next = Next match
find-previous = Previous match
khmer-digits = Khmer digits
arabic-digits = Arabic digits
fit-width = Fit width
fit-page = Fit page
zoom-in = Zoom in
zoom-out = Zoom out
show-invisible = Show invisible characters
space-is-zero-width = Space bar types a zero-width space
theme-system = As the system
theme-light = Light
theme-dark = Dark
english = English
khmer = ភាសាខ្មែរ

## Steps of undo
step-typing = typing
step-paste = paste
step-cut = cut
step-move-text = move text
step-emphasis = formatting
step-link = link
step-note = footnote
step-remove-paragraph = remove paragraph
step-move-paragraph = move paragraph
step-split-paragraph = new paragraph
step-join-paragraphs = join paragraphs
step-new-page = new page
step-block = paragraph style
step-line = line
step-quotes = quotation mark
step-dash = dash
step-case = capitals
step-date = date
step-emblem = emblem
step-language = language
step-setup = page setup
step-digits = digits
step-replace = replace
step-checks = checks
step-recovery = bring back changes
step-version = earlier version
step-import = text of a file
step-theirs = the file's changes

## The form
section-letterhead = Letterhead
section-heading = Heading
section-body = Text
section-signature = Signature
section-page = Page
release-language = Language of the release
kingdom = Kingdom
motto = Motto
ornament = Ornament under the motto
emblem = Emblem
emblem-choose = Choose a picture…
emblem-remove = Remove
emblem-alternative = What the emblem shows
emblem-alternative-hint = for readers who cannot see it
ministry = Ministry
department = Department
reference = Reference number
title = Title
headline = Headline
headline-hint = without quotation marks
paragraph-number = Paragraph { $number }
paragraph-hint = Type here
paragraph-up = Move up
paragraph-down = Move down
paragraph-remove = Remove
paragraph-new-page = Start on a new page
paragraph-same-page = Do not start a new page
page-begins = New page
block = Paragraph style
block-plain = Normal text
block-heading-1 = Heading 1
block-heading-2 = Heading 2
block-numbered = Numbered list
block-bulleted = Bulleted list
block-sections = Sections (I., A.)
block-continued = Continue the item
block-centred = Centred line
block-quotation = Quotation
block-level = level { $level }
block-restarts = numbering begins again
block-starts = numbering begins with { $number }
block-restart = Restart numbering
block-deeper = One level deeper (Tab)
block-less-deep = One level less deep (Shift+Tab)
block-go-on = Continue numbering
block-mark = Insert: { $mark }
number-paragraphs = Number every paragraph
page-text = Pages
case = Change case
characters = Change characters
show-form = Form
curly-quotes = Curly quotation marks and dashes while typing
mark-breaks = Mark where Khmer lines may end in Word files
place = Place
date = Date
date-none = No date
date-choose = Choose a date
date-today = Today
date-clear = No date
month-before = Previous month
month-after = Next month
lunar-date = Lunar date above it
signatory-title = Title of the signatory
signatory-name = Name of the signatory
signatory = Signatory { $number }
signatory-number = { $line } { $number }
signatory-party = Signs for
signatory-add = Add a signatory
signatory-witness = Add a witness
signatory-remove = Remove: { $signatory }
signatory-columns = Columns
signatories = Number of signatories
notice = Line above the title
notice-ready = Ready words
notice-insert = Line above the title
part-done-at = Done at …
part-notes-to-editors = Notes to editors
part-about-ministry = About the Ministry
part-contact = Media contact
step-signatories = signatories
optional = optional
paper = Paper
paper-a4 = A4
paper-letter = Letter
margins = Margins (mm)
margin-top = top
margin-right = right
margin-bottom = bottom
margin-left = left
body-size = Type size (pt)
leading = Line spacing
khmer-face = Khmer font
as-usual = Default
fit = Number of pages
fit-as-set = Automatic
fit-one = One
fit-two = Two
fitted-changed = To fit, type was set at { $size }% of its size and { $leading }% of its line spacing.
fitted-too-long = { $count ->
    [one] The text is 1 line too long for so few pages, even with smaller type and closer lines. Shorten it by about a line and choose again.
   *[other] The text is { $count } lines too long for so few pages, even with smaller type and closer lines. Shorten it by about { $count } lines and choose again.
}
justified = Justified
hyphenate = Hyphenate English words
page-numbers = Page numbers from page 2
page-count = Page numbers with the total (1 of 3)
running-headline = Headline above the text from page 2

## Find and replace
find-what = Find
replace-with = Replace with
replace-one = Replace
replace-all = Replace all
match-case = Match case
whole-word = Whole words
find-close = Close search
found-none = Not found
found-count = { $count ->
    [one] 1 match
   *[other] { $count } matches
}
found-of = { $number } of { $count }

## The preview
page-of = Page { $page } of { $count }
words-missing = { $count ->
    [one] 1 thing to look at
   *[other] { $count } things to look at
}
complete = Complete
verdict-checking = Checking…
verdict-not-compared = Not compared with { $file }
verdict-differs = Differences from { $file }: { $count }
verdict-checks-off = { $count ->
    [one] Nothing found; 1 check is switched off
   *[other] Nothing found; { $count } checks are switched off
}

## Checks that can be switched off for a release
checks = Check this release for
check-doubled-words = doubled words
check-doubled-spaces = more than one space
check-hard-spaces = no-break spaces between ordinary words
check-space-before-sign = spaces before commas and full stops
check-no-space-after-sign = no space after commas and full stops
check-sign-twice = doubled commas and full stops
check-no-full-stop = paragraphs without a full stop
check-small-letter = sentences without a capital
check-no-such-day = days that do not exist
check-tense-of-date = tenses that do not fit a date
check-honorifics = styles that contradict each other or the list of names
check-listed-titles = titles that are not as on the list of names
check-digit-groups = thousands separated in two ways
check-hours = hours written in two ways
check-variants = British and American spelling side by side
check-confused-words = words that are confused, such as its and it’s
check-straight-quotes = straight quotation marks and double hyphens
check-unclosed = quotation marks and brackets without their pair
check-khmer-stops = stops in Khmer, and spaces after them
check-mixed-digits = digits of both scripts in a number
check-weekdays = weekdays that do not fit their dates, and spans that end before they begin
check-names = names spelt in two ways, or not as on the list of names
check-future-date = a date still to come
check-past-date = a date long past
check-differences = differences from the other language
check-other-language = texts that are in the other language
delete-it = Delete it
marks-all = All in this release
marks-all-hint = Correct all letters with wrong marks whose meaning is certain

## Dialogs and messages
opened-in-order = { $count ->
    [one] The marks of one Khmer letter were put in normal order. Save the draft to keep that
   *[other] The marks of { $count } Khmer letters were put in normal order. Save the draft to keep that
}
filter-drafts = Release drafts
filter-pictures = Pictures
filter-pdf = PDF
filter-png = Picture
filter-word = Word document
filter-web = Web page
filter-text = Plain text
title-open = Open a draft
title-save = Save the draft
title-export = Export the release
title-post = Pictures and words for posting
title-emblem = Choose the emblem
unsaved-title = Save the changes?
unsaved-text = “{ $name }” has changes that are not saved yet.
unsaved-save = Save
unsaved-discard = Do not save
export-anyway = Export anyway
print-anyway = Print anyway
cancel = Cancel
ok = OK
path-text = This computer has no file dialog. Write the path of the file.
path-label = Path
printed = Sent to the printer
print-opened = The pages are open in the program for PDFs. Press Ctrl+P there to print them.
print-unavailable = This computer has no printing set up, and no program for PDFs. Export a PDF and print it on another computer.
print-refused = The printer did not accept it: { $reason }. Export a PDF and print it from the program that shows it.
change-refused = The change was not made. { $reason }
change-locked = “{ $field }” is fixed by the template, so nothing was changed. To change it in this release, choose “{ unlock }” beside it in the form.
dropped-text = Insert the text of { $file } into the release?
dropped-put = Insert it at the cursor
dropped-other = { $file } cannot be opened here. Drop a draft, a Word file, a picture, or a text.
dropped-several = Of the files that were dropped, only { $file } was taken. Drop the others one at a time; each draft can have a window of its own.
lines-title = What are these lines?
lines-text = The Word file does not say it. Choose for each line what it is; what you leave stays in the text. Ctrl+Z takes it back.
lines-put = Put them there
lines-leave = Leave all in the text
lines-role-text = Text
lines-role-place = Place and date
lines-role-out = Leave it out
word-read = Read from { $file }. The Word file stays as it is; save the draft to keep it.
word-read-lost = Read from { $file }. The Word file stays as it is; save the draft to keep it. A draft does not hold all that was in it: { $lost }
word-unreadable = { $file } cannot be read: { $reason }
exported = Exported to { $file }
exported-pages = { $count } pages exported as pictures, from { $first } to { $last }
exported-post = Pictures and words for posting are made: { $file } and those beside it. The words are on the clipboard
saved = Saved to { $file }
open-file = Open
close-message = Close
opening-failed = The file could not be opened by another program: { $reason }
graphics-lost = The graphics driver failed. Your text is as it was; the window is now drawn without the driver.
fault = Release Composer had to close because of a fault in the program.
fault-text-kept = Your text is kept in { $folder }. The program offers it when you start it again.
fault-report = The details are in { $file }. Please send this file to the people who look after the program.
drop-here = Drop a draft here to open it

## Changes that were not saved
recovery-title = Changes that were not saved
recovery-text = The program ended before these changes were saved. Nothing is deleted until you choose.
recovery-corrections = This draft is damaged. These are your corrections of its text.
recovery-changed = Last changed on { $time }
recovery-file = Its file was last written on { $time }
recovery-no-file = It has no file yet
recovery-open = Open with the changes
recovery-discard = Throw the changes away
recovery-really = Really throw them away?
recovery-later = Ask again next time

recovery-difference = What was changed
nothing-changed = Nothing differs.
yes = yes
no = no
checks-off = Not checked

## Files and versions
someone = Someone
held = { $user } has this draft open on { $machine }, since { $since }. You can read it, and save a copy under another name.
lock-lost = Someone else has taken over the lock on this draft. The file may change; when you save, you will see what differs.
theirs-title = Someone else has changed the file
theirs-text = It has changed since you opened or saved it. Your version would change:
theirs-mine = Save mine in its place
theirs-take = Use the file's version
versions-title = Earlier versions
versions-none = There are no earlier versions yet; one is kept at each save.
versions-since = Changed since then:
versions-bring = Bring this version back
close = Close

## Templates
step-placeholder = placeholder
step-fill = fill in
step-template = template
step-lock = house style
section-template = Template
placeholders = Placeholders
locks = Fixed by the house style
new-from-template = New from a template…
template = Template…
save-as-template = Save as a template…
fill-in = Fill in…
make-placeholder = Make a placeholder…
template-title = Choose a template
template-none = Select a template to see its purpose.
template-no-purpose = This template has no description.
template-take = Use this template…
template-edit = Edit the template
template-edit-copy = Edit a copy
fill-title = Fill in
fill-text = What you leave empty stays marked in the draft until you fill it in.
fill-begin = Begin the draft
fill-ok = Fill in
fill-open = { $count ->
    [one] 1 answer is still to come
   *[other] { $count } answers are still to come
}
choice-none = Choose…
footnote = Footnote { $number }
footnote-of = Footnote of paragraph { $number }
footnote-of-cell = Footnote of table { $table }, row { $row }, column { $column }
footnote-of-caption = Footnote of the caption of { $file }
footnote-hint = What the footnote says
footnote-remove = Remove { $note }

link-title = Link
link-words = Words
link-words-hint = What is shown
link-address = Address
link-address-hint = Such as www.mfaic.gov.kh or an e-mail address
link-ok = Make the link
links-made = { $count ->
    [0] There is no address in the text that is not a link.
    [1] One address is a link now.
   *[other] { $count } addresses are links now.
}

make-title = Make a placeholder
make-name = Name
make-name-hint = such as: country
make-known = A placeholder with this name exists already. Both get the same answer.
make-no-name = A name has up to 60 letters, digits and spaces, and no braces, = or *.
make-kind = Kind of answer
make-choices = Choices, one per line
make-choices-hint = one per line
make-prompt = Question
make-prompt-hint = what the user is asked
make-default = Default answer
make-ok = Make it
kind-text = Text
kind-long-text = Long text
kind-date = Date
kind-choice = Choice
keep-title = Save as a template
keep-text = The draft in the window stays as it is.
keep-folder = Folder
keep-own = My own templates
keep-ok = Save the template
keep-no-place = This computer has no folder for settings and templates. Use Save as… instead.
keep-there = There is already a template in { $file }. Give this one another name.
kept = Saved as a template in { $file }
template-name = Name of the template
template-purpose = What it is for
placeholders-none = There are no placeholders yet. Select words in the text and choose “Make a placeholder…” in the Edit menu.
placeholder-unused = It is not used in the text.
placeholder-remove = Remove
locked = Fixed by the template
unlock = Unlock
unlock-hint = For this release alone; the template stays as it is

## Mending a draft
repair-title = { $name } is damaged
repair-title-newer = { $name } is from a newer Release Composer
repair-text = Nothing is lost, and the file stays as it is until you save. Correct the marked place, then read it again. F7 leads to that place, F6 to the buttons; F5 reads it again.
repair-newer = Here is its text, to be read and copied; the file stays as it is.
repair-place = Line { $line }
repair-field = , field { $field }
repair-line = Line { $line }
repair-go = Go to the marked place
repair-read = Read it again
repair-copy = Copy all
repair-copied = The whole text is on the clipboard.
repair-discard = Close without the corrections
repair-done = { $name } is a draft again. It is not saved yet; when you save it, the damaged file is kept beside it.
repair-kept = The damaged file is kept as { $file }
repair-restored = Your corrections of { $name } from { $time } are back. Ctrl+Z shows the text of the file.
repair-restored-changed = { $name } has changed since you corrected it on { $time }. This is your corrected text; Ctrl+Z shows the text of the file.
repair-others = Other corrections of { $name } are kept. The program offers them when you start it again.
repair-elsewhere = Another window has opened these corrections.
repair-unprotected = Your corrections would be lost in a crash. Copy all of the text into another program. { $reason }

## Spelling
check-spelling = spelling
spelling-replace = Replace “{ $word }” with “{ $by }”
spelling-add = Add to my words
spelling-add-word = Add “{ $word }” to my words

## Names
step-name = name from the list
names-keys = Enter takes it · Esc hides the list
names = Names and titles…
names-add = Add to the names…
names-title = Names and titles
names-text = They are completed while you type, and each release is compared with them.
names-search = Search
names-none = The list is empty.
names-new = New person
names-keep = Save in the list
names-discard = Discard changes
names-delete = Delete
names-really = Really delete?
names-shared = This entry is in { $file }, a list that your office shares. Change it there.
names-copy = Copy to my list
person-honorific = Honorific
person-name = Name
person-title = Title
names-no-name = A person needs a name, in English or in Khmer.
names-too-long = A name has at most 120 characters, and a title 400.

replacing-title = Replace the file?
replacing-text = There is already a file { $file }. What is in it now stays among its earlier versions.
replacing-replace = Replace
replacing-export = There is already a file { $file }. It would be replaced.

## Help
menu-help = Help
handbook = Handbook
shortcuts = Keyboard shortcuts
handbook-pdf = Handbook as PDF…
about = About Release Composer…
menu-reach = Go to the menu (also Alt by itself)
keys-text = In a text
keys-paragraph = New paragraph, or the next item of a list
keys-line = New line in the same paragraph
keys-tab = Next or previous cell of a table, or level of a list item
keys-word = A word to the left or right
keys-by-paragraph = A paragraph up or down
keys-move = Move the paragraph, or the row of a table
keys-line-ends = Start or end of the line
keys-text-ends = Start or end of the text
keys-delete-word = Delete the word before or after the cursor
keys-damaged = In a damaged draft
help-contents = Contents
help-close = Close the handbook
help-explain = What do these mean?
handbook-findings = What each finding means
handbook-shortcuts = Keyboard shortcuts
handbook-or = { " or " }
title-handbook = Export the handbook
about-version = Version { $version }
about-licence = Free software under the MIT licence or the Apache License 2.0, as you like.
about-folders = Where things are kept
about-settings = Settings
about-recovery = Recovery files
about-versions = Earlier versions
about-templates = Your templates
about-words = Your words
about-names = Names and titles
about-draft = This draft
about-nowhere = Nowhere
about-open = Open the folder
about-licences = Licences of fonts and data
about-copy = Copy details
about-copied = The details are on the clipboard.

## What the findings mean: the finding in bold, then what to do
explain-no-title = **There is no title.** Type the kind of document, such as PRESS RELEASE, under { section-heading }.
explain-no-headline = **There is no headline.** Type it under { section-heading }, without quotation marks; the program adds them.
explain-no-body = **There is no text.** Type the first paragraph under { section-body }.
explain-no-place = **There is no place of signature.** Type it under { section-signature }, such as Phnom Penh.
explain-empty = **An item, a heading, a footnote or a signatory has no text.** It would print as a bare number or a gap. Write it, or delete it.
explain-untranslated = **A text is still to be translated.** It is empty where the other language has one, or is in that language. If it is a quotation, switch the check off.
explain-no-date = **There is no date of signature.** Choose the day under { section-signature }.
explain-open-placeholder = **A placeholder is still to be filled in.** It would be printed as it is, with its braces. Choose “{ fill-in }” in the { menu-edit } menu, or type over it.
explain-misspelt = **A word is in no dictionary.** Correct it, or click one of the words offered below it. If it is right, choose “{ spelling-add }”, and it is not named again.
explain-spelt-two-ways = **A name is spelt in two ways.** Find out which spelling is right, and use it throughout.
explain-not-as-listed = **A name is not as the list has it.** Correct it here, or correct the list: “{ names }” in the { menu-edit } menu.
explain-not-their-title = **An honorific or title is not as the list has it.** Correct it here, or correct the list: “{ names }” in the { menu-edit } menu.
explain-wrong-weekday = **A weekday does not fit its date.** One of the two is wrong; look it up in a calendar.
explain-wrong-lunar-date = **A lunar date is not that of the civil date beside it.** One of the two is wrong. The date that is offered below it is worked out from the civil one.
explain-no-such-hour = **There is no such hour.** A day ends at 24:00, and an hour has minutes up to 59.
explain-no-such-day = **There is no such day.** The month has fewer days, or the number is wrong; look it up in a calendar.
explain-backwards = **A span ends before it begins.** One of its two dates, hours or years is wrong, or they are in the wrong order.
explain-future-date = **The date of signature is still to come.** That is right if the release is prepared for that day; otherwise choose another date.
explain-past-date = **The date of signature is more than 60 days ago.** It may have stayed from an older release; choose the right date.
explain-doubled-word = **A word is doubled.** Delete one of the two, unless both are meant.
explain-doubled-space = **There is more than one space.** Delete all but one.
explain-hard-space = **There is a no-break space between ordinary words.** It came with a text from the web, and makes gaps in the lines. Put an ordinary space in its place.
explain-differs = **The other language says something else.** A date, a number, a name or the like differs, or is missing there. Find out which is right.
explain-right-to-left = **Letters that are written from right to left would be set backwards.** The program does not set Hebrew or Arabic. Leave them out, or put a picture in their place.
explain-space-before-sign = **There is a space before a comma, a full stop or another sign.** Delete it, so that the sign follows its word.
explain-no-space-after-sign = **A space is missing between a sign and the next word.** Type one after the sign.
explain-sign-twice = **A comma or a full stop is doubled.** Delete one of the two. An ellipsis has three dots.
explain-no-full-stop = **A paragraph does not end with a full stop.** Put one at its end, or make the paragraph a heading or an item.
explain-small-letter = **A sentence begins with a small letter.** Write it with a capital, or put a comma in the place of the full stop before it.
explain-tense-of-date = **A sentence says what will be on a day that is past, or what was on a day to come.** Correct the date or the verb.
explain-honorifics = **A style contradicts another, or the list of names.** It is either Her Excellency or Mr.; look the person up and correct one of the two.
explain-listed-titles = **The title of a person is not as on the list of names.** Correct it here, or change the list.
explain-digit-groups = **Thousands are separated in two ways,** with a comma and with a full stop. Use one of them throughout.
explain-hours = **Hours are written in two ways,** by twelve and by twenty-four, or with and without stops. Use one form throughout.
explain-variants = **A word or a number is written in two ways.** It is British here and American there, one Khmer word has two spellings, or a currency has its sign here and its code there. Choose one for the whole release.
explain-confused-words = **A word is confused with another,** such as it’s with its, a with an, or has with have. Correct it.
explain-straight-quote = **A quotation mark is straight, where print has a curly one.** Take the correction; all marks of the text become curly with it.
explain-two-hyphens = **Two hyphens stand where print has a dash.** Take the dash that is offered, or type it. In an address they stay.
explain-unclosed = **A quotation mark or bracket has no pair.** Add the one that is missing, or delete the one that is too many.
explain-stop-without-space = **A space is missing after ។ or ៖ in Khmer.** Type a space after the sign.
explain-no-end-mark = **A release in Khmer does not end with a stop.** Type ៕ at the end of the last paragraph, or ។ if more follows.
explain-khmer-slip = **A Khmer word is spelt wrongly.** Click the word that is offered below it, or correct it by hand.
explain-mixed-digits = **A number has digits of both scripts.** Select it, and choose “{ khmer-digits }” or “{ arabic-digits }” under “{ characters }” in the { menu-edit } menu.
explain-khmer-subscript = **A Khmer subscript is not complete, or typed twice.** Delete the letter, and type it again: the letter, the subscript sign once, then the letter that goes below.
explain-khmer-no-base = **A Khmer vowel or sign has no letter.** Type the letter first, or delete the sign; it may be left over from an earlier change.
explain-khmer-marks = **The vowels or signs of a Khmer letter cannot be combined.** Click the letter that is offered below it. If none is, delete the letter with its signs, and type it again with one vowel and each sign once.
explain-too-many-pages = **The release takes more pages than can be printed.** The first thousand are shown. Divide it into several drafts, which can be printed and exported one by one.
explain-too-long-to-fit = **The text is too long for the number of pages.** It is set as if { fit } were { fit-as-set }. Shorten it, or choose more pages under { section-page }.
explain-missing-characters = **No font has a character.** It would be printed as an empty box. Replace it; most often it is a picture sign (emoji) or came from another program.
explain-emblem = **The emblem cannot be used.** The message says why. Choose another picture under { section-letterhead }: PNG, JPEG or SVG.
explain-no-alternative = **The emblem has no description.** Say in a few words what it shows, for readers who cannot see it, under { section-letterhead }.
explain-coarse-emblem = **The emblem is too coarse for print.** Use a larger picture, best of all an SVG; print needs 300 dots per inch.
## Waiting for files
doing-open = Opening { $file }
doing-save = Saving to { $file }
doing-lock = Checking who has { $file } open
doing-versions = Reading earlier versions of { $file }
doing-settings = Saving the settings in { $file }
doing-lists = Reading the lists of words and names in { $file }
doing-list = Updating the list { $file }
doing-emblem = Reading the picture { $file }
doing-recovery = Looking for unsaved changes in { $file }
doing-corrections = Keeping your corrections in { $file }
doing-recovery-file = Comparing unsaved changes with { $file }
doing-folder = Looking for { $file }
doing-export = Exporting to { $file }
doing-print = Preparing { $file } for the printer
doing-set = Preparing the pages
doing-library = Reading the templates in { $file }
doing-template = Saving the template { $file }
stop-waiting = Stop waiting
stopped = you stopped waiting for it
job-lost = Something went wrong inside the program, and this was not done. Save your work, and try again.
save-stopped = Not saved to { $file }: you stopped waiting. You can go on writing, or save it elsewhere with “Save as…”.
saved-late = { $file } was saved after all, when you had stopped waiting for it.
export-stopped = Not exported to { $file }: you stopped waiting.
unsaved-saving = The draft is still being saved to { $file }, which does not answer.
unsaved-wait = Wait for it
unsaved-elsewhere = Save elsewhere…
recovery-unreachable = Its file cannot be reached yet. You are asked before anything there is replaced.

## A picture outside of the draft's folder
picture-title = Open this picture?
picture-text = The draft names a picture that is not in its own folder: { $file }. Open it only if you know this place.
picture-open = Open the picture
picture-leave = Do not open it

## The keyboard and messages
cut = Cut
copy = Copy
paste = Paste
select-all = Select all
pasted-lost = What you pasted could not be kept as it was: { $lost }
nothing-to-paste = There is nothing on the clipboard to paste.
finding-next = Next thing to look at
finding-previous = Previous thing to look at
findings-none = There is nothing to look at.
findings-end = There is nothing more to look at. Press again to go round.
mend = Write “{ $by }”
mend-space = Put one ordinary space
mend-quotes = Make all quotation marks of this text curly
mend-all = Correct all { $count } of this kind
other-view = Switch between form and page
replaced-count = { $count ->
    [one] 1 replaced
   *[other] { $count } replaced
}
text-menu = Open the menu of the text
check-for = Check for { $check }
word-count = { $count ->
    [one] 1 word
   *[other] { $count } words
}
held-own = This draft is already open in another window of yours, since { $since }. Use that window, or save a copy under another name here.
new-window = New window
doing-window = Opening another window
window-failed = Another window could not be opened: { $reason }
template-rename = Rename…
template-rename-ok = Rename
template-delete = Delete…
template-delete-text = Delete the template “{ $name }”? Drafts made from it stay.
template-really = Delete
repair-version = Use the last good version ({ $time })
repair-version-hint = Opens the version that was saved last and can be read. The damaged file stays until you save.
date-type = Or type a date
date-type-hint = Or type: 30 October 2026
date-day-first = { $date } (the day is first)
emblem-height = Height of the emblem (mm)

# Tables
table = Table
date-insert = Date…
date-insert-title = Insert a date
step-inserted-date = date in the text
table-new = Table…
table-title = Insert a table
table-rows = Rows
table-columns = Columns
table-header = Header row
table-ok = Insert table
table-row = row of a table
table-cell = cell of a table
table-place = Table { $table }, row { $row }, column { $column }
table-row-above = Insert row above
table-row-below = Insert row below
table-column-left = Insert column to the left
table-column-right = Insert column to the right
table-row-up = Move row up
table-row-down = Move row down
table-move-left = Move column to the left
table-move-right = Move column to the right
table-remove-rows = Delete rows
table-remove-columns = Delete columns
table-remove = Delete table
table-paragraph-above = Insert paragraph above the table
table-paragraph-below = Insert paragraph below the table
step-table = table

# Pictures of the text
picture = Picture
picture-new = Picture…
picture-describe = Describe the picture
picture-choose = Choose file…
picture-caption = Caption, below the picture
picture-caption-hint = The signing ceremony in Phnom Penh, 2 March 2026
picture-describe-again = Picture options…
picture-caption-of = Caption of { $file }
picture-remove = Delete picture
picture-alternative = What the picture shows, for readers who cannot see it
picture-alternative-hint = The two ministers sign the agreement
picture-beside = Beside the picture above
picture-width = Width
picture-insert = Insert picture
picture-change = Change
title-picture = Choose a picture
doing-picture = Reading the picture { $file }
step-picture = picture
explain-picture-missing = **A picture is missing.** The draft names a file that is neither in the draft nor in its folder, or that is too large for the draft. Put the file into the folder or make it smaller, and open the draft again, or delete the picture and insert it again.
explain-picture = **A picture cannot be used.** It is damaged, too large, or of a kind that is not read. Insert it again as PNG, JPEG or SVG.
explain-picture-alternative = **A picture of the text is not described.** Readers who cannot see it hear this description instead. Right-click its caption, choose “Picture options…”, and say in a sentence what it shows.
explain-picture-coarse = **A picture of the text has too few pixels.** They will show in print. Use a larger picture, or make it narrower.

# Changes that came back, and comments
review = Compare with a returned file…
title-review = Choose the file that came back
counterpart-menu = Other language
counterpart = Compare with the other language…
counterpart-make = Make a draft in the other language
counterpart-open = Open the other language in a new window
counterpart-write = Switch this window to the other language
counterpart-write-hint = This draft is saved and shown beside it. You can also double-click a text.
counterpart-another = Another file…
counterpart-is-open = { $file } is already open in another window of yours. Go to that window.
counterpart-made = { $file } is beside this draft, with letterhead, date and signatories; it opens in a window of its own.
step-counterpart = file in the other language
export-both = Export both languages…
title-export-both = Export both languages as one PDF
title-counterpart = Choose the same release in the other language
counterpart-of = Beside { $file }
counterpart-again = Read it again
counterpart-same = Dates, numbers, names and places are the same.
counterpart-comparing = Comparing…
counterpart-nothing = (nothing)
counterpart-text = Its text
counterpart-differences = What differs ({ $count })
doing-compare = Comparing with { $file }
review-of = Changes in { $file }
review-open = { $open } of { $count } still to decide
review-nothing = { $file } changes nothing in this draft.
review-accept = Accept
review-refuse = Refuse
review-accept-all = Accept all
review-end = End review
review-added = Added
review-removed = Removed
step-review = proposed change
comments = Comments
comments-none = There are no comments yet.
comment-new = New comment
comment-answer = Answer
comment-done = Done
comment-reopen = Open again
comment-is-done = done
comment-delete = Delete comment
comment-ok = Add
comment-gone = These words are no longer in the text.
step-comment = comment
copy-whole = Copy the whole release
copy-release = For the web and mail
copy-code = As HTML code
copied-release = The release is on the clipboard, without its letterhead.
post-hashtags = Hashtags, at the end of the caption
post-caption = Caption: { $count } of { $most } characters that Telegram takes
post-alternative = Alternative text, for those who cannot see the picture
post-write = Write the files…
post-copy = Copy caption
post-copied = The caption is on the clipboard.
