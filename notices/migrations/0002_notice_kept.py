from django.db import migrations


class Migration(migrations.Migration):
    """Once approved, a notice's words are fixed; once published, it is withdrawn at most; none is deleted.

    But for one function, as everywhere: erase_person() may take a name out of its words.
    """

    dependencies = [("notices", "0001_initial"), ("organisation", "0004_erasure_may_change")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION keep_notice() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                words CONSTANT text[] := ARRAY['title', 'text', 'chart', 'title_en', 'text_en', 'chart_en', 'sent_back',
                    'withdrawn_why'];
                ended CONSTANT text[] := ARRAY['readings', 'updated_at'];
                withdrawing CONSTANT text[] := ended || ARRAY['state', 'withdrawn_by_id', 'withdrawn_at',
                    'withdrawn_why', 'replaced'];
                deciding CONSTANT text[] := withdrawing || ARRAY['sent_back', 'approved_by_id', 'approved_at',
                    'published_by_id', 'published_at', 'starts_on', 'posting_id'];
                free text[];
                stack text;
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION 'a notice is not deleted' USING ERRCODE = 'restrict_violation';
                END IF;
                GET DIAGNOSTICS stack = PG_CONTEXT;
                IF stack ~ 'erase_person\\(bigint,bigint,boolean\\)' AND to_jsonb(NEW) - words = to_jsonb(OLD) - words THEN
                    RETURN NEW;
                END IF;
                IF OLD.state <> NEW.state AND NOT (OLD.state || ' ' || NEW.state) = ANY (ARRAY[
                    'draft approved', 'draft published', 'draft withdrawn', 'approved draft', 'approved published',
                    'approved withdrawn', 'published withdrawn'])
                THEN
                    RAISE EXCEPTION 'a notice does not go from % to %', OLD.state, NEW.state
                        USING ERRCODE = 'restrict_violation';
                END IF;
                free := CASE OLD.state WHEN 'approved' THEN deciding WHEN 'published' THEN withdrawing ELSE ended END;
                IF OLD.state <> 'draft' AND to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
                    RAISE EXCEPTION 'the words of a notice that is % are fixed', OLD.state
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER notices_notice_kept BEFORE UPDATE OR DELETE ON notices_notice
                FOR EACH ROW EXECUTE FUNCTION keep_notice();
            """,
            """
            DROP TRIGGER notices_notice_kept ON notices_notice;
            DROP FUNCTION keep_notice();
            """,
        )
    ]
