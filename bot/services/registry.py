"""The services, as the cogs receive them. wiring.py builds the one that runs."""

from dataclasses import dataclass

from bot.services.about import About
from bot.services.actions import Actions
from bot.services.analyses import Analyses
from bot.services.boards import Boards
from bot.services.care import Care
from bot.services.catalogue import Catalogue
from bot.services.challenges import Challenges
from bot.services.checkins import CheckIns
from bot.services.doors import Doors
from bot.services.drafts import Drafts
from bot.services.erasure import Erasure
from bot.services.exports import Exports
from bot.services.facts import Facts
from bot.services.goodnews import GoodNewsService
from bot.services.guilds import Guilds
from bot.services.imports import Imports
from bot.services.installs import Installs
from bot.services.journal import Journal
from bot.services.members import Members
from bot.services.memberships import Memberships
from bot.services.moderation import Moderation
from bot.services.patterns import Patterns
from bot.services.ports import Painter
from bot.services.progress import ProgressService
from bot.services.records import Records
from bot.services.recoveries import Recoveries
from bot.services.redaction import Redaction
from bot.services.rejections import Rejections
from bot.services.retention import Retention
from bot.services.settings import SettingsService
from bot.services.weekly import Weekly
from bot.services.wins import Wins


@dataclass(frozen=True, slots=True)
class Services:
    """One object per feature; each holds no state of its own beyond its ports."""

    members: Members
    rejections: Rejections
    recoveries: Recoveries
    doors: Doors
    facts: Facts
    care: Care
    memberships: Memberships
    checkins: CheckIns
    challenges: Challenges
    guilds: Guilds
    installs: Installs
    about: About
    settings: SettingsService
    records: Records
    actions: Actions
    catalogue: Catalogue
    boards: Boards
    wins: Wins
    moderation: Moderation
    weekly: Weekly
    goodnews: GoodNewsService
    drafts: Drafts
    exports: Exports
    erasure: Erasure
    redaction: Redaction
    imports: Imports
    patterns: Patterns
    progress: ProgressService
    charts: Painter
    retention: Retention
    journal: Journal
    analyses: Analyses
