from django.db import migrations


class Migration(migrations.Migration):
    """A published edition never changes: neither it nor its entries, and none is added. Drafts are free.

    But for one function, as everywhere: erase_person() may take a name out of the reason for a move by hand.
    """

    dependencies = [("consultation", "0004_erasure")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION refuse_change_of_published_list() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                published boolean;
                stack text;
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    GET DIAGNOSTICS stack = PG_CONTEXT;
                    IF stack ~ 'erase_person\\(bigint,bigint,boolean\\)'
                        AND to_jsonb(NEW) - 'hand_reason' = to_jsonb(OLD) - 'hand_reason'
                    THEN
                        RETURN NEW;
                    END IF;
                END IF;
                EXECUTE format('SELECT bool_or(published_at IS NOT NULL) FROM %I.consultation_issuelist '
                               'WHERE id IN ($1, $2)', TG_TABLE_SCHEMA)
                INTO published
                USING CASE WHEN TG_OP <> 'INSERT' THEN OLD.issue_list_id END,
                      CASE WHEN TG_OP <> 'DELETE' THEN NEW.issue_list_id END;
                IF published THEN
                    RAISE EXCEPTION 'a published issue list never changes' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            CREATE TRIGGER consultation_listentry_published
                BEFORE INSERT OR UPDATE OR DELETE ON consultation_listentry
                FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_list();
            CREATE TRIGGER consultation_issuelist_published
                BEFORE UPDATE OR DELETE ON consultation_issuelist
                FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
            """,
            """
            DROP TRIGGER consultation_issuelist_published ON consultation_issuelist;
            DROP TRIGGER consultation_listentry_published ON consultation_listentry;
            DROP FUNCTION refuse_change_of_published_list();
            """,
        )
    ]
