"""Stored names of procedures and steps lead into the code, or ``manage.py check`` says which do not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.world import World, drive
from workflows.checks import check_stored_names, unresolved_names
from workflows.review.flow import ReviewFlow

FROZEN = [
    "acknowledge", "after_afresh", "after_check", "after_finalise", "after_release", "after_remedy",
    "after_score", "all_answered", "all_finalised", "all_scored", "all_signed", "announce_draw", "ask_again",
    "ask_experts", "ask_offices", "ask_signatures", "begin", "check", "check_completeness", "convene",
    "countersign", "deferral", "deliver", "draft_opinion", "draw_numbers", "end", "finalise", "freeze_draw",
    "goes_on", "meeting", "meeting_of_experts", "next_step", "opinion", "refill", "refill_late", "release",
    "remedy_check", "remedy_deliver", "remedy_draft", "remedy_sign", "revise", "score", "score_afresh", "sign",
    "sign_panel_opinion", "taken_over", "wording",
]  # fmt: skip
"""The nodes of the review as the rows of running cases keep them; a changed procedure is a class beside it."""


def _rename(table: str, column: str, old: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = REPLACE({column}, %s, %s)", [old, new])


def test_the_stored_names_of_the_review_are_frozen() -> None:
    assert (ReviewFlow.__module__, ReviewFlow.__name__) == ("workflows.review.flow", "ReviewFlow")
    assert sorted(node.name for node in ReviewFlow.instance.nodes()) == FROZEN


def test_every_name_a_whole_case_has_stored_resolves(world: World) -> None:
    drive(world, "acknowledged")
    assert unresolved_names("default") == []
    call_command("check", databases=["default"])


@pytest.mark.parametrize(
    ("table", "column", "old", "new", "lost"),
    [
        ("viewflow_task", "flow_task", ".opinion", ".judge", ["workflows/review.flow.ReviewFlow.judge"]),
        ("viewflow_process", "flow_class", "ReviewFlow", "OldFlow", ["workflows/review.flow.OldFlow"]),
        ("viewflow_process", "flow_class", "review.flow", "old.flow", ["workflows/old.flow.ReviewFlow"]),
        ("viewflow_process", "flow_class", "workflows/", "procedures/", ["procedures/review.flow.ReviewFlow"]),
        ("viewflow_process", "flow_class", "workflows/", "", ["review.flow.ReviewFlow"]),
        ("viewflow_process", "flow_class", "ReviewFlow", "PersonTask", ["workflows/review.flow.PersonTask"]),
    ],
)
def test_a_name_that_leads_nowhere_is_named(
    world: World, table: str, column: str, old: str, new: str, lost: list[str]
) -> None:
    drive(world, "proposed")
    _rename(table, column, old, new)
    assert unresolved_names("default") == lost
    (error,) = check_stored_names(databases=["default"])
    assert (error.id, repr(lost[0]) in error.msg) == ("workflows.E001", True)
    with pytest.raises(CommandError):
        call_command("check", databases=["default"])


def test_without_a_database_nothing_is_asked() -> None:
    assert check_stored_names(databases=None) == []
