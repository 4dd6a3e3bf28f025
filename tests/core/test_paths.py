"""``path__within`` finds a body and what is below it, never its neighbours."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Value

from investreview.registry.models import Enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("LYG/0009/", True),
        ("LYG/0009/0001/", True),
        ("LYG/0009/0001/0002/", True),
        ("LYG/0009", False),
        ("LYG/00090/", False),
        ("LYG/0009.", False),
        ("LYG/00090", False),
        ("LYG/0008/", False),
        ("LYG/0010/", False),
        ("LYG/", False),
        ("lyg/0009/", False),
        ("LYG_0009/", False),
        ("LYG/0009/海州/", True),
        ("", False),
    ],
)
def test_a_body_and_what_is_below_it_are_found(path: str, is_found: bool) -> None:
    here = ContentType.objects.annotate(path=Value(path, CharField()))

    assert here.filter(path__within="LYG/0009/").exists() is is_found
    assert here.exclude(path__within="LYG/0009/").exists() is not is_found


@pytest.mark.parametrize("path", ["", "LYG", "LYG/0009"])
def test_what_is_no_path_of_a_body_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is not the path of a body"):
        ContentType.objects.annotate(path=Value("LYG/", CharField())).filter(path__within=path)


def test_an_index_finds_them_on_sqlite(on_postgres: bool) -> None:
    plan = Enterprise.objects.filter(path__within="LYG/0009/").order_by().explain()

    assert on_postgres or "(path>? AND path<?)" in plan, plan
