# The bot alone: no demo, no tests, no compiler. It runs as nobody special, on a read-only root, writing to /data only.

FROM python:3.13-slim AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --only-binary :all: -r /tmp/requirements.txt

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin stepforward \
    && install -d -o stepforward -g stepforward -m 0700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY config/ config/
COPY bot/ bot/
COPY cogs/ cogs/
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STEPFORWARD_DATABASE_URL=sqlite:////data/stepforward.sqlite3 \
    STEPFORWARD_SECRET_KEY_FILE=/data/stepforward.key
USER stepforward
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
