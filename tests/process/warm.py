"""What the fork server reads once so that a hundred starts need not: the texts, the migrations' names, the zones."""

from bot.app import _zone_names
from bot.storage.schema import head
from bot.wiring.opening import CONFIG, _texts

_texts(CONFIG)
_zone_names()
head()
