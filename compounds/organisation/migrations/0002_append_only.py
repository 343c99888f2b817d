from django.db import migrations


class Migration(migrations.Migration):
    """History is added, never edited. The function stands in each compound's schema, so that its dump restores alone."""

    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER organisation_auditentry_append_only BEFORE UPDATE OR DELETE ON organisation_auditentry
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            """,
            """
            DROP TRIGGER organisation_auditentry_append_only ON organisation_auditentry;
            DROP FUNCTION refuse_change();
            """,
        )
    ]
