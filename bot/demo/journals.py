"""What the demo's people wrote in their journals. Hospitals, labs and people are invented."""

from bot.demo.deeds import Moment, Note

JOURNALS = (
    Moment(25, 16.0, "bilal", Note("day", {
        "happened": "The score report came while I was on the ward. I closed it after the first line.",
        "feeling": "ashamed", "not-today": "Book a new date, or tell the whole family.",
    }, "exam")),
    Moment(21, 18.2, "amara", Note("day", {
        "happened": "The lab wrote back after two weeks. Kind words, no funded position this year.",
        "feeling": "tired", "not-today": "Send the same email to five other labs.",
    }, "research")),
    Moment(20, 16.0, "emeka", Note("recall", {
        "asked": "Why family medicine? A time you were wrong? What would your nurses say about you?",
        "shone": "The story about the clinic with no power. I was calm and they leaned in.",
        "weak": "A time you were wrong: I chose something too small, and they saw it.",
        "refine": "Tell the dosing error, what I did in the first minute, and what changed after.",
    })),
    Moment(18, 15.5, "bilal", Note("week", {
        "control": "When I booked it. I was at the end of a month of nights.",
        "target": "Yes. The exam was right, the date was not.",
        "change": "timing", "next": "Two weeks without nights before the next date. Timed blocks from the first day.",
    }, "exam")),
    Moment(17, 19.0, "daria", Note("week", {
        "control": "The emails I sent. Not that nobody reads them in summer.",
        "target": "I am not sure they take people in those months at all.",
        "change": "target", "next": "Ask first which months they take people, then write about one of them.",
    }, "clinical-experience")),
    Moment(16, 17.0, "grace", Note("week", {
        "control": "My first two lines. They were about me, not about their work.",
        "target": "Yes, the right lab. Too early for me, they said, and I think that is true.",
        "change": "materials", "next": "Read two of their papers first, and open with one question about them.",
    }, "research")),
    Moment(15, 17.8, "amara", Note("week", {
        "control": "How I asked. I wrote about what I need, not about what they do.",
        "target": "The right field. Maybe not a lab that has to fund everybody it takes.",
        "change": "approach", "next": "Join their open seminar first. Ask for fifteen minutes, not for a position.",
    }, "research")),
    Moment(14, 16.0, "emeka", Note("interview", {
        "weak": "Why this place? I said what anybody could say.",
        "stumbled": "The visa question. I began to apologise.",
        "fit": "They run a street clinic. I have done that for two years, and I did not say it.",
        "wanted": "place", "practise": "One sentence about the visa, and the street clinic in the first minute.",
    }, "interview-waitlist")),
    Moment(13, 20.0, "carmen", Note("week", {
        "control": "Whom I asked, and how late.", "target": "A doctor who saw me for two weeks.",
        "change": "target", "next": "Ask the doctor who watched me every day, and send my CV with the request.",
    }, "letter")),
    Moment(11, 19.0, "daria", Note("reframe", {
        "feeling": "invisible", "story": "Nobody even answers me",
        "picked": "My message has not yet met the right person in the right form",
    })),
    Moment(9, 20.0, "priya", Note("month", {
        "repeats": "I apply late, each time, because I help others first.",
        "system": "Mondays before noon are mine. No messages.",
        "build": "One case report, sent before the end of January", "by": "31 January", "help": "My co-resident",
    })),
    Moment(8, 18.0, "amara", Note("reframe", {
        "feeling": "small, and a little angry", "story": "They prefer American graduates",
        "picked": "My experience is an asset. I have not yet shown it in their words",
        "own": "Three years of night calls taught me more than my first page says.",
    })),
    Moment(7, 16.5, "amara", Note("day", {
        "happened": "Nothing. That is what happened: no answer since September.",
        "feeling": "sad", "not-today": "Open the portal again tonight.",
    }, "application-silence")),
)  # fmt: skip
