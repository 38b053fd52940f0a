"""Who is in the demo's study group, and where one can look. Names and places are invented."""

from dataclasses import dataclass

GUILD_NAME = "IMG Study Circle"
BOT_NAME = "StepForward"
BOT_COLOUR = "#3ba1a1"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a visitor can be. `zone` is an IANA time zone; times in the page are shown in it."""

    key: str
    name: str
    city: str
    zone: str
    colour: str
    about: str = "member"
    lead: bool = False

    @property
    def initials(self) -> str:
        """One or two letters for a portrait."""
        words = [word for word in self.name.replace(",", " ").split() if word[0].isalpha()]
        return "".join(word[0] for word in words[:2]).upper()


@dataclass(frozen=True, slots=True)
class Place:
    """A channel of the server, or (with the key `dm`) the person's own direct messages."""

    key: str
    name: str
    topic: str


PEOPLE = (
    Person("amara", "Amara Okafor", "Lagos", "Africa/Lagos", "#c2557a"),
    Person("bilal", "Bilal Ahmed", "Karachi", "Asia/Karachi", "#4f7fd1"),
    Person("carmen", "Carmen Quispe", "Lima", "America/Lima", "#c9803a"),
    Person("daria", "Daria Kovalenko", "Kyiv", "Europe/Kyiv", "#8a63c9"),
    Person("emeka", "Emeka Obi", "Accra", "Africa/Accra", "#3f9a63"),
    Person("farida", "Farida Hassan", "Cairo", "Africa/Cairo", "#b35a4a"),
    Person("grace", "Grace Santos", "Manila", "Asia/Manila", "#2f8fae"),
    Person("hasan", "Hasan Rahman", "Dhaka", "Asia/Dhaka", "#7d8a3a"),
    Person("priya", "Priya Nair", "Chicago", "America/Chicago", "#d0a02c", "group lead", lead=True),
    Person("newcomer", "You, new here", "UTC", "UTC", "#6b7280", "newcomer"),
)

CHANNELS = (
    Place("accountability", "accountability", "What we did this week. Actions, never rejections."),
    Place("general", "general", "Study talk, questions, tea."),
)
DIRECT = Place("dm", BOT_NAME, "Private. Nobody else in the group sees this.")
PLACES = (*CHANNELS, DIRECT)
