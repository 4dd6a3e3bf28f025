from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0002_panels'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedfile',
            name='is_of_panel',
            field=models.BooleanField(default=False, verbose_name='专家论证材料'),
        ),
    ]
