"""The embedded servers' life: made, started, killed, started again, stopped; real ones, in a folder of their own."""

import contextlib
import os
import signal
import socket
import stat
import time
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from script.embedded import servers
from script.embedded.account import Account


@pytest.fixture
def pair(var_dir):
    with servers.joined(var_dir, durable=False) as started:
        yield started


@pytest.fixture
def database(pair):
    with psycopg.connect(pair.postgres.url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def queue(pair):
    with contextlib.closing(redis.Redis.from_url(pair.valkey.url, decode_responses=True)) as client:
        yield client


def postmaster_pid(pair):
    return int((pair.postgres.data / "postmaster.pid").read_text().split()[0])


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_the_cluster_is_utf8_with_the_builtin_locale(database):
    row = database.execute(
        "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database WHERE datname = 'linjuli'"
    ).fetchone()

    assert row == ("UTF8", "b", "C.UTF-8")


def test_chinese_has_trigrams(database):
    database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert database.execute("SELECT show_trgm('物业')").fetchone()[0] != []


def test_the_extensions_that_the_product_needs_are_there(database):
    available = {name for (name,) in database.execute("SELECT name FROM pg_available_extensions")}

    assert {"pg_trgm", "btree_gist"} <= available


def test_one_statement_may_lock_the_tables_of_many_compounds(database):
    settings = ("max_locks_per_transaction", "max_connections")

    assert [database.execute(f"SHOW {name}").fetchone()[0] for name in settings] == ["256", "200"]


def test_the_queue_keeps_every_write_and_evicts_nothing(queue):
    kept = queue.config_get("appendonly") | queue.config_get("maxmemory-policy")

    assert kept == {"appendonly": "yes", "maxmemory-policy": "noeviction"}


def test_postgres_asks_for_the_password(pair):
    wrong = pair.postgres.url.replace(pair.postgres.password, "guessed")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_the_queue_asks_for_the_password(pair):
    stranger = redis.Redis(port=pair.valkey.port, retry=Retry(NoBackoff(), 0))

    with pytest.raises(redis.AuthenticationError), contextlib.closing(stranger):
        stranger.ping()


@pytest.mark.parametrize("server", ["postgres", "valkey"])
def test_nobody_hears_from_the_servers_but_this_machine(pair, server):
    """127.0.0.2 is this machine too, but another address: a server bound to all addresses would answer there."""
    port = getattr(pair, server).port

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=2)


def test_secrets_are_for_the_caller_alone(pair):
    credentials = pair.home.path / "credentials.json"

    assert stat.S_IMODE(credentials.stat().st_mode) == 0o600
    assert stat.S_IMODE(pair.postgres.folder.stat().st_mode) == 0o700


def test_the_servers_run_as_the_unprivileged_account_and_never_as_root(pair):
    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in pair.postgres.server_processes()}

    assert owners == {os.geteuid() or Account.for_servers().uid}


def test_a_second_start_changes_nothing(pair, var_dir):
    before = postmaster_pid(pair)

    with servers.joined(var_dir, durable=False) as again:
        assert again.urls == pair.urls

    assert postmaster_pid(pair) == before
    assert pair.postgres.running()


def test_data_and_addresses_outlive_a_stop(var_dir):
    with servers.joined(var_dir, durable=False) as pair:
        first_urls = pair.urls
        with psycopg.connect(pair.postgres.url) as connection:
            connection.execute("CREATE TABLE kept_rows (n int)")
        with redis.Redis.from_url(pair.valkey.url) as client:
            client.set("kept", "yes")
    assert not pair.postgres.running()
    assert not pair.valkey.running()

    with servers.joined(var_dir, durable=False) as pair:
        assert pair.urls == first_urls
        with psycopg.connect(pair.postgres.url) as connection:
            assert connection.execute("SELECT count(*) FROM kept_rows").fetchone() == (0,)
        with redis.Redis.from_url(pair.valkey.url) as client:
            assert client.get("kept") == b"yes"


def test_a_killed_postmaster_is_started_again(pair):
    killed = postmaster_pid(pair)
    os.kill(killed, signal.SIGKILL)

    pair.start()

    assert postmaster_pid(pair) != killed
    assert pair.postgres.running()


def test_a_killed_queue_is_started_again_with_what_it_held(pair, queue):
    queue.set("before", "the kill")
    queue.execute_command("WAITAOF", 1, 0, 5000)
    os.kill(queue.info("server")["process_id"], signal.SIGKILL)
    wait_until(lambda: not pair.valkey.running())

    pair.start()

    assert queue.get("before") == "the kill"


def test_a_pid_file_that_names_another_living_process_is_no_hindrance(var_dir):
    """After a restart of the machine the old postmaster's pid may belong to anybody, here to this test."""
    with servers.joined(var_dir, durable=False) as pair:
        pid_file = pair.postgres.data / "postmaster.pid"
        contents = pid_file.read_text()
    stale = contents.replace(contents.split()[0], str(os.getpid()), 1)
    pid_file.write_text(stale)
    pair.home.account.give(pid_file)

    with servers.joined(var_dir, durable=False) as pair:
        assert pair.postgres.running()


def test_a_taken_port_is_left_to_whom_it_belongs(var_dir):
    with servers.joined(var_dir, durable=False) as pair:
        taken = pair.postgres.port
    with socket.create_server(("127.0.0.1", taken)), servers.joined(var_dir, durable=False) as pair:
        assert pair.postgres.port != taken
        assert pair.postgres.running()


def test_kept_servers_outlive_their_user_until_they_are_released(var_dir):
    pair = servers.keep(var_dir, durable=False)
    with servers.joined(var_dir, durable=False):
        pass
    assert pair.postgres.running()

    servers.release(var_dir)

    assert not pair.postgres.running()


def test_servers_in_use_are_not_discarded(pair, var_dir):
    with pytest.raises(servers.ServerError, match="in use"):
        servers.discard(var_dir)

    assert pair.postgres.running()


def test_servers_start_where_the_folders_above_are_closed(tmp_path):
    """As root the servers' account cannot get in; the folder stays as closed as it was."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with servers.joined(closed / "var", durable=False) as pair:
        assert pair.postgres.running()
        assert pair.valkey.running()

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    servers.discard(closed / "var")
    assert not pair.home.path.exists()
