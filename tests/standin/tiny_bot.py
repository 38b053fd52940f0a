"""The smallest bot that can prove the stand-in; run as a program, never imported by a test."""

import asyncio
import os
import signal
from typing import Any

import discord
import yarl
from discord import app_commands, ui
from discord.ext import commands
from discord.gateway import DiscordWebSocket


class Press(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"sf:1:done:(?P<arg>\d+)"):
    @classmethod
    async def from_custom_id(cls, interaction, item, match):
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(f"pressed {self.item.custom_id}", ephemeral=True)


class Pick(ui.DynamicItem[ui.Select[ui.View]], template="sf:1:pick:0"):
    @classmethod
    async def from_custom_id(cls, interaction, item, match):
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content=f"picked {' '.join(self.item.values)}", view=None)


class Form(ui.Modal, title="A form"):
    def __init__(self) -> None:
        super().__init__(timeout=900)
        self.said: ui.TextInput[Form] = ui.TextInput(custom_id="said")
        kinds = [discord.RadioGroupOption(label=kind, value=kind) for kind in ("research", "other")]
        self.kind: ui.RadioGroup[Form] = ui.RadioGroup(custom_id="kind", options=kinds)
        one = [discord.CheckboxGroupOption(label="One", value="one")]
        self.which: ui.CheckboxGroup[Form] = ui.CheckboxGroup(custom_id="which", min_values=0, options=one)
        self.who: ui.UserSelect[Form] = ui.UserSelect(custom_id="who", required=True)
        for component in (self.said, self.kind, self.which, self.who):
            self.add_item(ui.Label(text=component.custom_id, component=component))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        answer = f"{self.said.value} {self.kind.value} {self.which.values[0]} {self.who.values[0].name}"
        await interaction.response.send_message(answer, ephemeral=True)


class Tiny(commands.AutoShardedBot):
    """Pointed elsewhere exactly as the real bot is."""

    def __init__(self) -> None:
        super().__init__(
            commands.when_mentioned,
            intents=discord.Intents(guilds=True),
            shard_count=int(os.environ.get("TINY_SHARDS", "1")),
            max_messages=None,
            guild_ready_timeout=0.1,
        )
        self.identify_every = 5.0

    async def connect(self, *, reconnect: bool = True) -> None:
        _, url, limit = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        self.identify_every = 5.0 / limit["max_concurrency"]
        await super().connect(reconnect=reconnect)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if not initial:
            await asyncio.sleep(self.identify_every)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Press, Pick)
        await self.tree.sync()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        super().dispatch(event_name, *args, **kwargs)
        if event_name.startswith(("guild_", "ready")):
            print(event_name, *(guild.id for guild in args))


bot = Tiny()
reject = app_commands.Group(name="reject", description="…")
bot.tree.add_command(reject)


@reject.command(description="…")
async def add(
    interaction: discord.Interaction, times: app_commands.Range[int, 1, 9], who: discord.User
) -> None:
    shard = interaction.guild.shard_id if interaction.guild else None
    await interaction.response.send_message(f"{times} for {who.id} of shard {shard}")


@add.autocomplete("times")
async def offer(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name="five", value="5")]


@reject.command(description="…")
async def form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Form())


@reject.command(description="…")
async def card(interaction: discord.Interaction) -> None:
    view = ui.LayoutView(timeout=None)
    view.add_item(
        ui.Container(ui.TextDisplay("A card"), ui.ActionRow(Press(ui.Button(custom_id="sf:1:done:7"))))
    )
    view.stop()
    await interaction.response.send_message(view=view, ephemeral=True)


@reject.command(description="…")
async def export(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(file=discord.File(__file__, "mine.json"), ephemeral=True)


@reject.command(description="Sends a direct message, then says what became of it.")
async def nudge(interaction: discord.Interaction, nonce: str) -> None:
    await interaction.response.defer(ephemeral=True)
    try:
        message = await interaction.user.send("A nudge", nonce=nonce)
        outcome = f"sent {message.id}"
    except discord.HTTPException as refusal:
        outcome = f"refused {refusal.status} {refusal.code}"
    except Exception as unknown:  # noqa: BLE001 - aiohttp's ServerDisconnectedError among others
        outcome = f"unknown {type(unknown).__name__}"
    await interaction.followup.send(outcome, ephemeral=True)


@bot.tree.context_menu(name="Keep this")
async def keep(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"kept {message.content}", ephemeral=True)


async def main() -> None:
    discord.http.Route.BASE = os.environ["STEPFORWARD_DISCORD_API_URL"]
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, lambda: loop.create_task(bot.close()))
    discord.utils.setup_logging()
    async with bot:
        await bot.start(os.environ["STEPFORWARD_DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
