"""A letter from a short form: private, copied, changed, sent once, found again, and kept from programs in Match Week."""

from datetime import UTC, datetime
from typing import Any, NoReturn

import pytest
from simcord import InteractionResult

from tests.e2e.world import World, chosen_presses, custom_ids, last_message, raw, said, texts_of

REPLY = {
    "name": "dear Dr. Ridge,", "heard": "you have no funds", "build": "a case report", "when": "31 May",
    "question": "which topic would help",
}  # fmt: skip
LETTER = "Dear Dr. Ridge,\n\nThank you for your answer"


async def known(
    world: World, kind: str = "research", said_: str | None = "No funds this year."
) -> InteractionResult:
    form = await world.slash("amara", "rejection log")
    card = await world.fill("amara", form, kind=[kind], who="Ridge Lab", day="yesterday", said=said_)
    return await world.consent("amara", card)


async def written(world: World, **changed: str) -> InteractionResult:
    form = await world.slash("amara", "draft write", kind="reply")
    return await world.fill("amara", form, **(REPLY | changed))


def verbs(result: InteractionResult) -> set[str]:
    return {custom_id.split(":")[2] for custom_id in custom_ids(last_message(result).components)}


async def test_somebody_new_is_asked_first_and_the_letter_comes_after(world: World) -> None:
    card = await written(world)
    assert "Before anything is saved" in said(card)
    saved = await world.consent("amara", card)
    assert LETTER in said(saved)
    assert "Which topic would help?" in said(saved)


async def test_a_no_with_words_is_replied_to_from_its_own_card(world: World) -> None:
    logged = await known(world)
    assert "draft-write" in verbs(logged)
    form = await world.press("amara", logged, "draft-write")
    assert form.modal is not None
    heard = form.modal["components"][1]["component"]
    assert heard["placeholder"] == "No funds this year."
    card = await world.fill("amara", form, **REPLY)
    assert "you have no funds." in said(card)
    view = await world.slash("amara", "rejection view", rejection="Ridge")
    assert "draft-write" in verbs(view)


async def test_a_no_of_today_is_left_in_peace(world: World) -> None:
    """The first day asks nothing of anybody; the way to reply stands on the entry."""
    form = await world.slash("amara", "rejection log")
    card = await world.fill("amara", form, kind=["research"], who="Ridge Lab", day="", said="No.")
    assert "draft-write" not in verbs(await world.consent("amara", card))
    assert "draft-write" in verbs(await world.slash("amara", "rejection view", rejection="Ridge"))


async def test_a_no_without_words_offers_no_reply(world: World) -> None:
    assert "draft-write" not in verbs(await known(world, said_=None))


async def test_the_copy_is_the_letter_and_nothing_else(world: World) -> None:
    await known(world)
    card = await written(world, heard="use ``` and *stars* from https://example.org <@1>")
    copy = await world.press("amara", card, "draft-copy")
    message = last_message(copy)
    assert message.content.startswith(LETTER)
    assert "use ``` and *stars* from https://example.org <@1>." in message.content
    assert message.content.endswith("Kind regards,\n[your name]")
    assert "put your name where" in said(card)
    assert custom_ids(message.components) == ["sf:1:support:"]
    assert "use \\`\\`\\` and \\*stars\\*" in said(card)


async def test_a_message_too_long_for_a_card_is_shown_as_a_file(world: World) -> None:
    await known(world)
    form = await world.press("amara", await written(world), "draft-edit")
    card = last_message(await world.fill("amara", form, who=None, text="*" * 2000))
    assert [file.filename for file in card.attachments] == ["draft.txt"]
    copy = last_message(await world.press("amara", card, "draft-copy"))
    assert copy.content == "*" * 2000


async def test_sent_counts_once_and_an_undo_takes_it_back(world: World) -> None:
    await known(world)
    card = await written(world)
    done = await world.press("amara", card, "draft-sent")
    assert "Replied to a no" in said(done)
    back = await world.press("amara", done, "draft-view")
    assert "Sent on Sunday 22 November" in said(back)
    assert "draft-sent" not in verbs(back)
    assert "Replied to a no" in said(await world.slash("amara", "action list"))
    await world.slash("amara", "action undo")
    view = await world.slash("amara", "draft view", draft="Ridge")
    assert "Not sent yet" in said(view)
    assert "draft-sent" in verbs(view)


