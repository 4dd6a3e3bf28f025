"""A register number of a take-over is given once in a commission and year."""

import re

from django.db import migrations, models
from django.db.models import Q

from investreview.projects.past.rules import number_key

_YEAR = re.compile(r"\d{4}")


def fill_numbers(apps, schema_editor):
    """Every take-over has the key and the year of its number; of two with one number the later has a key of its own."""
    seen = set()
    takeovers = apps.get_model("projects", "Takeover").objects
    for takeover in takeovers.order_by("pk").only("commission", "paper_number", "payload", "as_of_on", "rejected_reason"):
        told = _YEAR.search(str(takeover.payload.get("released_on", "")))
        year = int(told[0]) if told else takeover.as_of_on.year
        key = number_key(takeover.paper_number) or f"#{takeover.pk}"
        if not takeover.rejected_reason:
            if (takeover.commission_id, year, key) in seen:
                key = f"{key[:40]}#{takeover.pk}"
            seen.add((takeover.commission_id, year, key))
        takeovers.filter(pk=takeover.pk).update(number_key=key, register_year=year)


class Migration(migrations.Migration):
    dependencies = [("projects", "0013_submission_steps")]

    operations = [
        migrations.AddField(
            model_name="takeover",
            name="number_key",
            field=models.CharField(default="", max_length=60, verbose_name="原收文（办件）号（归一）"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="takeover",
            name="register_year",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="收文年度"),
            preserve_default=False,
        ),
        migrations.RunPython(fill_numbers, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.UniqueConstraint(
                fields=["commission", "register_year", "number_key"],
                condition=Q(rejected_reason=""),
                name="takeover_number_once_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.CheckConstraint(name="takeover_number_is_told", condition=~Q(number_key="")),
        ),
    ]
