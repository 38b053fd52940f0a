"""The demo's four weeks: who joined, what came back, what they did. Hospitals, labs and people are invented."""

from bot.demo.deeds import Act, Answer, Begin, Join, Log, Moment, News, Pause, Say, SetUp, Step, Thank, Write
from bot.demo.journals import JOURNALS
from bot.demo.past import BROUGHT
from bot.demo.repeats import REPEATED
from bot.domain.boards import Visibility
from bot.domain.kinds import How
from bot.domain.timetable import Pace

JOINED = (
    Moment(28, 13.1, "priya", SetUp()),
    Moment(28, 13.2, "priya", Join(hour=19)),
    Moment(28, 13.3, "amara", Join()),
    Moment(28, 13.4, "bilal", Join(pace=Pace.FULL, hour=20)),
    Moment(28, 13.5, "carmen", Join(hour=8)),
    Moment(28, 13.6, "daria", Join(Visibility.ALIAS, alias="Night owl", hour=19)),
    Moment(28, 13.7, "emeka", Join(hour=17)),
    Moment(28, 13.8, "farida", Join(Visibility.HIDDEN, hour=19)),
    Moment(27, 12.0, "grace", Join()),
    Moment(2, 9.0, "hasan", Join()),
)

TALK = (
    Moment(28, 14.0, "priya", Say("general", "Welcome, all. Say hello when you have a minute.")),
    Moment(28, 15.0, "bilal", Say("general", "Anybody else studying after night shifts? Tea at six, voice optional.")),
    Moment(27, 12.3, "grace", Say("general", "I am in. Manila is awake at your six anyway.")),
    Moment(19, 18.2, "emeka", Say("accountability", "Rewrote the first page of my CV with a friend. It is shorter now.")),
    Moment(12, 16.0, "carmen", Say("general", "Does somebody have ten minutes to read one email with me?")),
    Moment(12, 16.4, "priya", Say("general", "Yes. After eight, my time.")),
    Moment(2, 9.2, "hasan", Say("general", "Hello from Dhaka. I finished my internship in June.")),
    Moment(2, 9.6, "amara", Say("general", "Welcome, Hasan. Start anywhere, it is fine.")),
    Moment(0, 12.7, "amara", Say("accountability", "Asked my mentor to read my personal statement tonight.")),
)  # fmt: skip

ANSWERS_THAT_CAME = (
    Moment(26, 15.0, "bilal", Log("exam", "Step 2 CK", How.PORTAL, feeling=2)),
    Moment(25, 10.0, "farida", Log("certification", how=How.EMAIL, said="One more paper from the school.", feeling=3)),
    Moment(24, 17.0, "daria", Log("clinical-experience", "Brindlewood Community Hospital", How.SILENCE)),
    Moment(23, 6.0, "grace", Log("research", "Lake Harrow sleep group", How.EMAIL, "Please try again in autumn.", 3)),
    Moment(22, 14.0, "amara", Log(
        "research", "Kestrel Heart Lab", How.EMAIL, "No funded position this year. Your email was kind.", 2)),
    Moment(21, 2.0, "priya", Log("unmatched", how=How.EMAIL, feeling=1, late=120)),
    Moment(20, 15.0, "carmen", Log("letter", "Dr. Q., cardiology", How.PHONE, "Too busy this season.", 3)),
    Moment(16, 19.0, "emeka", Log("interview-waitlist", "Osprey Point, internal medicine", How.PORTAL)),
    Moment(15, 3.0, "priya", Log("fellowship", "Quillmoor Institute", How.EMAIL, feeling=3)),
    Moment(12, 16.0, "bilal", Log("application-no", "Osprey Point, internal medicine", How.EMAIL, feeling=2)),
    Moment(10, 18.0, "daria", Log("research", "Tallgrass Stroke Registry", How.SILENCE, feeling=3)),
    Moment(9, 15.0, "amara", Log("application-silence", "Marrow Bay, internal medicine", How.SILENCE, feeling=2, late=1)),
    Moment(6, 11.0, "farida", Log("job", "Quillmoor Clinic, research assistant", How.EMAIL, feeling=4)),
    Moment(5, 16.0, "carmen", Log("application-silence", "four community programs", How.SILENCE, feeling=2)),
    Moment(4, 8.0, "grace", Log("application-silence", "Brindlewood, pediatrics", How.SILENCE, feeling=3)),
    Moment(3, 20.0, "emeka", Log("application-no", "Lake Harrow, family medicine", How.PORTAL, feeling=2)),
    Moment(2, 10.0, "hasan", Log("visa", how=How.PORTAL, said="More papers asked for.", feeling=3)),
    Moment(1, 15.0, "amara", Log("clinical-experience", "Osprey Point outpatient clinic", How.EMAIL,
                                 "Places are full until spring.", 3)),
)  # fmt: skip

