"""A case keeps when it was first released: by that day it is late or on time, whatever was supplemented later."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least


def fill_first_release(apps, schema_editor):
    """The first submission that was not recalled; of a case that was taken over, what two people stated."""
    case, submission = apps.get_model("projects", "Case"), apps.get_model("projects", "Submission")
    sent = submission.objects.filter(case=OuterRef("pk"), recalled_at__isnull=True).order_by("ordinal")
    first = Coalesce(Subquery(sent.values("released_at")[:1]), F("released_at"))
    case.objects.filter(released_at__isnull=False).update(first_released_at=Least(first, F("released_at")))


class Migration(migrations.Migration):
    dependencies = [("projects", "0014_takeover_numbers")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="first_released_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="首次报送时间"),
        ),
        migrations.RunPython(fill_first_release, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                name="first_released_before_released_again",
                condition=Q(released_at__isnull=True, first_released_at__isnull=True)
                | Q(released_at__isnull=False, first_released_at__isnull=False, first_released_at__lte=F("released_at")),
            ),
        ),
    ]
