from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("organisation", "0001_initial")]

    operations = [
        # What the seed plants in new compounds, for those that are there: each has one branch in its tree.
        migrations.RunSQL(
            """
            INSERT INTO notices_spot (created_at, updated_at, kind, name, active)
                SELECT branch.created_at, branch.created_at, first.kind, first.name, true
                FROM organisation_unit branch,
                    (VALUES (1, 'notice_board', '公告栏'), (2, 'wechat_group', '居民微信群')) first (n, kind, name)
                WHERE branch.level = 2
                ORDER BY first.n
            """,
            migrations.RunSQL.noop,
        ),
    ]
