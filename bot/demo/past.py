"""What two people of the demo brought along from the months before: their own lists, entered on the first day."""

from bot.demo.deeds import Act, Log, Moment
from bot.demo.repeats import SAID
from bot.domain.kinds import How

FIRST_DAY = 28
"""Days before the visit. What is older than a month by then starts no check-ins, as with anybody who brings a list."""

# Days before the visit, who, what, where, how. Amara's next no, the visitor's own, is her tenth.
NOES = (
    (158, "amara", "research", "Tallgrass Stroke Registry", How.SILENCE),
    (131, "amara", "research", "Lake Harrow sleep group", How.EMAIL),
    (126, "amara", "clinical-experience", "Brindlewood Community Hospital", How.EMAIL),
    (97, "amara", "letter", "Dr. V., neurology", How.PHONE),
    (74, "amara", "research", "Quillmoor Institute", How.SILENCE),
    (61, "amara", "exam", "OET", How.PORTAL),
    (203, "emeka", "exam", "Step 2 CK", How.PORTAL),
    (170, "emeka", "clinical-experience", "Osprey Point outpatient clinic", How.EMAIL),
    (142, "emeka", "certification", None, How.PORTAL),
    (101, "emeka", "letter", "Dr. W., surgery", How.EMAIL),
    (64, "emeka", "application-silence", "three community programs", How.SILENCE),
    (62, "emeka", "application-no", "Marrow Bay, family medicine", How.EMAIL),
    (60, "emeka", "application-no", "Quillmoor, family medicine", How.PORTAL),
    (59, "emeka", "application-silence", "Tallgrass, internal medicine", How.SILENCE),
    (58, "emeka", "application-no", "Brindlewood, family medicine", How.EMAIL),
)

# Days before the visit, who, what. Thirty days before the first day is as far back as an action can be entered.
ACTIONS = (
    (57, "amara", "rest-day"),
    (50, "amara", "study-plan-changed"),
    (44, "amara", "targets-found"),
    (36, "amara", "cv-revised"),
    (56, "emeka", "program-list-rebuilt"),
    (55, "emeka", "feedback-asked"),
    (41, "emeka", "personal-statement-revised"),
    (34, "emeka", "mock-interview"),
)

BROUGHT: tuple[Moment, ...] = (
    *(Moment(FIRST_DAY, 14.2, who, Log(kind, where, how, SAID.get((days, who)), late=days - FIRST_DAY)) for days, who, kind, where, how in NOES),
    *(Moment(FIRST_DAY, 14.3, who, Act(kind, late=days - FIRST_DAY)) for days, who, kind in ACTIONS),
)  # fmt: skip
