from django.db import migrations


class Migration(migrations.Migration):
    """History is added, never edited."""

    dependencies = [("consultation", "0001_initial"), ("organisation", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER consultation_steprecord_append_only BEFORE UPDATE OR DELETE ON consultation_steprecord "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change();",
            "DROP TRIGGER consultation_steprecord_append_only ON consultation_steprecord;",
        ),
    ]
