"""The border between public and the compounds, read from the catalogue of the database itself (design 3)."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

pytestmark = pytest.mark.django_db
MOST_TABLES = 90
COMPOUNDS = ("c_north", "c_south", "c_yard")


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def tables_of(schema: str) -> set[str]:
    return {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema)}


def models_of_apps(names: list[str]) -> list[type[Model]]:
    """Of apps as settings name them: by package, or by the class of a configuration of our own."""
    labels = {
        config.label
        for config in apps.get_app_configs()
        if {config.name, f"{type(config).__module__}.{type(config).__name__}"} & set(names)
    }
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in labels]
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def tables_of_apps(names: list[str]) -> set[str]:
    return {model._meta.db_table for model in models_of_apps(names)}


def test_no_key_crosses_the_border():
    crossing = rows(
        """
        SELECT conname, own.nspname, other.nspname
        FROM pg_constraint
        JOIN pg_class one ON one.oid = conrelid JOIN pg_namespace own ON own.oid = one.relnamespace
        JOIN pg_class two ON two.oid = confrelid JOIN pg_namespace other ON other.oid = two.relnamespace
        WHERE contype = 'f' AND own.nspname <> other.nspname
        """
    )

    assert crossing == []
    inside = rows("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'c_north'::regnamespace")
    assert inside[0][0] > 50, "the catalogue does show keys"


def test_no_trigger_and_no_trigger_function_crosses_the_border():
    triggers = rows(
        """
        SELECT tgname, schema.nspname, home.nspname
        FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace schema ON schema.oid = relnamespace
        JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_namespace home ON home.oid = pronamespace
        WHERE NOT tgisinternal
        """
    )

    assert [name for name, schema, home in triggers if schema != home] == []
    guarded = {schema for _name, schema, _home in triggers}
    # In public: what personal data partners were told.
    assert guarded == {*COMPOUNDS, "public"}, "history is guarded in each compound"


def test_no_view_default_or_sequence_reaches_across_the_border():
    crossing = rows(
        """
        SELECT DISTINCT one.relname, own.nspname, two.relname, other.nspname
        FROM pg_depend
        JOIN pg_class one ON one.oid = pg_depend.objid AND classid = 'pg_class'::regclass
        JOIN pg_namespace own ON own.oid = one.relnamespace
        JOIN pg_class two ON two.oid = refobjid AND refclassid = 'pg_class'::regclass
        JOIN pg_namespace other ON other.oid = two.relnamespace
        WHERE own.nspname <> other.nspname AND 'pg_toast' NOT IN (own.nspname, other.nspname)
            AND (own.nspname LIKE 'c\\_%%' OR other.nspname LIKE 'c\\_%%')
        """
    )

    assert crossing == []


def test_no_sequence_is_too_small():
    small = rows(
        """
        SELECT relname FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
        WHERE relnamespace = ANY (%s::regnamespace[]) AND seqtypid <> 'bigint'::regtype
        """,
        ["c_north"],
    )

    assert small == []


def test_our_own_sequences_in_public_are_large_too():
    ours = tables_of_apps([name for name in settings.SHARED_APPS if name.startswith("compounds.")])
    small = rows(
        """
        SELECT relname FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
        WHERE relnamespace = 'public'::regnamespace AND seqtypid <> 'bigint'::regtype
        """
    )

    assert [name for (name,) in small if any(name.startswith(f"{table}_id") for table in ours)] == []


def test_every_table_stands_where_it_belongs():
    shared, tenant = tables_of_apps(settings.SHARED_APPS), tables_of_apps(settings.TENANT_APPS)

    assert shared & tenant == set()
    assert tables_of("public") - {"django_migrations"} == shared
    for schema in COMPOUNDS:
        assert tables_of(schema) - {"django_migrations"} == tenant


def test_an_app_stands_on_one_side():
    assert set(settings.SHARED_APPS) & set(settings.TENANT_APPS) == set()
    assert set(settings.TENANT_APPS) <= {"compounds.photos", "compounds.organisation", "notices", "consultation"} | {
        "volunteers"
    }, "third-party tables live in public only"


def test_a_compound_keeps_to_its_budget_of_tables():
    assert len(tables_of("c_north")) <= MOST_TABLES


def test_one_column_points_out_and_has_no_constraint():
    ids = rows(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'c_north' AND column_name IN ('user_id', 'compound_id', 'district_id', 'community_id')"
    )

    assert ids == [("organisation_person", "user_id")]


def test_all_compounds_are_built_alike():
    def shape(schema: str) -> list[tuple]:
        return rows(
            "SELECT table_name, column_name, data_type, is_nullable, column_default IS NULL "
            "FROM information_schema.columns WHERE table_schema = %s ORDER BY 1, 2",
            schema,
        )

    assert shape("c_north") == shape("c_south") == shape("c_yard")


# Keys by which somebody looks, though the other side has no name for it.
LOOKED_UP = {"AuditEntry.person", "Issue.spoken_by", "MinutesConfirmation.person"}


def test_only_keys_by_which_somebody_looks_have_an_index_of_their_own():
    """Every index is a file in each of thousands of compounds, and is written with each row (docs/adr/0002)."""
    needless = set()
    for model in models_of_apps(settings.TENANT_APPS):
        leading = {
            next(iter(rule.fields), "") for rule in [*model._meta.constraints, *model._meta.indexes] if plain(rule)
        }
        for field in model._meta.local_fields:
            if not (field.many_to_one and field.db_index) or field.unique:
                continue
            name = f"{model.__name__}.{field.name}"
            nobody_looks = field.remote_field.related_name == "+" and name not in LOOKED_UP
            if nobody_looks or field.name in leading:
                needless.add(name)

    assert needless == set(), "db_index=False"


def plain(rule):
    """Over all rows, and beginning with a column."""
    return bool(getattr(rule, "fields", ())) and getattr(rule, "condition", None) is None
