from django.db import migrations

# By table, the columns that erase_person() may change.
_APPEND_ONLY = {
    "consultation_scoringcorrection": "'reason'",
    "consultation_award": "",
}
_WHILE_OPEN = ["consultation_scorer", "consultation_scoringsubject", "consultation_tally"]


class Migration(migrations.Migration):
    """What a scoring found never changes; a round never goes back; who scored stays who scored (docs/adr/0020)."""

    dependencies = [("consultation", "0005_published_lists"), ("organisation", "0004_erasure_may_change")]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_change({columns});",
                f"DROP TRIGGER {table}_append_only ON {table};",
            )
            for table, columns in _APPEND_ONLY.items()
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION refuse_unless_scoring_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                row_of record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            BEGIN
                IF EXISTS (SELECT FROM consultation_scoringround WHERE id = row_of.round_id AND state <> 'open') THEN
                    RAISE EXCEPTION 'the scoring is not open: % stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
                END IF;
                IF TG_TABLE_NAME = 'consultation_scorer' AND TG_OP = 'UPDATE' THEN
                    IF OLD.scored AND NOT NEW.scored OR OLD.person_id <> NEW.person_id OR OLD.round_id <> NEW.round_id THEN
                        RAISE EXCEPTION 'who has scored has scored' USING ERRCODE = 'restrict_violation';
                    END IF;
                END IF;
                RETURN row_of;
            END $$;

            CREATE FUNCTION keep_scoring_round() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                way CONSTANT text[] := ARRAY['open', 'frozen', 'posted', 'awarded'];
                passing CONSTANT text[] := ARRAY['state', 'nonce', 'posting_id', 'awarded_at', 'noted_by_id'];
                freezing CONSTANT text[] := passing || ARRAY['frozen_at', 'sheets', 'mean_of_all'];
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION 'a scoring is not deleted' USING ERRCODE = 'restrict_violation';
                END IF;
                IF NEW.state <> OLD.state
                    AND array_position(way, NEW.state::text) IS DISTINCT FROM array_position(way, OLD.state::text) + 1
                THEN
                    RAISE EXCEPTION 'a scoring goes from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
                END IF;
                IF OLD.state = 'open' AND to_jsonb(NEW) - freezing <> to_jsonb(OLD) - freezing
                    OR OLD.state <> 'open' AND to_jsonb(NEW) - passing <> to_jsonb(OLD) - passing
                    OR OLD.posting_id IS NOT NULL AND NEW.posting_id <> OLD.posting_id
                    OR OLD.awarded_at IS NOT NULL AND NEW.awarded_at <> OLD.awarded_at
                THEN
                    RAISE EXCEPTION 'what a scoring was opened with and what it found stays'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER consultation_scoringround_kept BEFORE UPDATE OR DELETE ON consultation_scoringround
                FOR EACH ROW EXECUTE FUNCTION keep_scoring_round();
            """,
            """
            DROP TRIGGER consultation_scoringround_kept ON consultation_scoringround;
            DROP FUNCTION keep_scoring_round();
            DROP FUNCTION refuse_unless_scoring_is_open();
            """,
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_while_open BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_unless_scoring_is_open();",
                f"DROP TRIGGER {table}_while_open ON {table};",
            )
            for table in _WHILE_OPEN
        ),
    ]
