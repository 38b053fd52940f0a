from tests.storage.conftest import database, sqlite_database

__all__ = ["database", "sqlite_database"]
