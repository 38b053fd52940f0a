"""The only composition root: settings, then the database, the services, the delivery machine, the bot."""

from bot.wiring.copies import back_up, backups_of, where_keys_live
from bot.wiring.doctor import examine
from bot.wiring.moving import elsewhere, move_database, rows_to_move
from bot.wiring.opening import StartRefused, migrate_database, open_database, read_texts
from bot.wiring.persons import member_rows, people_named
from bot.wiring.program import DEMO_DATABASE, Program, build, build_demo
from bot.wiring.repairs import repair_boards
from bot.wiring.restoring import Restored, restore
from bot.wiring.rotating import Rotated, key_total, rotate_key
from bot.wiring.running import run_bot

__all__ = [
    "DEMO_DATABASE",
    "Program",
    "Restored",
    "Rotated",
    "StartRefused",
    "back_up",
    "backups_of",
    "build",
    "build_demo",
    "elsewhere",
    "examine",
    "key_total",
    "member_rows",
    "migrate_database",
    "move_database",
    "open_database",
    "people_named",
    "read_texts",
    "repair_boards",
    "restore",
    "rotate_key",
    "rows_to_move",
    "run_bot",
    "where_keys_live",
]