WHAT_FOLLOWED = (
    Moment(21, 18.1, "amara", Answer("named-feeling")),
    Moment(15, 17.6, "amara", Answer("answered")),
    Moment(14, 9.0, "grace", News("position", "Lake Harrow sleep group")),
    Moment(8, 17.5, "amara", Answer("laptop-closed")),
    Moment(18, 9.0, "farida", Pause()),
    Moment(6, 5.0, "grace", Begin()),
)

DRAFTS = (
    Moment(
        20,
        18.2,
        "amara",
        Write(
            "reply",
            {
                "name": "Dr. Weiss",
                "heard": "there is no funded position this year, and a project of my own would show what I can do",
                "build": "a case series from the cardiology ward of my hospital, with my consultant",
                "when": "the end of January",
                "question": "Which would be of more use to your group, a case series or a small registry?",
            },
            about="research",
            sent=True,
        ),
    ),
    Moment(
        17,
        20.1,
        "amara",
        Write(
            "thanks",
            {
                "name": "Dr. Eze",
                "help": "reading my personal statement on a Sunday",
                "learned": "the first paragraph was about the hospital, and you could not see me in it",
                "changed": "it now begins with the night the generator failed",
                "sign": "Amara Okafor",
            },
            sent=True,
        ),
    ),
    Moment(
        5,
        15.2,
        "amara",
        Write(
            "feedback",
            {
                "name": "Grace",
                "work": "the first page of my CV, attached",
                "question": "Which line would you take out?",
                "when": "Sunday",
                "sign": "Amara",
            },
        ),
    ),
    Moment(
        12,
        18.1,
        "daria",
        Write(
            "touch",
            {
                "name": "Dr. Lindqvist",
                "met": "we spoke after your talk on stroke units in May",
                "news": "I have finished the online course on stroke registries that you named",
                "sign": "Daria Kovalenko",
            },
            sent=True,
        ),
    ),
    Moment(
        2,
        19.2,
        "farida",
        Write(
            "feedback-employer",
            {
                "applied": "research assistant at Quillmoor Clinic",
                "question": "What was the one thing that the person you chose had and I had not?",
                "sign": "Farida Hassan",
            },
            about="job",
        ),
    ),
)

