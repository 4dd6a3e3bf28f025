"""What ``gather`` gives is what Django reads by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import BinaryField, Count, F, Model, Prefetch, QuerySet

from investreview.accounts.models import User
from investreview.core.gathering import gather, gather_related
from investreview.journal.models import Entry
from investreview.projects.models import Case, MaterialVersion, Opinion
from tests.world import World, drive, found_world
from workflows.models import WorkItem

pytestmark = pytest.mark.both_databases


@pytest.fixture
def case(db: None) -> Case:
    return drive(found_world(), "acknowledged")


def told(row: Any, depth: int = 3) -> Any:
    """Everything a row holds, with what was read along."""
    if not isinstance(row, Model) or not depth:
        return row
    state = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return type(row), state, {name: told(value, depth - 1) for name, value in row._state.fields_cache.items()}


def without_bytes(model: type[Model]) -> QuerySet[Any]:
    bytes_of = [field.name for field in model._meta.concrete_fields if isinstance(field, BinaryField)]
    return model._default_manager.order_by("pk").defer(*bytes_of)


def test_every_table_of_the_house_reads_as_alone(case: Case) -> None:
    models = [model for model in apps.get_models() if model._default_manager.exists()]
    gathered = [without_bytes(model) for model in models]
    gather(*gathered)
    assert {model: [told(row) for row in rows] for model, rows in zip(models, gathered, strict=True)} == {
        model: [told(row) for row in without_bytes(model)] for model in models
    }
    assert len(models) > 40


def lists(case: Case) -> list[Callable[[], QuerySet[Any, Any]]]:
    steps = WorkItem.objects.filter(case=case)
    return [
        lambda: steps.select_related("task", "case__project", "case__declaration", "assignee__office"),
        lambda: Opinion.objects.filter(case=case).select_related("author", "paper__entered_by").order_by("-at", "-pk"),
        lambda: Entry.objects.order_by("-at", "-pk").defer("content").select_related("seal")[:5],
        lambda: steps.annotate(project=F("case__project__name")).order_by("project", "-pk").only("node", "state"),
        lambda: User.objects.values_list("username", "commission__code").order_by("-username")[2:7],
        lambda: steps.values("node").annotate(count=Count("pk")).order_by("-node"),
        lambda: steps.values_list("node", flat=True).order_by("-pk"),
        lambda: Permission.objects.select_related("content_type"),
        lambda: Case.objects.none(),
        lambda: Group.objects.filter(pk__in=[]),
    ]


def test_lists_of_every_shape_read_as_alone_and_in_their_order(case: Case, django_assert_num_queries: Any) -> None:
    gathered = [build() for build in lists(case)]
    with django_assert_num_queries(1):
        gather(*gathered)
        found = [[told(row) for row in rows] for rows in gathered]
    assert found == [[told(row) for row in build()] for build in lists(case)]


def test_related_lists_are_those_of_prefetching(case: Case, django_assert_num_queries: Any) -> None:
    lookups = (
        "clock_stops",
        "declaration__phases",
        Prefetch("opinions", Opinion.objects.select_related("author")),
        Prefetch("materials", MaterialVersion.objects.filter(file__isnull=False).select_related("file")),
    )
    usual = Case.objects.select_related("declaration").prefetch_related(*lookups).get(pk=case.pk)
    one = Case.objects.select_related("declaration").get(pk=case.pk)
    beside = Entry.objects.defer("content").order_by("pk")
    with django_assert_num_queries(1):
        gather_related(one, *lookups, beside=[beside])
        assert len(one.clock_stops.all()) == len(usual.clock_stops.all())
        assert [told(each)[1] for each in one.declaration.phases.all()] == [
            told(each)[1] for each in usual.declaration.phases.all()
        ]
        for name in ("opinions", "materials"):
            assert [told(each)[1] for each in getattr(one, name).all()] == [
                told(each)[1] for each in getattr(usual, name).all()
            ]
        assert one.opinions.all()[0].case is one
        assert len(beside) > 5


def test_nothing_is_asked_for_what_holds_no_row(db: None, django_assert_num_queries: Any) -> None:
    nothing = Case.objects.none()
    with django_assert_num_queries(0):
        gather(nothing)
        gather()
        assert list(nothing) == []


def test_bytes_and_rows_without_an_order_of_their_own_are_refused(db: None) -> None:
    with pytest.raises(TypeError, match="BinaryField does not go through JSON"):
        gather(Entry.objects.all())
    for rows in (User.objects.distinct(), User.objects.order_by("pk").reverse()):
        with pytest.raises(ValueError, match="rows are numbered in their order"):
            gather(rows)


def test_quotes_null_and_long_text_survive(world_person: User) -> None:
    rows = User.objects.filter(pk=world_person.pk)
    gather(rows)
    assert rows[0].full_name == world_person.full_name
    assert rows[0].office is None


@pytest.fixture
def world_person(db: None) -> User:
    world: World = found_world()
    person: User = world.director
    person.full_name = "“引号”'\"\\ {%s} 100% \t𠮷"
    person.save()
    return person
