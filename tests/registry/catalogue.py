"""All that a schema is made of, as the database's own catalogue tells it, with the schema's name taken out."""

from django.db import connection

_OF = {
    "columns": """
        SELECT relname, relkind, relpersistence, attnum, attname, format_type(atttypid, atttypmod), attnotnull,
            attidentity, attgenerated, attcollation::regcollation::text, attstorage, pg_get_expr(adbin, adrelid)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND NOT attisdropped AND attnum > 0
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, contype, condeferrable, condeferred, convalidated,
            pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = %s::regnamespace
    """,
    "indexes": """
        SELECT pg_get_indexdef(indexrelid), indisvalid, indisunique, indisprimary, indimmediate, indnullsnotdistinct
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = %s::regnamespace
    """,
    "triggers": """
        SELECT pg_get_triggerdef(pg_trigger.oid), tgenabled, tgdeferrable
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = %s::regnamespace AND NOT tgisinternal
    """,
    "functions": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = %s::regnamespace",
    "sequences": """
        SELECT relname, seqtypid::regtype::text, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle,
            refobjid::regclass::text, refobjsubid, deptype
        FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
        LEFT JOIN pg_depend ON objid = seqrelid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'i')
        WHERE relnamespace = %s::regnamespace
    """,
    "types": "SELECT typname, typtype FROM pg_type WHERE typnamespace = %s::regnamespace",
    "comments": """
        SELECT relname, objsubid, description FROM pg_description JOIN pg_class ON pg_class.oid = objoid
        WHERE relnamespace = %s::regnamespace
    """,
}


def catalogue(schema_name: str) -> dict[str, list[tuple]]:
    """Comparable with that of any other schema. Ask it in public, where every name is shown in full."""
    found = {}
    with connection.cursor() as cursor:
        for what, sql in _OF.items():
            cursor.execute(sql, [schema_name])
            found[what] = sorted(
                (
                    tuple(part.replace(schema_name, "SCHEMA") if isinstance(part, str) else part for part in row)
                    for row in cursor.fetchall()
                ),
                key=repr,
            )
    return found


def rows(schema_name: str, table: str, columns: str) -> list[tuple]:
    """What a table of one compound holds, in the order of its key."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{schema_name}".{table} ORDER BY id')
        return cursor.fetchall()