async def test_it_is_changed_listed_and_deleted_after_a_question(world: World) -> None:
    await known(world)
    form = await world.press("amara", await written(world), "draft-edit")
    card = await world.fill("amara", form, who="Dr. Osei", text="Dear Dr. Osei,\n\nThank you.\n\nAmara")
    assert "To Dr. Osei" in said(card)
    listed = await world.slash("amara", "draft list")
    assert "Dr. Osei\n“Thank you. Amara”\n" in said(listed)
    offered = await world.people["amara"].autocomplete(world.channel, "draft view", "draft", "osei")
    assert [one["name"] for one in offered] == [
        "Reply to a no · Dr. Osei · Sunday 22 November · Thank you. Amara"
    ]
    opened = await world.choose("amara", listed, "draft-view", offered[0]["value"])
    assert "Thank you." in said(opened)
    asked = await world.press("amara", opened, "draft-delete")
    assert "cannot be undone" in said(asked)
    assert "Dear Dr. Osei," in said(asked), "one sees what goes"
    kept = await world.press("amara", asked, "draft-view")
    gone = await world.press("amara", await world.press("amara", kept, "draft-delete"), "draft-delete-now")
    assert "The draft is deleted" in said(gone)
    assert "There are no drafts yet" in said(await world.slash("amara", "draft list"))


async def test_a_long_name_is_cut_in_a_list_and_never_the_day(world: World) -> None:
    await known(world)
    form = await world.press("amara", await written(world), "draft-edit")
    await world.fill("amara", form, who="Professor " * 9, text="Hello,")
    offered = await world.people["amara"].autocomplete(world.channel, "draft view", "draft", "")
    assert [one["name"] for one in offered] == [
        "Reply to a no · Professor Professor Professor… · Sunday 22 November · Hello,"
    ]
    listed = last_message(await world.slash("amara", "draft list")).components
    assert offered[0]["name"].removesuffix(" · Hello,") in str(listed)


async def test_which_letters_there_are_is_shown_and_one_is_chosen(world: World) -> None:
    await known(world, "application-no", "We cannot offer you an interview.")
    rejections = await world.people["amara"].autocomplete(world.channel, "draft write", "rejection", "ridge")
    offer = await world.slash("amara", "draft write", rejection=rejections[0]["value"])
    assert "About: Residency application" in said(offer)
    form = await world.choose("amara", offer, "draft-write", "feedback-program")
    assert form.modal is not None
    assert form.modal["title"] == "Ask a program for feedback"


async def test_match_week_withholds_what_goes_to_a_program_and_says_why(world: World) -> None:
    await known(world)
    form = await world.slash("amara", "draft write", kind="update-program")
    before = await world.fill(
        "amara", form, name=None, applied="pediatrics", news="a paper came out", fit=None, sign=None
    )
    assert {"draft-copy", "draft-sent"} <= verbs(before)
    world.clock.now = datetime(2027, 3, 15, 14, tzinfo=UTC)
    view = await world.slash("amara", "draft view", draft="pediatrics")
    assert "Until the end of Friday 19 March" in said(view)
    assert "pediatrics" in said(view)
    assert not {"draft-copy", "draft-sent", "draft-remind"} & verbs(view)
    assert "Match Week" in said(await world.press("amara", before, "draft-copy"))
    offer = await world.slash("amara", "draft write")
    assert "feedback-program" not in str(last_message(offer).components)
    assert "Match Week" in said(offer)
    refused = await world.slash("amara", "draft write", kind="feedback-program")
    assert "nobody may write to a program first" in said(refused)
    assert (await world.slash("amara", "draft write", kind="thanks")).modal is not None


