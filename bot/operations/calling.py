"""Asking the bot that runs on this machine whether it is well. A container asks every minute, for years: this imports
nothing but the standard library.
"""

import http.client
import json

PATIENCE = 5.0  # seconds


class Unwell(Exception):
    """The bot is not well, or nobody answers; the message says why, a line for each reason."""


def ask_health(address: tuple[str, int] | None) -> list[str]:
    """What /health at this address says of a bot that is well. Raises Unwell."""
    if address is None:
        raise Unwell("STEPFORWARD_HEALTH is 0, so there is nobody to ask.")
    host, port = address
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        found = json.loads(answer.read())
        reasons, warnings = found["reasons"], found["warnings"]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        raise Unwell(f"Nobody answers on {host}:{port} ({type(error).__name__}).") from None
    finally:
        connection.close()
    if answer.status != 200:
        raise Unwell("\n".join(reasons))
    return ["The bot is well.", *warnings]
