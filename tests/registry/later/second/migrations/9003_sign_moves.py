from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "9002_sign_again")]

    operations = [
        migrations.AlterField("unit", "sign", models.CharField(max_length=90, db_default="")),
        migrations.RenameField("unit", "sign", "plate"),
    ]
