from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0064_rating_links"),
    ]

    operations = [
        migrations.DeleteModel(
            name="IssueNumber",
        ),
    ]
