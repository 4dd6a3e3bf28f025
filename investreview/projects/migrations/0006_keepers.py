from django.db import migrations, models


def keep_own_promises(apps, schema_editor):
    """Until now whoever noted a call kept what was promised in it."""
    apps.get_model("projects", "PhoneNote").objects.update(keeper=models.F("noted_by"))


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_mistakes")]

    operations = [migrations.RunPython(keep_own_promises, migrations.RunPython.noop)]
