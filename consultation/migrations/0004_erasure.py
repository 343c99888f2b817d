from django.db import migrations

# Where a name may stand in a text, and which rows of it are looked through: those that belong to a matter in which the
# person had a part, or to the person. What no line names is no text about people; tests/architecture tells. Tables of
# later migrations stand here too: the function looks for them when it is called.
_MATTER = "issue_id = ANY(matters)"
_ITEM = "item_id IN (SELECT id FROM consultation_agendaitem WHERE issue_id = ANY(matters))"
_DECISION = f"decision_id IN (SELECT id FROM consultation_decision WHERE {_ITEM})"
_TASK = "assignment_id IN (SELECT id FROM consultation_assignment WHERE issue_id = ANY(matters))"
_TEXTS: list[tuple[str, list[str], str]] = [
    ("consultation_issue", ["title", "said", "place_note"], "id = ANY(matters)"),
    ("consultation_voice", ["said"], _MATTER),
    ("consultation_steprecord", ["note"], _MATTER),
    ("consultation_visit", ["note"], f"{_MATTER} OR household_id = known.household_id"),
    ("consultation_hold", ["question", "answer"], _MATTER),
    ("consultation_issuelink", ["note"], f"{_MATTER} OR other_id = ANY(matters)"),
    ("consultation_proposal", ["suggestion"], _MATTER),
    ("consultation_listentry", ["hand_reason"], _MATTER),
    ("consultation_referral", ["question", "answer"], _MATTER),
    ("consultation_mediation", ["note"], _MATTER),
    ("consultation_supervision", ["question", "answer"], _MATTER),
    ("consultation_mandatoryreport", ["reported_to", "note"], _MATTER),
    ("consultation_ownersvote", ["question"], _MATTER),
    ("consultation_rating", ["reason"], _MATTER),
    ("consultation_openrating", ["said"], _MATTER),
    ("consultation_reopening", ["reason", "answer"], _MATTER),
    ("consultation_followup", ["note"], _MATTER),
    ("consultation_decision", ["text"], _ITEM),
    ("consultation_seatanswer", ["remark"], f"{_DECISION} OR given_by_id = erased"),
    ("consultation_dissent", ["text"], f"{_ITEM} OR attendance_id = ANY(seats)"),
    ("consultation_recusal", ["reason"], f"{_ITEM} OR attendance_id = ANY(seats)"),
    ("consultation_meeting", ["venue", "cancel_reason"], "id = ANY(meetings)"),
    (
        "consultation_minutesconfirmation",
        ["remark"],
        "person_id = erased OR minutes_id IN (SELECT id FROM consultation_minutes WHERE meeting_id = ANY(meetings))",
    ),
    ("consultation_assignment", ["task", "report"], _MATTER),
    ("consultation_assignmentreport", ["text"], f"{_TASK} OR by_id = erased OR is_name_of(handler_name, known.name)"),
    ("consultation_assignmentreturn", ["reason", "note"], _TASK),
    ("consultation_verification", ["note"], _TASK),
    ("consultation_nudge", ["words"], _TASK),
    ("notices_posting", ["title", "text"], "id = ANY(posted)"),
    (
        "notices_notice",
        ["title", "text", "chart", "title_en", "text_en", "chart_en", "sent_back", "withdrawn_why"],
        "true",
    ),
    ("notices_objection", ["text", "answer"], "posting_id = ANY(posted) OR is_name_of(name, known.name)"),
    ("consultation_signup", ["statement"], "meeting_id = ANY(meetings) OR is_name_of(name, known.name)"),
    (
        "consultation_care",
        ["note"],
        "household_id = known.household_id OR carer_id = erased OR is_name_of(consent_by, known.name)",
    ),
    (
        "volunteers_helprequest",
        ["text", "closed_why", "thanks"],
        # Who helped is thanked by name, by whoever asked.
        (
            "household_id = known.household_id OR recorded_by_id = erased OR is_name_of(asker_name, known.name) OR id IN "
            "(SELECT request_id FROM volunteers_helpoffer o JOIN volunteers_volunteer v ON v.id = o.volunteer_id "
            "WHERE v.person_id = erased)"
        ),
    ),
    ("volunteers_volunteer", ["about"], "true"),
    ("volunteers_team", ["about"], "true"),
    # Why somebody was honoured may name others too.
    ("volunteers_honour", ["reason", "family", "dropped_why", "reward", "reward_donor"], "true"),
    # Few rows, read by few: wherever the name stands.
    ("consultation_partyseat", ["body_name", "vacancy_reason"], "true"),
    ("consultation_scoringcorrection", ["reason"], "true"),
    ("organisation_sheetimport", ["file_name"], "true"),
    ("volunteers_activity", ["title", "text", "place", "cancelled_why", "summary"], "true"),
    ("volunteers_slot", ["name"], "true"),
    ("volunteers_programme", ["name", "about"], "true"),
    ("volunteers_partnerorganisation", ["name", "about"], "true"),
    ("volunteers_servicerecord", ["reason", "dispute", "dispute_answer"], "true"),
]
# Names that were typed by or for somebody without an entry of their own. A namesake cannot be told apart: both go.
_TYPED: list[tuple[str, str, str, str]] = [
    ("consultation_signup", "name", "door = ''", "statement"),
    ("notices_objection", "name", "", "text"),
    ("consultation_handlerlinkuse", "name", "", ""),
    ("consultation_assignmentreport", "handler_name", "", ""),
    ("consultation_responsiblebody", "contact_name", "contact_phone = ''", ""),
    ("consultation_mediation", "mediator", "", ""),
    ("volunteers_partnerorganisation", "contact_name", "contact_phone = ''", ""),
    ("consultation_care", "consent_by", "", ""),
    ("volunteers_helprequest", "asker_name", "asker_phone = '', household_id = NULL", "text"),
    ("volunteers_participation", "name", "phone = ''", ""),
]
_MAY_CHANGE = {
    "consultation_steprecord": "'note'",
    "consultation_assignmentreport": "'text', 'handler_name'",
    "consultation_handlerlinkuse": "'name'",
    "consultation_nudge": "'words'",
}


