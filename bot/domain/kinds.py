"""What a rejection can be: its kind, the stage of the road it belongs to, and how it came.

The kinds themselves are data (`config/content/kinds.toml`); their names for people are words.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where on the road to residency a kind of rejection happens, in the order people meet them."""

    PREPARE = "prepare"
    EXAM = "exam"
    CERTIFY = "certify"
    APPLY = "apply"
    INTERVIEW = "interview"
    MATCH = "match"
    AFTER = "after"


class How(StrEnum):
    """How the news came. A rumour is not among them, because a rumour is not a rejection."""

    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rejection.

    `silence`: it is an answer that did not come. `contact_guard`: while one is open, nothing may suggest
    contacting a program (the rules of SOAP, nrmp.org/residency-applicants/soap).
    """

    id: str
    stage: Stage
    silence: bool = False
    contact_guard: bool = False
