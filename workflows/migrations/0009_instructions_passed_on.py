"""Instructions are handed over with everything else a person holds, and reminded of before they are due."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0014_takeover_numbers'),
        ('workflows', '0008_reminders_ahead'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='escalation',
            name='case_escalates_once',
        ),
        migrations.RemoveConstraint(
            model_name='handoverline',
            name='handover_line_moves_something',
        ),
        migrations.AddField(
            model_name='escalation',
            name='instruction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.instruction'),
        ),
        migrations.AddField(
            model_name='handoverline',
            name='instruction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.instruction'),
        ),
        migrations.AlterField(
            model_name='escalation',
            name='clock',
            field=models.CharField(choices=[('STEP', '本环节'), ('WHOLE', '全程'), ('SUPPLEMENT', '补正'), ('CONDITION', '论证条件'), ('INSTRUCTION', '批示')], max_length=12, verbose_name='期限'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(condition=models.Q(('instruction__isnull', True), ('item__isnull', True)), fields=('case', 'level', 'clock', 'due_on'), name='case_escalates_once'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(condition=models.Q(('instruction__isnull', False)), fields=('instruction', 'level', 'due_on'), name='instruction_escalates_once'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clock', 'INSTRUCTION'), ('instruction__isnull', False), ('item__isnull', True)), models.Q(models.Q(('clock', 'INSTRUCTION'), _negated=True), ('instruction__isnull', True)), _connector='OR'), name='escalation_of_an_instruction_names_it'),
        ),
        migrations.AddConstraint(
            model_name='handoverline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('instruction__isnull', True), ('item__isnull', True), ('kind', 'PROMISE'), ('note__isnull', False), ('part', '')), models.Q(('instruction__isnull', False), ('item__isnull', True), ('kind', 'INSTRUCTION'), ('note__isnull', True), ('part', '')), models.Q(models.Q(('kind__in', ['INSTRUCTION', 'PROMISE']), _negated=True), ('instruction__isnull', True), ('note__isnull', True), models.Q(('item__isnull', False), models.Q(('part', ''), _negated=True), _connector='OR')), _connector='OR'), name='handover_line_moves_something'),
        ),
    ]