async def test_what_was_typed_outlives_a_failed_save_and_a_restart(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await known(world)

    async def boom(*_args: object, **_kwargs: object) -> NoReturn:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(world.program.services.drafts, "write", boom)
        failed = await written(world)
    assert "not saved" in said(failed)
    assert "you have no funds" in said(failed)
    await world.restart()
    form = await world.press("amara", failed, "form-try")
    assert form.modal is not None
    values = [part["component"].get("value") for part in form.modal["components"]]
    assert values == list(REPLY.values())
    assert LETTER in said(await world.fill("amara", form, **REPLY))


async def test_a_form_sent_in_after_a_restart_is_kept(world: World) -> None:
    await known(world)
    form = await world.slash("amara", "draft write", kind="reply")
    await world.restart()
    assert LETTER in said(await world.fill("amara", form, **REPLY))


async def test_heavy_words_bring_support_first_and_the_draft_is_kept(world: World) -> None:
    await known(world)
    answer = await written(world, heard="I want to kill myself")
    assert answer.response is not None
    assert "Are you safe" in texts_of(answer.response.components)
    assert LETTER in texts_of(last_message(answer).components)
    done = await world.press("amara", answer, "draft-sent")
    assert "It is kept in your list" in said(done)
    assert "win-offer" not in verbs(done)


async def test_a_patients_details_are_pointed_out(world: World) -> None:
    await known(world)
    assert "may hold a patient" in said(await written(world, heard="MRN 4482913, DOB 03/04/1961"))
    assert "may hold a patient" not in said(await written(world))


async def test_somebody_elses_draft_is_not_found(world: World) -> None:
    await known(world)
    card = await written(world)
    form = await world.slash("bilal", "rejection log")
    await world.consent("bilal", await world.fill("bilal", form, kind=["exam"], who="x", day=""))
    draft_id = next(i for i in custom_ids(last_message(card).components) if ":draft-edit:" in i).rpartition(
        ":"
    )[2]
    assert "do not find" in said(await world.slash("bilal", "draft view", draft=draft_id))
    assert "do not find" in said(await world.slash("bilal", "draft view", draft="Ridge"))
    offered: list[Any] = await world.people["bilal"].autocomplete(world.channel, "draft view", "draft", "")
    assert offered == []


async def test_a_reminder_names_kind_and_date_alone_and_opens_the_draft_privately(world: World) -> None:
    await known(world)
    card = await written(world)
    answer = await world.choose("amara", card, "draft-remind", "3")
    assert "I will remind you on Wednesday 25 November, 18:00" in said(answer)
    assert "I will remind you on" in said(await world.press("amara", answer, "draft-view"))
    await world.pass_time(days=4)
    (message,) = [one for one in world.dms("amara") if "A draft waits for you" in texts_of(raw(one))]
    body = texts_of(raw(message))
    assert "Reply to a no, written on Sunday 22 November" in body
    assert not [word for word in ("Ridge", "no funds", "case report") if word in body]
    opened = await world.press("amara", message, "draft-view")
    assert LETTER in said(opened)
    done = await world.press("amara", message, "nudge-done")
    assert "Replied to a no" in said(done)
    assert "Sent on" in said(await world.slash("amara", "draft view", draft="Ridge"))


async def test_after_it_was_sent_the_reminder_asks_for_the_answer(world: World) -> None:
    await known(world)
    sent = await world.press("amara", await written(world), "draft-sent")
    await world.choose("amara", sent, "draft-remind", "14")
    await world.pass_time(days=15)
    (message,) = [one for one in world.dms("amara") if "Is there an answer?" in texts_of(raw(one))]
    assert "/goodnews" in said(await world.press("amara", message, "nudge-done"))


async def test_week_two_opens_the_messages_that_fit_its_entry(world: World) -> None:
    await known(world)
    async with world.program.db.write() as tx:
        await tx.members.update(world.people["amara"].id, pace="full")
    form = await world.slash("amara", "rejection log")
    await world.fill("amara", form, kind=["research"], who="Second Lab", day="", said="No.")
    await world.pass_time(days=15)
    message = next(
        one for one in reversed(world.dms("amara")) if "draft-new" in str(chosen_presses(raw(one)))
    )
    offer = await world.press("amara", message, "draft-new")
    assert "About: Research position" in said(offer)


async def test_a_form_to_a_program_from_before_match_week_and_a_restart_is_kept(world: World) -> None:
    await known(world)
    form = await world.slash("amara", "draft write", kind="update-program")
    await world.restart()
    world.clock.now = datetime(2027, 3, 15, 14, tzinfo=UTC)
    kept = await world.fill(
        "amara", form, name=None, applied="pediatrics", news="a paper came out", fit=None, sign=None
    )
    assert "Until the end of Friday 19 March" in said(kept)
    assert "A paper came out" in said(await world.slash("amara", "draft view", draft="pediatrics"))


async def test_the_list_that_opens_tells_the_members_own_day(world: World) -> None:
    await known(world)
    world.clock.advance(hours=11, minutes=30)
    await written(world)
    (offered,) = await world.people["amara"].autocomplete(world.channel, "draft view", "draft", "")
    assert "Monday 23 November" in offered["name"]
