### Words shared by every screen: consent, errors, and small labels.

-brand = StepForward

support-button = Support
undo-button = Undo
edit-button = Edit
delete-button = Delete
list-button = My list
page-back = Back
page-on = Next
form-again-button = Open the form again
form-try-button = Try again

## The first press

consent-title = Before anything is saved
consent-title-again = I can keep more than before
consent-again = Since you agreed, a journal, drafts and the ten days have come. Nothing of yours has changed. If you agree to what is kept now, we go on.
consent-saved-again = Thank you. Everything of yours stays as it was.
consent-agree = Agree and go on
consent-kept = **What is kept:** the rejections, actions, good news, journal and drafts you write down, your time zone and your settings. Also your Discord id, the name you have in a server, the servers where you were seen, and a record of the messages I send you. What you write in your own words is encrypted. You can take a copy, or erase it all, at any time with `/me`.
consent-seen = **Who sees it:** you. No member of this server, no group lead and no program sees a rejection. The group sees what you choose: your name with a number of actions on the board, or one action you show. You are asked first, each time it is new. The host who runs me can see kinds, dates, feelings from 1 to 5, names and settings. Your own words are sealed.
consent-messages = **What happens:** when you press *Save and start*, I send you one direct message as a test. After a rejection you get a few more over a month, at 18:00 your time, never at night. You can pause or stop them with one press.
consent-zone-choose = Where are you?
consent-zone-other = Another place
consent-zone-why = Please choose your place, so that messages come at the right hour.
consent-zone-check = { $zone }: is it **{ $clock }** for you now?
consent-save = Save and start
consent-not-now = Not now
consent-left = Nothing was saved. Come back whenever you like.
consent-saved = You have started, with { $zone } as your time zone. `/me settings` changes it, `/me erase` ends everything.
consent-done = This card is closed: you have started already. If something you wrote is missing, please enter it again.
consent-gone = This card has waited too long, and I no longer have what you wrote. Nothing was saved. Please start again.
zone-form-title = Where are you?
zone-form-label = City or country
zone-form-hint = For example Lagos, Karachi, Dhaka, Manila or Cairo
zone-form-choose = Which of these?
zone-none-found = I do not know this place. Please try the nearest big city, or the country.

## Direct messages

dm-closed-note = I cannot send you direct messages at the moment. To change that: open the menu of a server we share, then Privacy Settings, and allow direct messages. Then press the button. `/me settings` has another way, if you want one.
dm-queued-note = My test message to you is queued: Discord asks me to open new conversations slowly. It comes by itself.
dm-test-button = Test my DMs
dm-test-body = This is a test. Your messages will arrive here, and nobody else sees them.
dm-test-open = It worked: you have a message from me.
dm-test-closed = It did not work: Discord refused my message. Open the menu of a server we share, then Privacy Settings, and allow direct messages. Then test again. Until then your check-ins wait in `/recovery today`.
dm-test-queued = The test message is queued. Discord asks me to open new conversations slowly. It comes by itself.

## Errors

error-not-found = I do not find this one among yours. It may have been deleted.
error-not-started = There is nothing of yours here yet. Start with `/rejection log` or `/action log`.
error-slow = That took me too long, and Discord does not accept my answer any more. Please press again.
error-slow-down = That was very quick. Please wait a few seconds and try again. Nothing is lost.
error-lead-needed = This is for the group lead: it needs the permission Manage Server.
error-server-needed = This works inside a server. Please use it there.
error-option = I could not read one of the options. Please choose it from the list.
error-old-command = This command has changed. Please restart Discord, or wait a minute, and try again.
error-ours = Something went wrong on my side, and it is not your doing. It may or may not have been done, so please look before you try again. If it stays, tell the host this mark: { $mark }
error-saved-not-shown = It is saved, but I could not show the answer. Look with `/rejection list`, `/action list`, `/journal list` or `/me settings`. Mark for the host: { $mark }
error-not-saved = This was **not saved**: something went wrong on my side. Your text is below, so nothing is lost. Mark for the host: { $mark }
error-typed-back = What you wrote is in this file. Nobody else sees it.
error-typed-here = What you wrote is here, and nobody else sees it. *Try again* opens the form with it.
error-form-gone = I no longer have this form in memory. Nothing was saved. Please open it anew.
stray-form = I no longer had this form open, so it was **not saved**. Here is your text, so that you can paste it into a new form.
stray-press = This button is from an older version of me. Nothing was changed. Please use `/help` to find the way.

patient-note = This looks like it may hold a patient’s details. Please take them out: Edit.
patient-note-undo = This looks like it may hold a patient’s details. Please take them out: undo this, and write it again without them.
# What stands in a member's own text where a third person was named who asked the host to be taken out.
person-removed = [name removed]
person-too-short = There is too little to look for: give a name or an address with a word of two letters or more.

text-unreadable = There is a character in your text that I cannot store. Please take it out and send it again.
text-too-long = Your text has { $length } characters, and { $limit } fit here. Please shorten it.
text-empty = There is no text to read here. Please write a few letters.
