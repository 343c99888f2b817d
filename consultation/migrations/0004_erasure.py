from django.db import migrations


class Migration(migrations.Migration):
    """Erasing a person (domain: Openness): personal fields are emptied, rows stay, and who did it is written down.

    The one statement that may touch history. Inside the compound's schema, so that its dump restores alone.
    """

    dependencies = [("consultation", "0003_append_only"), ("organisation", "0004_erasure_may_change")]

    operations = [
        migrations.RunSQL(
            """
            DROP TRIGGER consultation_steprecord_append_only ON consultation_steprecord;
            CREATE TRIGGER consultation_steprecord_append_only BEFORE UPDATE OR DELETE ON consultation_steprecord
                FOR EACH ROW EXECUTE FUNCTION refuse_change('note');

            CREATE FUNCTION erase_person(erased bigint, erased_by bigint, with_words boolean) RETURNS void
            LANGUAGE plpgsql AS $$
            DECLARE
                -- Stands in texts where the name stood, and where words stood that may not be empty.
                gone CONSTANT text := '（已抹除）';
                known organisation_person%ROWTYPE;
            BEGIN
                SELECT * INTO STRICT known FROM organisation_person WHERE id = erased FOR UPDATE;
                IF known.erased_at IS NOT NULL THEN
                    RAISE EXCEPTION 'person % is erased', erased USING ERRCODE = 'restrict_violation';
                END IF;
                IF EXISTS (
                    SELECT FROM organisation_post WHERE person_id = erased
                        AND (ends_on IS NULL OR ends_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
                ) THEN
                    RAISE EXCEPTION 'person % holds a post', erased USING ERRCODE = 'restrict_violation';
                END IF;

                UPDATE consultation_steprecord SET note = replace(note, known.name, gone)
                    WHERE position(known.name IN note) > 0
                    AND issue_id IN (
                        SELECT id FROM consultation_issue WHERE spoken_by_id = erased
                        UNION SELECT issue_id FROM consultation_voice WHERE person_id = erased
                    );
                UPDATE consultation_issue
                    SET title = left(replace(title, known.name, gone), 80), said = replace(said, known.name, gone)
                    WHERE spoken_by_id = erased
                    OR id IN (SELECT issue_id FROM consultation_voice WHERE person_id = erased);
                UPDATE consultation_voice SET said = left(replace(said, known.name, gone), 500) WHERE person_id = erased;
                UPDATE consultation_rating SET reason = left(replace(reason, known.name, gone), 500)
                    WHERE given_by_id = erased;
                UPDATE consultation_visit SET note = left(replace(note, known.name, gone), 500)
                    WHERE household_id = known.household_id AND position(known.name IN note) > 0;
                IF with_words THEN
                    UPDATE consultation_issue SET said = gone WHERE spoken_by_id = erased;
                    UPDATE consultation_voice SET said = '' WHERE person_id = erased;
                    UPDATE consultation_rating SET reason = gone WHERE given_by_id = erased AND reason <> '';
                END IF;

                UPDATE organisation_auditentry
                    SET about = replace(about, known.name, gone),
                        facts = replace(facts::text, btrim(to_json(known.name)::text, '"'), gone)::jsonb
                    WHERE person_id = erased
                    -- Entries from before the column: those that end with the name.
                    OR (person_id IS NULL AND (about = known.name OR right(about, length(known.name) + 1) = ' ' || known.name));
                UPDATE organisation_sheetimport SET content = NULL WHERE content IS NOT NULL;

                -- A login that opens more than this compound is not this compound's to close.
                IF known.user_id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM public.registry_membership m JOIN public.registry_compound c ON c.id = m.compound_id
                        WHERE m.user_id = known.user_id AND c.schema_name <> current_schema()
                ) AND NOT EXISTS (SELECT FROM public.registry_staff WHERE user_id = known.user_id) THEN
                    UPDATE public.accounts_user
                        SET username = 'closed-' || id, display_name = '', email = '', password = '!', is_active = false
                        WHERE id = known.user_id AND NOT is_staff AND NOT is_superuser;
                END IF;
                UPDATE organisation_person
                    SET name = gone, phone = '', household_id = NULL, user_id = NULL, erased_at = now(),
                        updated_at = now()
                    WHERE id = erased;
                INSERT INTO organisation_auditentry (at, by_id, action, about, person_id, facts)
                    VALUES (now(), erased_by, 'person.erase', gone, erased, jsonb_build_object('words', with_words));
            END $$;
            """,
            """
            DROP FUNCTION erase_person(bigint, bigint, boolean);
            DROP TRIGGER consultation_steprecord_append_only ON consultation_steprecord;
            CREATE TRIGGER consultation_steprecord_append_only BEFORE UPDATE OR DELETE ON consultation_steprecord
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            """,
        )
    ]
