"""Builds every service over its ports."""

from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom

from bot.charts.painter import Painter
from bot.delivery.messenger import Messenger
from bot.delivery.presence import DiscordPresence
from bot.domain.nudges import Subject
from bot.services.about import About, own_version
from bot.services.actions import Actions
from bot.services.analyses import Analyses
from bot.services.boards import Boards
from bot.services.care import Care
from bot.services.catalogue import Catalogue
from bot.services.challenge_topic import ChallengeTopic
from bot.services.challenges import Challenges
from bot.services.checkins import CheckIns
from bot.services.deliveries import DeliveryRun
from bot.services.doors import Doors
from bot.services.draft_topic import DraftTopic
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
from bot.services.openings import Openings
from bot.services.patterns import Patterns
from bot.services.ports import Waker
from bot.services.progress import ProgressService
from bot.services.records import Records
from bot.services.recoveries import Recoveries
from bot.services.redaction import Redaction
from bot.services.registry import Services
from bot.services.rejections import Rejections
from bot.services.retention import Retention
from bot.services.settings import SettingsService
from bot.services.takedown import Takedown
from bot.services.topics import RecoveryTopic, Topics
from bot.services.weekly import Weekly
from bot.services.wins import Wins
from bot.storage.unit import SqlDatabase
from bot.ui.nudge_body import dm_test_body, idle_body
from bot.ui.posts import win_writer
from bot.ui.server_posts import trial_writer, welcome_writer
from bot.ui.weekly_post import safe_name, weekly_writer
from bot.wiring.opening import Texts
from config.content import Content
from config.settings import Settings
from config.words import Voice, Words


@dataclass(frozen=True, slots=True)
class Group:
    """What the group's features ask of Discord: who is there, and to take a post away."""

    presence: DiscordPresence
    messenger: Messenger


def build_services(
    texts: Texts, db: SqlDatabase, wake: Waker, run: DeliveryRun, settings: Settings, group: Group
) -> Services:
    """Every service, once. `wake` brings the nudges' tick forward."""
    content, words = texts.content, texts.words
    care, actions = Care(texts.care.lines, texts.care.risk), Actions(db, content)
    recoveries, rejections = Recoveries(db, wake), Rejections(db, wake)
    drafts, challenges = (
        Drafts(db, actions, content, care, wake),
        Challenges(db, actions, texts.challenge, wake),
    )
    checkins = CheckIns(db, _topics(db, actions, recoveries, content, drafts, challenges), wake)
    analyses = Analyses(db, actions, checkins, content)
    memberships = Memberships(db, content.season)
    boards = Boards(db, memberships, group.presence, content.season)
    wins = Wins(db, wake, win_writer(words), group.messenger, SystemRandom())
    redaction = Redaction(db, group.messenger, safe_name, lambda code: words.speak(code)("weekly-somebody"))
    forgetters, takedown = (care.memory.forget,), Takedown(db, group.messenger)
    erasure = Erasure(db, db.keys, takedown, db.engines, forgetters, redaction.of_member)
    return Services(
        rejections=rejections, recoveries=recoveries, care=care, memberships=memberships, actions=actions,
        boards=boards, wins=wins, redaction=redaction, erasure=erasure, checkins=checkins, analyses=analyses,
        drafts=drafts, challenges=challenges, facts=Facts(db), records=Records(db, content), exports=Exports(db),
        imports=Imports(db),
        members=Members(db, db.keys),
        doors=Doors(db, Openings(run, _spoken(words, dm_test_body))),
        catalogue=Catalogue(db, content),
        moderation=Moderation(db, memberships, wins, redaction, takedown),
        weekly=Weekly(db, boards, weekly_writer(words), content.prompts, wake),
        settings=SettingsService(db, recoveries, wake),
        goodnews=GoodNewsService(db, content, wake),
        patterns=Patterns(db, content, texts.patterns),
        progress=ProgressService(db, content, texts.milestones, care.is_heavy),
        charts=Painter(),
        retention=Retention(db, erasure, _spoken(words, idle_body), wake),
        guilds=Guilds(db, trial_writer(words), run.run),
        installs=Installs(db, welcome_writer(words), wake),
        journal=Journal(db, analyses, content),
        about=About(own_version(), settings.privacy_url, settings.problem_url),
    )  # fmt: skip


def _topics(
    db: SqlDatabase,
    actions: Actions,
    recoveries: Recoveries,
    content: Content,
    drafts: Drafts,
    challenges: Challenges,
) -> Topics:
    """What check-ins can be about; other subjects join here."""
    return {
        Subject.REJECTION: RecoveryTopic(db, actions, recoveries, content),
        Subject.DRAFT: DraftTopic(db, drafts),
        Subject.CHALLENGE: ChallengeTopic(challenges),
    }


def _spoken(words: Words, body: Callable[[Voice, int], str]) -> Callable[[int, str], str]:
    """A body that is asked for by delivery and language."""
    return lambda delivery_id, language: body(words.speak(language), delivery_id)
