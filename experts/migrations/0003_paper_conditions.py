"""The conditions of a panel that concluded on paper before its case was taken over are tracked, too."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def track_paper_conditions(apps, schema_editor):
    """Cases that were taken over before have their conditions; a term that no delivery began is not given afterwards."""
    condition, case = apps.get_model("experts", "Condition"), apps.get_model("projects", "Case")
    taken = case.objects.filter(taken_over_on__isnull=False, panel_conclusion="CONDITIONAL")
    for one in taken.only("panel_summary"):
        if "opinion_number" in one.panel_summary:
            texts = list(dict.fromkeys(one.panel_summary.get("conditions", ())))
            condition.objects.bulk_create(
                condition(case=one, ordinal=ordinal, text=text, version=1) for ordinal, text in enumerate(texts, 1)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("experts", "0002_condition_terms"),
        ("projects", "0014_takeover_numbers"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="condition",
            options={
                "ordering": ["opinion", "case", "ordinal"],
                "verbose_name": "论证条件",
                "verbose_name_plural": "论证条件",
            },
        ),
        migrations.AddField(
            model_name="condition",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_conditions",
                to="projects.case",
            ),
        ),
        migrations.AlterField(
            model_name="condition",
            name="opinion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conditions",
                to="experts.panelopinion",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.UniqueConstraint(
                fields=["case", "ordinal"], condition=Q(case__isnull=False), name="paper_condition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                name="condition_is_of_one_panel",
                condition=Q(opinion__isnull=False, case__isnull=True) | Q(opinion__isnull=True, case__isnull=False),
            ),
        ),
        migrations.RunPython(track_paper_conditions, migrations.RunPython.noop),
    ]
