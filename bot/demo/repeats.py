"""What the demo's people brought along in which something repeats, so that each pattern is found with somebody.

Each list is entered on one day, as people do who kept their own; what is older than a month starts no check-ins.
"""

from bot.demo.deeds import Log, Moment
from bot.domain.kinds import How

FIRST_DAY, FIRST_HOUR = 27, 12.3  # when everybody of the beginning has joined
HASANS_DAY, HASANS_HOUR = 2, 9.0

# What was written to two people whose lists are in `past`: days before the visit, who, the words.
SAID = {
    (131, "amara"): "We have no funding for another person this year.",
    (126, "amara"): "All observer places are filled.",
    (62, "emeka"): "We consider applicants within five years of graduation.",
    (60, "emeka"): "Year of graduation outside our limit.",
    (58, "emeka"): "Our residents are recent graduates.",
}

# Days before it was entered, who, what, where, how, what they wrote.
LISTS = (
    (330, "bilal", "exam", "Step 2 CK", How.PORTAL, None),
    (190, "bilal", "exam", "OET", How.PORTAL, None),
    (250, "bilal", "research", "Heron Kidney Group", How.EMAIL, "We prefer people with more research experience."),
    (205, "bilal", "research", "Kestrel Heart Lab", How.EMAIL, "No publications yet, so not this year."),
    (150, "bilal", "research", "Lake Harrow sleep group", How.EMAIL, "You have no background in data analysis."),
    (48, "bilal", "application-no", "Marrow Bay, internal medicine", How.EMAIL, "We received this after our deadline."),
    (45, "bilal", "application-no", "Tallgrass, internal medicine", How.PORTAL, "Applications are now closed."),
    (41, "bilal", "application-no", "Brindlewood, neurology", How.EMAIL, "Please apply earlier next season."),
    (210, "carmen", "letter", "Dr. T., surgery", How.EMAIL, "I do not know you well enough."),
    (120, "carmen", "letter", "Dr. L., pediatrics", How.SILENCE, None),
    (60, "carmen", "application-silence", "three programs in the south", How.SILENCE, None),
    (52, "carmen", "application-silence", "two university programs", How.SILENCE, None),
    (50, "carmen", "application-no", "Osprey Point, pediatrics", How.EMAIL, "We ask for three months of U.S. clinical experience."),
    (44, "carmen", "application-no", "Lake Harrow, pediatrics", How.EMAIL, "No hands-on experience in the US."),
    (38, "carmen", "application-no", "Marrow Bay, pediatrics", How.PORTAL, "USCE is required."),
    (180, "daria", "clinical-experience", "Marrow Bay clinic", How.EMAIL, "We need observers who are available for at least three months."),
    (140, "daria", "clinical-experience", "Lake Harrow clinic", How.EMAIL, "Your dates do not fit our schedule."),
    (90, "daria", "clinical-experience", "Quillmoor Clinic", How.PHONE, "This is a full-time, in-person placement."),
    (160, "daria", "research", "Kestrel Heart Lab", How.EMAIL, "To be honest, your email was quite generic."),
    (110, "daria", "research", "Heron Kidney Group", How.EMAIL, "Yours looked like a template."),
    (70, "daria", "research", "Quillmoor Institute", How.EMAIL, "It could have gone to anybody."),
    (200, "farida", "certification", None, How.PORTAL, "The stamp cannot be read."),
    (95, "farida", "certification", None, How.EMAIL, "The school has not answered us."),
    (170, "farida", "job", "Osprey Point, research assistant", How.EMAIL, "We cannot sponsor a visa. Your spoken English should improve."),
    (130, "farida", "fellowship", "Quillmoor Institute", How.EMAIL, "It was hard to follow you at times, and we do not offer sponsorship."),
    (80, "farida", "job", "Brindlewood, scribe", How.PHONE, "They asked for a green card, and for better English."),
    (75, "grace", "interview-waitlist", "Heron, pediatrics", How.EMAIL, "The panel felt that your answers were too long."),
    (60, "grace", "interview-waitlist", "Lake Harrow, pediatrics", How.PORTAL, "You could not say why our program."),
    (47, "grace", "interview-waitlist", "Quillmoor, pediatrics", How.EMAIL, "Some answers sounded rehearsed."),
    (70, "grace", "application-no", "Tallgrass, pediatrics", How.EMAIL, "We look for people with ties to our region."),
    (55, "grace", "application-no", "Osprey Point, pediatrics", How.EMAIL, "We saw no connection to our community."),
    (40, "grace", "application-no", "Kestrel, pediatrics", How.PORTAL, "Most residents come from the area."),
    (340, "priya", "interviewed-not-matched", None, How.EMAIL, None),
    (300, "priya", "interview-waitlist", "Tallgrass, internal medicine", How.PORTAL, None),
    (200, "priya", "fellowship", "Heron, cardiology", How.EMAIL, None),
    (100, "priya", "fellowship", "Osprey Point, cardiology", How.EMAIL, None),
)  # fmt: skip

# Hasan remembers the month and no days: everything stands on one.
HASANS = (
    ("exam", "OET", How.PORTAL),
    ("letter", "Dr. N., medicine", How.EMAIL),
    ("research", "Heron Kidney Group", How.SILENCE),
    ("clinical-experience", "Brindlewood Community Hospital", How.EMAIL),
)
HASANS_LATE = 50

REPEATED: tuple[Moment, ...] = (
    *(Moment(FIRST_DAY, FIRST_HOUR, who, Log(kind, where, how, said, late=late)) for late, who, kind, where, how, said in LISTS),
    *(Moment(HASANS_DAY, HASANS_HOUR, "hasan", Log(kind, where, how, late=HASANS_LATE)) for kind, where, how in HASANS),
)  # fmt: skip
