from django.db import migrations


class Migration(migrations.Migration):
    """Trigram search and exclusion constraints, in public so that every compound's schema finds them."""

    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;"
            "CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;",
            migrations.RunSQL.noop,
        )
    ]
