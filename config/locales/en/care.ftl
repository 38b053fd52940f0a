### The support card and what hangs on it. Calm, short, no drama, no promise that we watch.
### { $name }, { $contact } and { $hours } come from config/content/support.toml; contact may be a link.

care-title = Are you safe right now?
care-opening-any = If not, or if you are not sure, please talk to a person now. You do not have to explain it well.
care-opening-us = In the United States, these people answer. You do not have to explain it well.
care-opening-world = Outside the United States, start here. You do not have to explain it well.

care-line-emergency-us = **In danger now:** call { $contact }, or go to the nearest emergency room.
care-line-emergency-local = **In danger now:** call your local emergency number ({ $contact }).
care-line-lifeline-988 = **{ $name }** (US): call or text **988**, or chat at { $contact }. Free, day and night.
care-line-find-a-helpline = **Any country:** { $contact } lists free helplines where you are, with people who listen.
care-line-physician-support-line = **{ $name }** (US): { $contact }. Volunteer psychiatrists for doctors and medical students, IMGs too. Free, no appointment. { $hours }, every day, not at night.
care-line-crisis-text-line = **{ $name }:** text { $contact }. Free, day and night.

care-button-us = I am in the US
care-button-world = I am outside the US
care-button-grounding = A grounding step
care-button-notmeant = Not what I meant
care-button-back = Back to the numbers

care-why = You see this because of some words in what you wrote. It may not be what you meant. Nobody was told. What you wrote is saved as it is.
care-small-print = This bot is not monitored by people and is not medical care. Nothing about this card is noted.

care-grounding-title = Five, four, three, two, one
care-grounding-body =
    Go slowly. There is no way to do this wrong.

    { "**5**" } Look around. Name five things you can see.
    { "**4**" } Notice four things your body touches: the floor, the chair, your sleeve.
    { "**3**" } Listen for three sounds. One can be far away.
    { "**2**" } Find two smells, or think of two you like.
    { "**1**" } Take one slow breath, and let it out longer than it came in.

    Then look at the room again. If it still feels too much, the numbers are one press away.

care-notmeant-title = Thank you for saying so
care-notmeant-body = Words can mean many things, and this bot cannot tell. It will not ask again today. The support button stays where it is, and /support works at any time.
