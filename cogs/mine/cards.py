"""The settings card and the delivery record."""

from datetime import UTC, datetime, timedelta

from discord import ButtonStyle

from bot.domain.members import DmState, Member
from bot.domain.nudges import Purpose
from bot.domain.quiet import is_quiet_hour
from bot.domain.timetable import Pace
from bot.domain.zones import featured, zone_of
from bot.services.records import Fate, Ledger, Record
from bot.services.settings import Messages, messages_of
from bot.ui.cards import Card, Option, press
from bot.ui.request import Request


def settings_card(request: Request, member: Member) -> Card:
    """How things are, and a way to change each of them."""
    voice = request.voice
    card = Card().title(voice("me-settings-title")).text(_how_it_is(request, member))
    if member.paused_at is not None:
        card.text(voice("me-paused-line"))
    card.choose("me-zone", "", _zones(request, member), placeholder=voice("me-zone-choose"))
    card.row(press("me-place", label=voice("consent-zone-other")))
    hours = [
        Option(str(hour), voice("me-hour-option", hour=clock(hour)), chosen=hour == member.hour)
        for hour in range(24)
        if not is_quiet_hour(hour, member.quiet_from, member.quiet_to)
    ]
    card.choose("me-hour", "", hours, placeholder=voice("me-hour-choose"))
    chosen = messages_of(member)
    ways = [Option(way, voice(f"me-messages-{way}"), chosen=way is chosen) for way in Messages]
    card.choose("me-messages", "", ways, placeholder=voice("me-messages-choose"))
    if len(request.words.languages) > 1:
        card.choose("me-language", "", _languages(request, member), placeholder=voice("me-language-choose"))
    return _presses(request, card, member)


def _presses(request: Request, card: Card, member: Member) -> Card:
    voice, light = request.voice, member.pace is Pace.LIGHT
    paused = member.paused_at is not None
    card.row(
        press("me-quiet", label=voice("me-quiet-button")),
        press(
            "me-pace",
            Pace.FULL if light else Pace.LIGHT,
            label=voice("recovery-full" if light else "recovery-light"),
        ),
        press(
            "me-resume" if paused else "me-pause",
            label=voice("me-resume-button" if paused else "me-pause-button"),
        ),
    )
    return card.row(
        press("appear", request.guild_id, label=voice("me-visibility-button")) if request.guild_id else None,
        press("me-deliveries", label=voice("me-deliveries-button")),
        press("dm-test", label=voice("dm-test-button")),
        press("me-fallback", label=voice("me-fallback-button")),
    )


def _how_it_is(request: Request, member: Member) -> str:
    voice = request.voice
    place = zone_of(member.zone, request.zones)
    quiet = voice("me-quiet-line", start=clock(member.quiet_from), end=clock(member.quiet_to))
    lines = [
        voice("me-zone-line", place=place.label, clock=voice.clock(request.now, member.zone)),
        voice("me-hour-line", hour=clock(member.hour)),
        voice("me-quiet-none") if member.quiet_from == member.quiet_to else quiet,
        voice(f"recovery-plan-pace-{member.pace}"),
        voice(f"me-messages-{messages_of(member)}-line"),
    ]
    if member.dm_state is DmState.OPEN:
        lines.append(voice("me-dm-open"))
    return "\n".join(lines)


def clock(hour: int) -> str:
    """A whole hour as the 24-hour clock shows it."""
    return f"{hour:02}:00"


def _zones(request: Request, member: Member) -> list[Option]:
    known = featured(request.zones)
    options = [Option(zone.id, zone.city, zone.country, chosen=zone.id == member.zone) for zone in known]
    if member.zone not in {zone.id for zone in known}:
        own = zone_of(member.zone, request.zones)
        options = [Option(member.zone, own.label, None, chosen=True), *options[:23]]
    return options


def _languages(request: Request, member: Member) -> list[Option]:
    return [
        Option(code, request.words.speak(code)("language-name"), chosen=code == member.language)
        for code in request.words.languages[:25]
    ]


def places_card(request: Request, options: list[Option]) -> Card:
    """The places a search found."""
    words = request.voice("zone-form-choose")
    return Card().text(words).choose("me-zone", "found", options, placeholder=words)


def said_card(request: Request, key: str, member: Member) -> Card:
    """One sentence above the settings."""
    return settings_card(request, member).note(request.voice(key))


def paused_card(request: Request) -> Card:
    """Paused, and the way back."""
    voice = request.voice
    back = press("me-resume", label=voice("me-resume-button"), style=ButtonStyle.primary)
    return Card().text(voice("me-paused-now")).row(back)


def resumed_card(request: Request, member: Member, next_at: datetime | None) -> Card:
    """Running again and what comes next, unless messages are off."""
    if member.stopped_at is not None:
        return Card().text(request.voice("me-resumed-off"))
    card = Card().text(request.voice("me-resumed"))
    if next_at is None:
        return card.text(request.voice("me-next-none"))
    return card.text(request.voice("nudge-next", when=_when(request, next_at)))


def deliveries_card(request: Request, ledger: Ledger) -> Card:
    """Each message with what became of it, and the next one."""
    voice = request.voice
    card = Card().title(voice("me-deliveries-title"))
    if not ledger.records:
        card.text(voice("me-deliveries-none"))
    else:
        card.text("\n".join(f"- {_line(request, record)}" for record in ledger.records))
    if ledger.kept_back:
        card.text(voice("me-deliveries-kept", count=ledger.kept_back))
    if ledger.left_out:
        card.text(voice("me-deliveries-left-out", count=ledger.left_out))
    if ledger.next_at is not None:
        card.text(voice("me-deliveries-next", when=_when(request, ledger.next_at)))
    return card.row(press("dm-test", label=voice("dm-test-button")))


def _when(request: Request, at: datetime) -> str:
    zone = UTC if request.member is None else request.known.rhythm.tz
    return request.voice.moment(at, zone, request.today.year)


def _line(request: Request, record: Record) -> str:
    voice, delivery = request.voice, record.delivery
    what = voice("me-delivery-test" if delivery.purpose is Purpose.DM_TEST else "me-delivery-checkin")
    if record.fate in (Fate.SENT, Fate.LATE):
        when = _when(request, delivery.sent_at or delivery.due_at)
        hours = max(1, record.late_by // timedelta(hours=1))
        return voice(f"me-delivery-{record.fate}", what=what, when=when, hours=hours)
    if record.fate is Fate.WAITING:
        return voice(
            "me-delivery-waiting", what=what, when=_when(request, record.next_try_at or delivery.due_at)
        )
    if record.fate is Fate.LEFT_OUT:
        return voice("me-delivery-left-out", what=what, when=_when(request, delivery.due_at))
    why = voice(f"me-delivery-why-{record.why}")
    return voice("me-delivery-not", what=what, when=_when(request, delivery.due_at), why=why)
