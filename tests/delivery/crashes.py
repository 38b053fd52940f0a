"""A database and a Discord between whose every step the process may die."""

from contextlib import asynccontextmanager

from tests.delivery.world import Killed


class Steps:
    """Counts the boundaries passed and dies at the chosen one; the dead stay dead."""

    def __init__(self, kill_at):
        self.kill_at = kill_at
        self.passed = 0
        self.where = None

    def __call__(self, name):
        self.passed += 1
        if self.kill_at is not None and self.passed >= self.kill_at:
            self.where = self.where or name
            raise Killed(name)


class MortalStore:
    """A store with a boundary before and after each of its statements."""

    def __init__(self, store, name, step):
        self._store, self._name, self._step = store, name, step

    def __getattr__(self, method):
        call = getattr(self._store, method)

        async def stepped(*arguments, **more):
            self._step(f"before {self._name}.{method}")
            result = await call(*arguments, **more)
            self._step(f"after {self._name}.{method}")
            return result

        return stepped


class MortalUnit:
    def __init__(self, unit, step):
        self._unit, self._step = unit, step

    def __getattr__(self, name):
        return MortalStore(getattr(self._unit, name), name, self._step)


class MortalDatabase:
    """Dies before a transaction, between its statements, before its commit (rolled back) and after it."""

    def __init__(self, database, step):
        self._database, self._step = database, step

    @asynccontextmanager
    async def write(self, *, aside=False):
        self._step("before write")
        async with self._database.write(aside=aside) as unit:
            yield MortalUnit(unit, self._step)
            self._step("before commit")
        self._step("after commit")

    @asynccontextmanager
    async def read(self, *, aside=False):
        self._step("before read")
        async with self._database.read(aside=aside) as unit:
            yield MortalUnit(unit, self._step)
        self._step("after read")
