"""The rows of one database, batch by batch, in one transaction."""

from django.db import transaction

from bench.databases import at
from bench.rows import Size, plans, write_cases
from bench.tasks import write_tasks
from bench.world import World
from investreview.rulebook.models import RuleSet

BATCH = 2000
SMALL = Size(cases=10_000, tasks=10_000)
LARGE = Size(cases=100_000, tasks=100_000)
FULL = Size(cases=1_000_000, tasks=1_000_000)


def fill(alias: str, world: World, size: Size) -> None:
    """The database ``alias`` has the cases and tasks of ``size``."""
    with at(alias), transaction.atomic(using=alias):
        rule_set = RuleSet.objects.get()
        everything = list(plans(world, size))
        for begin in range(0, len(everything), BATCH):
            batch = everything[begin : begin + BATCH]
            write_tasks(batch, write_cases(alias, batch, world, rule_set), size.tasks // size.cases)