# Days ago, hour, who, what; two at a time, since each new instant costs a visitor a look at what is due.
# What falls into the present week is left out: that week is told below.
DONE = (
    (27, 16, "amara", "cv-revised"), (27, 16, "bilal", "practice-questions"),
    (25, 19, "emeka", "program-list-rebuilt"), (25, 19, "daria", "walk-taken"),
    (24, 13, "grace", "follow-up-sent"), (24, 13, "priya", "peer-helped"),
    (22, 18, "farida", "case-followed-up"), (22, 18, "carmen", "cold-email-sent"),
    (20, 13, "grace", "abstract-drafted"), (20, 13, "bilal", "study-plan-changed"),
    (18, 20, "daria", "alumni-asked"), (18, 20, "carmen", "writer-chosen"),
    (18, 20, "bilal", "study-block"),
    (17, 20, "priya", "mentors-updated"), (17, 20, "amara", "mentor-message"),
    (13, 14, "grace", "poster-submitted"), (13, 14, "amara", "email-opening-rewritten"),
    (12, 18, "daria", "cold-email-sent"), (12, 18, "carmen", "letter-requested"),
    (11, 16, "emeka", "mock-interview"), (11, 16, "bilal", "practice-questions"),
    (9, 18, "daria", "walk-taken"), (9, 18, "farida", "profile-updated"),
    (6, 17, "amara", "program-list-rebuilt"), (6, 17, "bilal", "feedback-asked"),
    (5, 14, "grace", "thank-you-sent"), (5, 14, "daria", "follow-up-sent"),
    (4, 21, "emeka", "answer-practised"), (4, 21, "carmen", "walk-taken"),
    (3, 20, "farida", "study-block"), (3, 20, "priya", "peer-helped"),
)  # fmt: skip

SHARED = (
    Moment(20, 18.5, "bilal", Act("study-block", "three hours, phone in the kitchen", share=True)),
    Moment(20, 19.0, "amara", Thank()),
    Moment(20, 20.0, "grace", Thank()),
    Moment(14, 9.5, "grace", Act("mentors-updated", share=True)),
    Moment(14, 10.0, "bilal", Thank()),
    Moment(14, 11.0, "priya", Thank()),
    Moment(14, 15.0, "carmen", Thank()),
    Moment(11, 10.0, "amara", Act("rest-day", anonymous=True)),
    Moment(11, 12.0, "emeka", Act("talked-to-someone", anonymous=True)),
    Moment(11, 13.0, "daria", Act("asked-a-peer", anonymous=True)),
    Moment(11, 14.0, "carmen", Act("personal-statement-revised", anonymous=True)),
    Moment(11, 15.0, "farida", Act("school-contacted", anonymous=True)),
)

# Who has done what since Monday; spread evenly up to the visit, whichever day that is, three at a time.
THIS_WEEK: tuple[tuple[str, Act | Thank | Step], ...] = (
    ("grace", Act("program-list-rebuilt")),
    ("bilal", Act("practice-questions")),
    ("carmen", Act("walk-taken")),
    ("daria", Act("cold-email-sent")),
    ("grace", Act("mock-interview", share=True)),
    ("bilal", Thank()),
    ("amara", Act("debrief-written")),
    ("bilal", Act("study-block")),
    ("farida", Act("feedback-asked")),
    ("grace", Step()),
    ("carmen", Act("program-rules-checked")),
    ("emeka", Act("rest-day")),
    ("daria", Act("email-opening-rewritten")),
    ("bilal", Act("study-plan-changed")),
    ("grace", Step()),
    ("amara", Act("cv-revised", "second page, with Grace's comments")),
    ("carmen", Act("update-letter-sent")),
    ("daria", Act("follow-up-sent")),
    ("grace", Step()),
    ("farida", Act("case-followed-up")),
    ("bilal", Act("score-report-read")),
    ("emeka", Act("program-feedback-asked")),
    ("daria", Act("walk-taken")),
    ("amara", Act("mentor-message")),
    ("bilal", Act("mock-interview", share=True)),
    ("grace", Thank()),
    ("carmen", Act("inbox-times-set")),
    ("hasan", Act("papers-gathered")),
    ("grace", Act("contact-followed-up")),
)

HISTORY: tuple[Moment, ...] = (
    *JOINED, *BROUGHT, *REPEATED, *TALK, *ANSWERS_THAT_CAME, *WHAT_FOLLOWED, *DRAFTS, *SHARED,
    *JOURNALS,
    *(Moment(days_ago, hour, person, Act(kind)) for days_ago, hour, person, kind in DONE),
)  # fmt: skip
