"""Settings from mounted secrets, the environment (`STEPFORWARD_*`) or `.env`: read once, passed down, never changed."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

DISCORD_API_URL = "https://discord.com/api/v10"


LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LARGEST_PORT = 65535


def _shards(value: str) -> str:
    if not value:
        return value
    found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?/(\d{1,6})", value, re.ASCII)
    if found is None:
        raise ValueError("write shards as 0-3/16: first-last/of all")
    first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
    if last < first:
        raise ValueError("the last shard comes before the first; write shards as 0-3/16: first-last/of all")
    if last >= count:
        raise ValueError(
            f"of {count} shards the last is number {count - 1}" if count else "there is no shard of 0"
        )
    return value


def _address(value: str) -> str:
    if value in ("", "0"):
        return value
    if not re.fullmatch(r"([^\s:]+|\[[0-9a-f:]+\]):\d{1,5}", value, re.ASCII):
        raise ValueError("write an address as 127.0.0.1:8080, or 0 for none")
    if int(value.rpartition(":")[2]) > LARGEST_PORT:
        raise ValueError(
            f"a port is at most {LARGEST_PORT}; write an address as 127.0.0.1:8080, or 0 for none"
        )
    return value


def _api(value: str) -> str:
    try:
        parts = urlsplit(value)
        # Asking for the port is what refuses one that is none.
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or re.search(r"\s", value):
        raise ValueError(f"write an address such as {DISCORD_API_URL}")
    return value


def _level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def _account(value: object) -> object:
    text = str(value)
    if value is not None and not (text.isascii() and text.isdigit() and 0 < int(text) < 1 << 64):
        raise ValueError("write the number of a Discord account, or leave the line out")
    return value


class Settings(BaseSettings):
    """Everything a host can set. Secrets show as stars when printed; addresses, which may hold a password, not at all."""

    model_config = SettingsConfigDict(
        env_prefix="STEPFORWARD_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
    )

    discord_token: SecretStr = SecretStr("")
    discord_api_url: Annotated[str, AfterValidator(_api)] = DISCORD_API_URL
    database_url: str = Field(default="sqlite:///data/stepforward.sqlite3", repr=False)
    keystore_url: str = Field(default="", repr=False)
    secret_key: SecretStr = SecretStr("")
    secret_key_old: SecretStr = SecretStr("")
    secret_key_file: Path = Path("data/stepforward.key")
    backup_folder: Path | None = None
    backup_nightly: bool = True
    backup_keep_days: int = Field(default=14, ge=1, le=30)
    shards: Annotated[str, AfterValidator(_shards)] = ""
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    log_format: Literal["text", "json"] = "text"
    log_file: Path | None = None
    operator_id: Annotated[int | None, BeforeValidator(_account)] = None
    health: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"
    dm_per_second: float = Field(default=5, gt=0, le=48)
    content_folder: Path | None = None
    problem_url: str = ""
    privacy_url: str = ""

    @model_validator(mode="before")
    @classmethod
    def _empty_is_default(cls, given: dict[str, Any]) -> dict[str, Any]:
        """An empty line of `.env`, as of the example, sets nothing; neither does an empty mounted file."""
        return {
            name: value for name, value in given.items() if not (isinstance(value, str) and not value.strip())
        }

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """A mounted secret wins over the environment: whoever mounts one means it; an empty line of `.env` does not."""
        return init_settings, file_secret_settings, env_settings, dotenv_settings

    @property
    def keystore_address(self) -> str:
        """Where the member keys live: apart from the data, by default beside it."""
        if self.keystore_url:
            return self.keystore_url
        if self.database_url.startswith("sqlite"):
            base, dot, _ending = self.database_url.rpartition(".")
            return f"{base or self.database_url}-keys{dot}sqlite3"
        return self.database_url

    @property
    def backup_place(self) -> Path:
        """The folder of the copies: by default beside SQLite's file, or under the working folder for PostgreSQL."""
        if self.backup_folder is not None:
            return self.backup_folder
        _, is_sqlite, path = self.database_url.partition(":///")
        beside = Path(path).parent if is_sqlite and self.database_url.startswith("sqlite") else Path("data")
        return beside / "backups"

    @property
    def makes_backups(self) -> bool:
        """Whether this process makes the nightly copy: of several on one database, the one with the first shard."""
        ids, _ = self.shard_ids
        return self.backup_nightly and (ids is None or 0 in ids)

    @property
    def health_address(self) -> tuple[str, int] | None:
        """Host and port of /health and /metrics; None when the host wants neither."""
        if self.health in ("", "0"):
            return None
        host, _, port = self.health.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def shard_ids(self) -> tuple[list[int] | None, int | None]:
        """(ids, count) from `0-3/16`; (None, None) lets Discord choose."""
        if not self.shards:
            return None, None
        span, count = self.shards.split("/")
        first, _, last = span.partition("-")
        return list(range(int(first), int(last or first) + 1)), int(count)
