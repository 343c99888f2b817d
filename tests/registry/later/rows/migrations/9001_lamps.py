from django.db import migrations, models

from tests.registry.later import latest


def light(apps, schema_editor):
    """Rows that refer to each other by ids just given."""
    lamp = apps.get_model("organisation", "Lamp")
    first = lamp.objects.create(name="南门 100%")
    lamp.objects.create(name="it's second", beside=first)


class Migration(migrations.Migration):
    dependencies = [latest()]

    operations = [
        migrations.CreateModel(
            "Lamp",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=20)),
                ("beside", models.ForeignKey("organisation.lamp", models.PROTECT, null=True)),
            ],
        ),
        migrations.RunPython(light),
        migrations.RunSQL(
            [
                ("INSERT INTO organisation_lamp (name, beside_id) VALUES (%s, 2)", ["by SQL"]),
                "SELECT setval('organisation_lamp_id_seq', 10)",
            ]
        ),
    ]
