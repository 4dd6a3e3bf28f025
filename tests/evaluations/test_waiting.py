"""What of post-evaluation stands on whose home desk, from the freeze to the acknowledgement."""

from django.urls import reverse

from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.selectors.waiting import waiting_steps
from investreview.evaluations.services.notices import draft_notices
from investreview.evaluations.services.sampling import announce_year
from investreview.evaluations.services.years import add_project, leave_out
from investreview.projects.permissions import scope_of
from tests.desk.people import browser
from tests.evaluations import house
from tests.evaluations.house import AT, acting, finished, frozen, numbered, opened
from tests.evaluations.test_notices import act, stood_in_for
from tests.world import STAFF, Role, World

PEOPLE = (*STAFF, *house.PEOPLE, "group_releaser", "sub_drafter", "other_releaser")


def waiting(world: World) -> dict[str, list[str]]:
    """By person, the steps that wait for them."""
    found = {
        who: [one.step for one in waiting_steps(user=user, scope=scope_of(user, AT), at=AT)]
        for who, user in ((who, world.people[who]) for who in PEOPLE)
    }
    return {who: steps for who, steps in found.items() if steps}


def test_each_step_waits_for_the_person_who_does_it(world: World) -> None:
    finished(world, "一（示例）")
    assert waiting(world) == {}
    opened(world)
    assert waiting(world) == {"draw_operator": ["核对抽样方法并封存范围"]}
    year = frozen(world)
    assert waiting(world) == {"draw_operator": ["宣布封存摘要"]}
    announce_year(acting=acting(world.draw_operator), year_id=year.pk, at=AT)
    assert waiting(world) == {"draw_supervisor": ["录入摸出的十个数字"]}
    numbered(world, year)
    assert waiting(world) == {"evaluation_officer": ["起草抽查通知"]}
    (notice,) = draft_notices(acting=acting(world.evaluation_officer), year_id=year.pk, at=AT)
    assert waiting(world) == {"evaluation_officer": ["核对并送审"]}
    notice = act(world, notice, "HANDED_IN")
    stood_in_for(world, world.head, world.finance, Role.OFFICE_HEAD)
    assert waiting(world) == {"head": ["审核"], "finance": ["审核"]}
    notice = act(world, notice, "CHECKED")
    assert waiting(world) == {"deputy": ["签发"], "deputy2": ["签发"]}
    notice = act(world, notice, "SIGNED")
    assert waiting(world) == {"document_officer": ["用印送达"]}
    notice = act(world, notice, "DELIVERED")
    assert waiting(world) == {"group_releaser": ["签收"]}
    act(world, notice, "ACKNOWLEDGED")
    assert waiting(world) == {}
    assert EvaluationYear.objects.get().notices.count() == 1


def test_a_year_without_anything_to_draw_from_waits_for_nobody(world: World) -> None:
    project = finished(world, "一（示例）")
    later = finished(world, "二（示例）", accepted=None)
    year = opened(world)
    officer = acting(world.evaluation_officer)
    leave_out(acting=officer, year_id=year.pk, version=None, project_id=project.pk, reason="移交（示例）", at=AT)
    assert waiting(world) == {}
    add_project(acting=officer, year_id=year.pk, version=None, project_id=later.pk, reason="计划（示例）", at=AT)
    assert waiting(world) == {"draw_operator": ["核对抽样方法并封存范围"]}


def test_the_home_desk_leads_there(world: World) -> None:
    finished(world, "一（示例）")
    year = frozen(world)
    ceremony = reverse("evaluations:ceremony", args=[year.pk])
    assert ceremony in browser(world.draw_operator).get("/").content.decode()
    assert ceremony not in browser(world.head).get("/").content.decode()
    home = browser(world.evaluation_officer).get("/").content.decode()
    assert "待我办理" in home and ceremony not in home
