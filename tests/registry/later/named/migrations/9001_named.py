from django.db import connection, migrations

from tests.registry.later import latest


class Where(migrations.RunSQL):
    """An operation of somebody's own, whose SQL names the schema it runs in."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute(f"CREATE TABLE {connection.schema_name}.organisation_where AS SELECT 1 AS id")


class Migration(migrations.Migration):
    dependencies = [latest()]

    operations = [Where("")]
