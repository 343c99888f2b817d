"""Which servers a run uses: the caller's own where they are named, else the embedded ones."""

import stat

import pytest

from script.embedded.account import ServerError
from script.environment import django_environment, local_settings


@pytest.fixture
def named(monkeypatch):
    """Names servers, as somebody would who has their own; an empty name is none."""

    def name(database_url, redis_url):
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("REDIS_URL", redis_url)

    return name


def test_named_servers_are_used_and_nothing_is_started(named, tmp_path):
    named("postgres://db.example/linjuli", "redis://queue.example/0")

    with django_environment(tmp_path) as env:
        assert (env["DATABASE_URL"], env["REDIS_URL"]) == ("postgres://db.example/linjuli", "redis://queue.example/0")

    assert not (tmp_path / "servers").exists()


def test_one_named_server_alone_is_refused(named, tmp_path):
    named("postgres://db.example/linjuli", "")

    with pytest.raises(ServerError, match="Only DATABASE_URL is set"), django_environment(tmp_path):
        pass


def test_without_names_the_embedded_servers_are_there_and_gone_afterwards(named, var_dir):
    named("", "")

    with django_environment(var_dir, durable=False) as env:
        assert env["DATABASE_URL"].startswith("postgres://linjuli:")
        assert env["REDIS_URL"].startswith("redis://:")


def test_the_secret_is_made_once_and_for_the_caller_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first, second = local_settings(tmp_path)["SECRET_KEY"], local_settings(tmp_path)["SECRET_KEY"]

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
