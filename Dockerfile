# The bot alone: no demo, no tests, no compiler, no pip of its own. It runs as nobody special, on a read-only root, and
# writes to /data only. `make container-check` walks the same steps in a Debian root, so keep to the instructions that
# scripts/dockerfile.py knows.

# The tag names the Python and the Debian release. It has no digest on purpose: the same tag brings the security mends of
# both with each `docker build --pull`, and a digest that nobody renews would keep them out.
ARG BASE=python:3.13-slim-trixie

FROM ${BASE} AS build
COPY requirements.txt /build/requirements.txt
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --only-binary :all: -r /build/requirements.txt \
    && /venv/bin/python -m pip uninstall --yes --quiet pip
WORKDIR /app
COPY config/ config/
COPY bot/ bot/
COPY cogs/ cogs/
# The root is read-only later on, so the bytecode is made here; it is never compared with a file's date. Everybody may
# read it, even if the files here come from somebody whose umask let nobody.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash bot cogs config \
    && /venv/bin/python -m bot check-content \
    && chmod -R a+rX,go-w /app

FROM ${BASE}
RUN useradd --uid 10001 --user-group --no-log-init --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin stepforward \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STEPFORWARD_DATABASE_URL=sqlite:////data/stepforward.sqlite3 \
    STEPFORWARD_SECRET_KEY_FILE=/data/stepforward.key \
    STEPFORWARD_BACKUP_FOLDER=/data/backups
USER 10001:10001
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=15s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