def _guarded(allowed: dict[str, str]) -> str:
    return "".join(
        f"DROP TRIGGER {table}_append_only ON {table};"
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change({columns});"
        for table, columns in allowed.items()
    )


def _in_texts() -> str:
    return "".join(
        f"UPDATE {table} SET {column} = without_person({column}, known.name, known.phone, "
        f"'{table}', '{column}') WHERE ({where}) AND {column} <> '' "
        f"AND without_person({column}, known.name, known.phone, '{table}', '{column}') <> {column};\n"
        for table, columns, where in _TEXTS
        for column in columns
    )


def _in_typed_names() -> str:
    lines = []
    for table, name, also, words in _TYPED:
        if words:
            lines.append(
                f"IF with_words THEN UPDATE {table} SET {words} = gone "
                f"WHERE {words} <> '' AND is_name_of({name}, known.name); END IF;\n"
            )
        emptied = ", ".join(part for part in (f"{name} = gone", also) if part)
        lines.append(f"UPDATE {table} SET {emptied} WHERE is_name_of({name}, known.name);\n")
    return "".join(lines)


class Migration(migrations.Migration):
    """Erasing a person (domain: Openness): personal fields are emptied, rows stay, and who did it is written down.

    The one statement that may touch history. Inside the compound's schema, so that its dump restores alone.
    """

    dependencies = [
        ("consultation", "0003_append_only"),
        ("organisation", "0004_erasure_may_change"),
        ("volunteers", "0002_ledger_guard"),
    ]

    operations = [
        migrations.RunSQL(
            _guarded(_MAY_CHANGE)
            + """
            -- A text with what stands for a name in its place, no longer than its column takes.
            CREATE FUNCTION without_person(words text, name text, phone text, in_table text, in_column text)
            RETURNS text LANGUAGE sql STABLE AS $$
                SELECT left(
                    replace(replace(words, name, '（已抹除）'), phone, '（已抹除）'),
                    (SELECT CASE WHEN atttypmod > 4 THEN atttypmod - 4 ELSE length(words) * 6 END FROM pg_attribute
                        WHERE attrelid = format('%I', in_table)::regclass AND attname = in_column)
                )
            $$;
            -- Whether a typed name is this one, alone or behind a door (3号楼201室张三); 张三丰 is not 张三.
            CREATE FUNCTION is_name_of(typed text, name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
                SELECT btrim(typed) = name OR right(btrim(typed), length(name) + 1) = ' ' || name
                    OR name = ANY(regexp_split_to_array(typed, '[[:space:][:punct:]0-9号楼栋幢室户元，、；：（）]+'))
            $$;

            CREATE FUNCTION erase_person(erased bigint, erased_by bigint, with_words boolean) RETURNS void
            LANGUAGE plpgsql AS $$
            DECLARE
                -- Stands in texts where the name stood, and where words stood that may not be empty.
                gone CONSTANT text := '（已抹除）';
                known organisation_person%ROWTYPE;
                matters bigint[];
                seats bigint[];
                meetings bigint[];
                posted bigint[];
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

                seats := ARRAY(SELECT id FROM consultation_attendance WHERE person_id = erased);
                matters := ARRAY(
                    SELECT id FROM consultation_issue
                        WHERE spoken_by_id = erased OR recorded_by_id = erased OR witnessed_by_id = erased
                    UNION SELECT issue_id FROM consultation_voice WHERE person_id = erased
                    UNION SELECT issue_id FROM consultation_rating WHERE given_by_id = erased
                    UNION SELECT issue_id FROM consultation_assignment
                        WHERE accepted_by_id = erased OR reported_by_id = erased
                    UNION SELECT issue_id FROM consultation_agendaitem WHERE meeting_id IN (
                        SELECT meeting_id FROM consultation_attendance WHERE id = ANY(seats)
                    )
                );
                matters := matters || ARRAY(
                    SELECT CASE WHEN issue_id = ANY(matters) THEN other_id ELSE issue_id END FROM consultation_issuelink
                        WHERE issue_id = ANY(matters) OR other_id = ANY(matters)
                );
                meetings := ARRAY(
                    SELECT meeting_id FROM consultation_attendance WHERE id = ANY(seats)
                    UNION SELECT meeting_id FROM consultation_invitation WHERE person_id = erased
                    UNION SELECT meeting_id FROM consultation_agendaitem WHERE issue_id = ANY(matters)
                );
                posted := ARRAY(
                    SELECT result_posting_id FROM consultation_assignment WHERE issue_id = ANY(matters)
                    UNION SELECT completion_posting_id FROM consultation_assignment WHERE issue_id = ANY(matters)
                    UNION SELECT posting_id FROM consultation_reopening WHERE issue_id = ANY(matters)
                    -- Few; they name whoever was scored, and anybody of whom a notice tells.
                    UNION SELECT id FROM notices_posting WHERE kind IN ('scoring', 'honour', 'notice')
                );

                IF with_words THEN
                    UPDATE consultation_issue SET said = gone WHERE spoken_by_id = erased;
                    UPDATE consultation_voice SET said = '' WHERE person_id = erased;
                    UPDATE consultation_reopening SET reason = gone
                        WHERE rating_id IN (SELECT id FROM consultation_rating WHERE given_by_id = erased);
                    UPDATE consultation_rating SET reason = gone WHERE given_by_id = erased AND reason <> '';
                    UPDATE consultation_dissent SET text = gone WHERE attendance_id = ANY(seats);
                    UPDATE consultation_recusal SET reason = gone WHERE attendance_id = ANY(seats);
                END IF;
            """
            # Before the names by which they are found are gone.
            + """
                -- Without whoever agreed, nobody looks in; and nothing of what it was for is kept.
                UPDATE consultation_care SET ended_on = greatest(begun_on, (now() AT TIME ZONE 'Asia/Shanghai')::date),
                        ended_as = 'withdrawn', ended_by_id = erased_by, reason = 'other', note = ''
                    WHERE ended_on IS NULL AND household_id = known.household_id AND is_name_of(consent_by, known.name);
                UPDATE consultation_care SET carer_id = NULL WHERE carer_id = erased AND ended_on IS NULL;
                -- A volunteer's entry is closed as if they took their consent back.
                UPDATE volunteers_teammember SET ends_on = greatest(starts_on, (now() AT TIME ZONE 'Asia/Shanghai')::date)
                    WHERE volunteer_id IN (SELECT id FROM volunteers_volunteer WHERE person_id = erased)
                    AND (ends_on IS NULL OR ends_on > (now() AT TIME ZONE 'Asia/Shanghai')::date);
                UPDATE volunteers_volunteer SET about = '', skills = '{}', free_times = '{}', takes_requests = false,
                        shows_identity = false, code_hash = '', code_given_at = NULL,
                        withdrawn_on = coalesce(
                            withdrawn_on, greatest(consented_on, (now() AT TIME ZONE 'Asia/Shanghai')::date))
                    WHERE person_id = erased;
            """
            + _in_texts()
            + _in_typed_names()
            + """
                -- A list of names is looked through wherever it stands.
                UPDATE consultation_mediation SET parties = left(replace(parties, known.name, gone), 300)
                    WHERE position(known.name IN parties) > 0;
                UPDATE consultation_responsiblebody SET contact_name = gone, contact_phone = ''
                    WHERE contact_phone <> '' AND contact_phone = known.phone;
                UPDATE volunteers_partnerorganisation SET contact_name = gone, contact_phone = ''
                    WHERE contact_phone <> '' AND contact_phone = known.phone;
                UPDATE volunteers_participation SET name = gone, phone = '' WHERE phone <> '' AND phone = known.phone;
                -- The door that a sender gave was never confirmed.
                UPDATE consultation_report SET household_id = NULL, may_call = false
                    WHERE issue_id IN (SELECT id FROM consultation_issue WHERE spoken_by_id = erased);

                UPDATE organisation_auditentry
                    SET about = CASE WHEN person_id = erased AND position(known.name IN about) = 0 THEN gone
                            ELSE left(replace(about, known.name, gone), 200) END,
                        facts = replace(facts::text, btrim(to_json(known.name)::text, '"'), gone)::jsonb
                    WHERE person_id = erased
                    OR (action = 'person.reveal_phone' AND about LIKE erased || ' %')
                    -- What was corrected in their matters keeps the old words.
                    OR about IN (SELECT number FROM consultation_issue WHERE id = ANY(matters))
                    OR action = 'scoring.correct' OR action LIKE 'notice.%' OR action LIKE 'activity.%' OR action LIKE 'team.%'
                    OR action LIKE 'honour.%'
                    -- Entries from before the column: those that end with the name.
                    OR (person_id IS NULL AND (about = known.name OR right(about, length(known.name) + 1) = ' ' || known.name));
                -- What people were told is read out of facts, among them titles and questions.
                UPDATE notices_reminder
                    SET facts = replace(replace(facts::text, btrim(to_json(known.name)::text, '"'), gone), known.phone, gone)::jsonb
                    WHERE position(btrim(to_json(known.name)::text, '"') IN facts::text) > 0
                    OR (known.phone <> '' AND position(known.phone IN facts::text) > 0);
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
                UPDATE public.accounts_invitation SET invited_by = gone WHERE invited_by = (
                    SELECT c.name || ' · ' || known.name FROM public.registry_compound c
                        WHERE c.schema_name = current_schema()
                );
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
            DROP FUNCTION is_name_of(text, text);
            DROP FUNCTION without_person(text, text, text, text, text);
            """
            + _guarded(dict.fromkeys(_MAY_CHANGE, "")),
        )
    ]
