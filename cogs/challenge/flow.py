"""From a command or a press to the card of the ten days: looked up, begun, done, swapped, ended."""

from discord import app_commands

from bot.domain.challenges import Challenge, ChallengeDay, decoded
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.services.challenge_topic import said
from bot.services.topics import Pressed
from bot.ui.actions import logged_card
from bot.ui.cards import Card, press
from bot.ui.challenges import step_name
from bot.ui.request import Request
from bot.ui.words import choices
from cogs.challenge.cards import day_card, ended_card, nothing_card, offer_card, swap_card, today_card
from cogs.challenge.lists import all_card, delete_card, past_card
from config.words import Voice


async def offer(request: Request, *, again: bool = False) -> None:
    """Ten steps to begin with; somebody in the middle of ten sees those."""
    running = await request.services.challenges.current(request.user_id)
    if running is not None and not running.is_past(request.today):
        await request.show(today_card(request, running, note=request.voice("challenge-running")))
        return
    steps = await request.services.challenges.drawn(request.user_id, str(request.id))
    stopped = await request.services.challenges.stopped(request.user_id)
    card = offer_card(request, steps, chosen=False, stopped=stopped)
    await (request.update(card) if again else request.show(card))


async def offer_chosen(request: Request, chosen: list[str]) -> None:
    """The ten that come of what was chosen in the form."""
    steps = await request.services.challenges.drawn(request.user_id, str(request.id), chosen)
    stopped = await request.services.challenges.stopped(request.user_id)
    await request.show(offer_card(request, steps, chosen=bool(chosen), stopped=stopped))


async def begin(request: Request, code: str) -> None:
    """Start with the ten that stood on the card. Somebody new is asked first."""
    steps = decoded(code, [step.id for step in request.services.challenges.steps])
    if steps is None:
        raise UserError("stray-press")

    async def run(later: Request) -> None:
        challenge = await later.services.challenges.start(
            later.known, steps, interaction_id=later.id, now=later.now
        )
        later.kept()
        await later.update(today_card(later, challenge, title=later.voice("challenge-title-started")))

    await request.as_member(run)


async def today(request: Request) -> None:
    """Where it stands."""
    running = await request.services.challenges.current(request.user_id)
    await request.update(await _nothing(request) if running is None else today_card(request, running))


async def _nothing(request: Request) -> Card:
    """Nothing runs; ten days that were stopped can go on."""
    return nothing_card(request, await request.services.challenges.stopped(request.user_id))


async def look(request: Request, about: str) -> None:
    """One of the ten days: `<challenge>.<day>`."""
    challenge, day = await _day(request, about)
    await request.update(day_card(request, challenge, day))


async def done(request: Request, about: str) -> None:
    """Its step was done."""
    challenge, day = await _day(request, about)
    pressed = Pressed(request.id, request.guild_id, request.now)
    result = await request.services.challenges.done(request.known, challenge.id, day.day, pressed)
    request.kept()
    sentence = said(result.challenge)
    follows = [request.voice(sentence.key, **sentence.values)]
    card = await logged_card(request, result.logged, follows=follows)
    if result.challenge.left():
        card.row(press("challenge-all", challenge.id, label=request.voice("challenge-all-button")))
    await request.update(card)


async def swap(request: Request, about: str) -> None:
    """What could stand in a day's place."""
    challenge, day = await _day(request, about)
    _, free = await request.services.challenges.swappable(request.user_id, challenge.id, day.day)
    await request.update(swap_card(request, challenge, day, free))


async def put(request: Request, about: str, step: str | None) -> None:
    """Put the chosen step there, or one that is drawn."""
    challenge, day = await _day(request, about)
    changed = await request.services.challenges.swap(
        request.user_id, challenge.id, day.day, step, str(request.id)
    )
    request.kept()
    there = changed.day(day.day)
    assert there is not None
    await request.update(day_card(request, changed, there))


async def swap_any(request: Request, number: int | None) -> None:
    """The day named, or the one to look at now."""
    running = await request.services.challenges.current(request.user_id)
    if running is None:
        await request.show(await _nothing(request))
        return
    now = running.next(request.today)
    day = running.day(number) if number is not None else now
    if day is None:
        raise UserError("challenge-swap-done")
    await swap(request, f"{running.id}.{day.day}")


async def stop_current(request: Request) -> None:
    """Stop what runs."""
    running = await request.services.challenges.current(request.user_id)
    if running is None:
        await request.show(await _nothing(request))
        return
    await stop(request, running.id)


async def stop(request: Request, challenge_id: int) -> None:
    """No message comes about it any more; there is a way back."""
    ended = await request.services.challenges.stop(request.user_id, challenge_id, request.now)
    request.kept()
    await request.update(ended_card(request, ended))


async def finish(request: Request, challenge_id: int) -> None:
    """Finish with steps left."""
    ended = await request.services.challenges.finish(request.user_id, challenge_id, request.now)
    request.kept()
    await request.update(ended_card(request, ended))


async def resume(request: Request, challenge_id: int) -> None:
    """Go on after a stop."""
    challenge = await request.services.challenges.resume(request.known, challenge_id, request.now)
    request.kept()
    await request.update(today_card(request, challenge, note=request.voice("challenge-resumed")))


async def all_ten(request: Request, number: str) -> None:
    """All ten of one start. Raises NotYours."""
    challenge = await request.services.challenges.get(request.user_id, int(number) if is_id(number) else 0)
    await request.update(all_card(request, challenge))


async def past(request: Request, note: str = "") -> None:
    """Those that are over or stopped."""
    await request.update(past_card(request, await request.services.challenges.ended(request.user_id), note))


async def ask_delete(request: Request, challenge_id: int) -> None:
    """Ask first: it is for good. Raises NotYours."""
    challenge = await request.services.challenges.get(request.user_id, challenge_id)
    await request.update(delete_card(request, challenge))


async def delete(request: Request, challenge_id: int) -> None:
    """Delete them; the actions stay."""
    await request.services.challenges.delete(request.user_id, challenge_id)
    request.kept()
    await past(request, request.voice("challenge-deleted"))


async def _day(request: Request, about: str) -> tuple[Challenge, ChallengeDay]:
    """The member's own challenge and one of its days. Raises NotYours."""
    number, _, day = about.partition(".")
    if not (is_id(number) and is_id(day)):
        raise NotYours
    challenge = await request.services.challenges.get(request.user_id, int(number))
    found = challenge.day(int(day))
    if found is None:
        raise NotYours
    return challenge, found


def day_choices(voice: Voice, challenge: Challenge | None, typed: str) -> list[app_commands.Choice[int]]:
    """The days that can still be swapped, by number or by the words of their step."""
    left = [] if challenge is None else challenge.left()
    named = [
        (str(day.day), voice("challenge-option", day=day.day, step=step_name(voice, day.step)))
        for day in left
    ]
    return [
        app_commands.Choice(name=choice.name, value=int(choice.value)) for choice in choices(named, typed)
    ]
