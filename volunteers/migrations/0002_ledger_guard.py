from django.db import migrations


class Migration(migrations.Migration):
    """The ledger of hours is added to, never edited: approval, dispute and its answer fill empty columns, once.

    erase_person() may empty the texts besides (organisation 0004). Inside the compound's schema, so that its dump
    restores alone.
    """

    dependencies = [("volunteers", "0001_initial"), ("organisation", "0004_erasure_may_change")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION refuse_change_of_hours() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                words CONSTANT text[] := ARRAY['reason', 'dispute', 'dispute_answer'];
                filled_once CONSTANT text[] := ARRAY[
                    'approved_by_id', 'approved_at', 'disputed_at', 'dispute',
                    'dispute_answer', 'dispute_answered_at', 'dispute_answered_by_id'
                ];
                stack text;
                was jsonb;
                now_is jsonb;
                field text;
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
                END IF;
                was := to_jsonb(OLD);
                now_is := to_jsonb(NEW);
                GET DIAGNOSTICS stack = PG_CONTEXT;
                IF stack ~ 'erase_person\\(bigint,bigint,boolean\\)' AND now_is - words = was - words THEN
                    RETURN NEW;
                END IF;
                FOR field IN SELECT jsonb_object_keys(was) LOOP
                    IF now_is -> field <> was -> field
                        AND NOT (field = ANY(filled_once) AND coalesce(was ->> field, '') = '')
                    THEN
                        RAISE EXCEPTION '%.% is written once', TG_TABLE_NAME, field
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                END LOOP;
                RETURN NEW;
            END $$;
            CREATE TRIGGER volunteers_servicerecord_append_only BEFORE UPDATE OR DELETE ON volunteers_servicerecord
                FOR EACH ROW EXECUTE FUNCTION refuse_change_of_hours();
            """,
            """
            DROP TRIGGER volunteers_servicerecord_append_only ON volunteers_servicerecord;
            DROP FUNCTION refuse_change_of_hours();
            """,
        )
    ]
