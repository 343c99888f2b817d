"""A database that would lose Chinese search is refused by the system check, and one that would not passes."""

import psycopg
import pytest
from psycopg import sql

from compounds.registry.checks import unfitness
from script.embedded import servers


@pytest.fixture(scope="module")
def maintenance(var_dir):
    with servers.joined(var_dir, durable=False) as pair, psycopg.connect(pair.postgres.url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def make_database(maintenance):
    """Makes a database of the same server with another idea of what a letter is, and connects to it."""
    opened = []

    def make(name, ctype):
        command = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin"
        command += " BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE {}"
        maintenance.execute(sql.SQL(command).format(sql.Identifier(name), sql.Literal(ctype)))
        parameters = maintenance.info.get_parameters() | {"password": maintenance.info.password, "dbname": name}
        opened.append(psycopg.connect(**parameters, autocommit=True))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close()


@pytest.mark.parametrize(("ctype", "expected"), [("C", ["registry.E002"]), ("C.UTF-8", [])])
def test_the_check_sees_whether_chinese_has_trigrams(make_database, ctype, expected):
    connection = make_database(f"with_{ctype}", ctype)
    connection.execute("CREATE EXTENSION pg_trgm")

    found = unfitness(connection.cursor())

    assert [message.id for message in found] == expected


def test_a_database_that_is_still_empty_passes(make_database):
    assert unfitness(make_database("empty", "C.UTF-8").cursor()) == []
