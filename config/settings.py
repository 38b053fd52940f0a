"""Settings from mounted secrets, the environment (`STEPFORWARD_*`) or `.env`: read once, passed down, never changed."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

DISCORD_API_URL = "https://discord.com/api/v10"


def _shards(value: str) -> str:
    if value and not re.fullmatch(r"\d+(-\d+)?/\d+", value):
        raise ValueError("write shards as 0-3/16: first-last/of all")
    return value


def _address(value: str) -> str:
    if value not in ("", "0") and not re.fullmatch(r"([^\s:]+|\[[0-9a-f:]+\]):\d{1,5}", value):
        raise ValueError("write an address as 127.0.0.1:8080, or 0 for none")
    return value


class Settings(BaseSettings):
    """Everything a host can set. Secrets show as stars when printed; addresses, which may hold a password, not at all."""

    model_config = SettingsConfigDict(
        env_prefix="STEPFORWARD_", env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore"
    )

    discord_token: SecretStr = SecretStr("")
    discord_api_url: str = DISCORD_API_URL
    database_url: str = Field(default="sqlite:///data/stepforward.sqlite3", repr=False)
    keystore_url: str = Field(default="", repr=False)
    secret_key: SecretStr = SecretStr("")
    secret_key_old: SecretStr = SecretStr("")
    secret_key_file: Path = Path("data/stepforward.key")
    backup_folder: Path | None = None
    backup_nightly: bool = True
    backup_keep_days: int = Field(default=14, ge=1, le=30)
    shards: Annotated[str, AfterValidator(_shards)] = ""
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    log_file: Path | None = None
    operator_id: int | None = Field(default=None, gt=0)
    health: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"
    dm_per_second: float = Field(default=5, gt=0, le=48)
    content_folder: Path | None = None
    problem_url: str = ""
    privacy_url: str = ""

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
