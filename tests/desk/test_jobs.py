"""The page of the background jobs: what the system administrator sees, and what nobody else does."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from investreview.accounts.models import User
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice
from investreview.notices.services import notify
from tests.accounts.factories import make_person
from tests.desk.people import browser
from tests.world import START, World, drive, later, wanted
from workflows.models import Stall, WorkItem
from workflows.watchdog import find_stalled

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


def broken(world: World) -> tuple[Notice, Rendition, Stall]:
    """One of each that failed for good, on a case whose words must not be shown."""
    case = drive(world, "proposed", plan=wanted(world, name=f"{CANARY}改造项目（示例）"))
    notify(users=[world.head], text=f"{CANARY} {case.number}", url=f"/cases/{case.number}/", dedupe_key="1", at=START)
    Notice.objects.update(mail_state=Notice.Mail.FAILED, mail_error="TimeoutError", mail_attempt_count=5)
    notice = Notice.objects.get()
    rendition = Rendition.objects.latest("pk")
    Rendition.objects.filter(pk=rendition.pk).update(state=RenditionState.FAILED, error="OSError", attempts=3)
    WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).delete()
    assert find_stalled(later(9)) == 1
    return notice, rendition, Stall.objects.get()


def addresses(notice: Notice, rendition: Rendition, stall: Stall) -> dict[str, str]:
    return {
        "mail": reverse("desk:retry_mail", args=[notice.pk]),
        "pdf": reverse("desk:retry_pdf", args=[rendition.pk]),
        "stall": reverse("desk:reopen", args=[stall.pk]),
    }


def test_each_failure_is_shown_by_number_and_kind_and_tried_again_once(world: World) -> None:
    rows = broken(world)
    client, page = browser(world.system_admin), reverse("desk:jobs")
    text = client.get(page).content.decode()
    assert [word in text for word in ("TimeoutError", "OSError", "环节没有待办事项", f"#{rows[2].pk}")] == [True] * 4
    assert [word in text for word in (CANARY, "LYG-2024")] == [False, False]
    for address in addresses(*rows).values():
        assert f'action="{address}"' in text
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (302, page)
    for row in rows:
        row.refresh_from_db()
    notice, rendition, stall = rows
    assert (notice.mail_state, rendition.state) == (Notice.Mail.PENDING, RenditionState.PENDING)
    assert (stall.ended_by, stall.ended_at is not None) == (world.system_admin, True)
    text = client.get(page).content.decode()
    assert [word in text for word in ("没有停滞的流程", "没有生成失败的文件", "没有未发出的邮件")] == [True] * 3


def test_a_failed_mail_names_its_reader_but_never_an_expert(world: World) -> None:
    expert = make_person(world.commission, kind=User.Kind.EXPERT)
    User.objects.filter(pk=expert.pk).update(email="zhuanjia@example.cn")
    User.objects.filter(pk=world.head.pk).update(email="chuzhang@example.cn")
    told = {"text": f"{CANARY}：邀请{expert.full_name}参加论证", "url": "/", "kind": NoticeKind.PANEL, "at": START}
    notify(users=[expert, world.head], dedupe_key="1", **told)
    Notice.objects.update(mail_state=Notice.Mail.FAILED, mail_error="TimeoutError", mail_attempt_count=5)
    text = browser(world.system_admin).get(reverse("desk:jobs")).content.decode()
    assert [word in text for word in (expert.full_name, expert.username, "zhuanjia", CANARY)] == [False] * 4
    seen = ("评审专家", world.head.full_name, "chuzhang@example.cn", "专家论证", "TimeoutError")
    assert [word in text for word in seen] == [True] * 5


@pytest.mark.parametrize("kind", ["mail", "pdf"])
def test_what_no_longer_fails_is_said_and_left_alone(world: World, kind: str) -> None:
    rows = broken(world)
    client, address = browser(world.system_admin), addresses(*rows)[kind]
    client.post(address, follow=True)
    before = list(Notice.objects.values()), list(Rendition.objects.values())
    answer = client.post(address, follow=True)
    assert (answer.status_code, "已重新排入办理" in answer.content.decode()) == (200, False)
    assert (list(Notice.objects.values()), list(Rendition.objects.values())) == before


def test_queues_tell_how_many_wait_and_since_when(world: World) -> None:
    drive(world, "released")
    page = browser(world.system_admin).get(reverse("desk:jobs")).context["page"]
    queues = {str(queue.name): queue for queue in page.queues}
    waiting = Rendition.objects.filter(state=RenditionState.PENDING)
    assert queues["PDF 文件"].waiting_count == waiting.count() > 0
    assert queues["PDF 文件"].oldest_at == waiting.order_by("version__at")[0].version.at
    assert (queues["邮件"].waiting_count, queues["邮件"].oldest_at) == (0, None)
    assert queues["日志封存"].oldest_at <= timezone.now()


@pytest.mark.parametrize("who", ["head", "document_officer", "security_admin", "audit_admin", "group_releaser"])
def test_nobody_else_sees_the_page_or_tries_again(world: World, who: str) -> None:
    rows = broken(world)
    client = browser(world.people[who])
    assert client.get(reverse("desk:jobs")).status_code == 403
    assert [client.post(address).status_code for address in addresses(*rows).values()] == [403] * 3


def test_what_fails_elsewhere_is_not_there(world: World, elsewhere: World) -> None:
    rows = broken(world)
    client = browser(elsewhere.system_admin)
    text = client.get(reverse("desk:jobs")).content.decode()
    assert [word in text for word in ("TimeoutError", "OSError", "环节没有待办事项")] == [False] * 3
    assert [client.post(address).status_code for address in addresses(*rows).values()] == [404] * 3


def test_the_page_costs_the_same_however_much_failed(
    world: World, django_assert_num_queries: Callable[..., object]
) -> None:
    client = browser(world.system_admin)
    client.get(reverse("desk:jobs"))
    broken(world)
    with django_assert_num_queries(12):
        client.get(reverse("desk:jobs"))
    Rendition.objects.update(state=RenditionState.FAILED, error="OSError", attempts=3)
    with django_assert_num_queries(12):
        client.get(reverse("desk:jobs"))
