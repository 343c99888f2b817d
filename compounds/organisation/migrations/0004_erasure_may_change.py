from django.db import migrations


class Migration(migrations.Migration):
    """History is added, never edited, but for one function: erase_person() may empty the columns named by a trigger.

    The trigger reads who called it off the call stack: only statements that stand inside erase_person() are let through,
    and only if nothing but those columns changed. A trigger without arguments lets nothing through.
    """

    dependencies = [("organisation", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            """
            CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                stack text;
            BEGIN
                IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
                    GET DIAGNOSTICS stack = PG_CONTEXT;
                    IF stack ~ 'erase_person\\(bigint,bigint,boolean\\)'
                        AND to_jsonb(NEW) - TG_ARGV::text[] = to_jsonb(OLD) - TG_ARGV::text[]
                    THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$;
            DROP TRIGGER organisation_auditentry_append_only ON organisation_auditentry;
            CREATE TRIGGER organisation_auditentry_append_only BEFORE UPDATE OR DELETE ON organisation_auditentry
                FOR EACH ROW EXECUTE FUNCTION refuse_change('about', 'facts');
            """,
            """
            DROP TRIGGER organisation_auditentry_append_only ON organisation_auditentry;
            CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER organisation_auditentry_append_only BEFORE UPDATE OR DELETE ON organisation_auditentry
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            """,
        )
    ]
