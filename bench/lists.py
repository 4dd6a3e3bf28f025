"""The list of cases: first page and deep page on few and on many cases, and how many queries a page takes."""

from collections.abc import Iterator

from django.db import connections
from django.test.utils import CaptureQueriesContext

from bench.databases import at
from bench.measure import interleave
from bench.rows import Size
from bench.table import Row, counted, timed
from bench.world import NOW, World
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.desk.selectors.case_list import CasePageOfList, list_cases
from investreview.desk.selectors.viewing import Viewer
from investreview.projects.models import Case

FEW, MANY = 10, 50
GROWTH_GOAL, DEPTH_GOAL, QUERY_GOAL = 1.5, 1.3, 12


def measure(world: World, small: Size, large: Size) -> Iterator[Row]:
    """Four rows: growth of the first and of a deep page, depth against first, and queries."""
    person = world.cast["officer"].pk
    deep = {alias: _key_after(alias, MANY) for alias in ("small", "large")}
    yield timed(
        key="cases_first",
        figure=f"办件列表首页，{large.cases:,} 件",
        goal=GROWTH_GOAL,
        pairs=interleave(lambda: _page("large", person, 0), lambda: _page("small", person, 0)),
        baseline=f"{small.cases:,} 件",
    )
    yield timed(
        key="cases_deep",
        figure=f"办件列表末页，{large.cases:,} 件",
        goal=GROWTH_GOAL,
        pairs=interleave(lambda: _page("large", person, deep["large"]), lambda: _page("small", person, deep["small"])),
        baseline=f"{small.cases:,} 件",
    )
    yield timed(
        key="cases_depth",
        figure=f"办件列表末页，{large.cases:,} 件",
        goal=DEPTH_GOAL,
        pairs=interleave(lambda: _page("large", person, deep["large"]), lambda: _page("large", person, 0)),
        baseline="首页 first page",
    )
    few, many = _queries(person, FEW), _queries(person, MANY)
    yield counted(
        key="cases_queries",
        figure=f"办件列表查询数，{MANY} 行",
        goal=QUERY_GOAL,
        value=many,
        unit="SQL",
        baseline=f"{FEW} 行: {few} SQL",
        note="scope of the person and page; not the frame around it",
    )


def _page(alias: str, person: int, before: int) -> CasePageOfList:
    with at(alias):
        user = User.objects.get(pk=person)
        return list_cases(Viewer(user=user, scope=scope_of(user, NOW), at=NOW), before=before)


def _key_after(alias: str, rows: int) -> int:
    """The key before which exactly ``rows`` cases of the bulk are left."""
    oldest = Case.objects.using(alias).order_by("pk").values_list("pk", flat=True)
    key: int = oldest[rows]
    return key


def _queries(person: int, rows: int) -> int:
    """How many statements a page of ``rows`` rows takes."""
    before = _key_after("large", rows)
    with CaptureQueriesContext(connections["large"]) as captured:
        page = _page("large", person, before)
    if len(page.rows) != rows:
        raise ValueError(f"the page has {len(page.rows)} rows instead of {rows}")
    return len(captured)
