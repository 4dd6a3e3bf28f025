"""The notices: one a sampled group, three people, the number, delivery and acknowledgement."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.accounts.services import Authority, record_substitution
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.roles import Role
from investreview.documents.contents import SampleNotice as NoticeContent
from investreview.documents.kinds import DeliveryChannel
from investreview.documents.models import Document
from investreview.documents.render import render_issued
from investreview.documents.services import save_wording
from investreview.documents.wording import from_editable, to_editable
from investreview.evaluations.drawn import drawn_facts
from investreview.evaluations.models import EvaluationYear, SampleNotice
from investreview.evaluations.selectors.notices import may_read_notice, own_projects, read_notice, visible_notices
from investreview.evaluations.selectors.waiting import waiting_steps
from investreview.evaluations.services import notices as services
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.permissions import acting_as, scope_of
from investreview.registry.models import Commission
from tests.core.samples import pdf, written
from tests.documents.reading import flat_text
from tests.evaluations.house import AT, acting, announced, finished, found_house, happened, numbered, opened, refused
from tests.states import kept
from tests.world import World


def published(world: World) -> EvaluationYear:
    """A year with a must project of each of the two groups, and others."""
    for body in ("group", "other"):
        must = finished(world, f"{body}必查（示例）", body=body, yuan="60000000.00")
        happened(world, must, "ALERT", date(2024, 3, 1))
        for number in range(3):
            finished(world, f"{body}{number}（示例）", body=body)
    return numbered(world, announced(world))


def drafted(world: World) -> list[SampleNotice]:
    return kept(lambda: _drafted(world), "drafted", world.commission.code)


def _drafted(world: World) -> list[SampleNotice]:
    year = published(world)
    return services.draft_notices(acting=acting(world.evaluation_officer), year_id=year.pk, at=AT)


def through(world: World, notice: SampleNotice, to: str) -> SampleNotice:
    """The notice, by its people's hands, at ``to``."""
    steps = ("HANDED_IN", "CHECKED", "SIGNED", "DELIVERED", "ACKNOWLEDGED")
    for step in steps[: steps.index(to) + 1]:
        notice = act(world, notice, step)
    return notice


def act(world: World, notice: SampleNotice, step: str, **changes: object) -> SampleNotice:
    who, service, more = {
        "HANDED_IN": (world.evaluation_officer, services.hand_in_notice, {}),
        "CHECKED": (world.head, services.check_notice, {}),
        "SIGNED": (world.deputy, services.sign_notice, {}),
        "DELIVERED": (world.document_officer, services.deliver_notice, delivery()),
        "ACKNOWLEDGED": (world.group_releaser, services.acknowledge_notice, {}),
    }[step]
    given = {"acting": acting(who), "notice_id": notice.pk, "version": notice.version, "at": AT} | more | changes
    return service(**given)  # type: ignore[operator]


def delivery() -> dict[str, object]:
    return {
        "sealed": BytesIO(written(pdf())),
        "sealed_name": "盖章件.pdf",
        "sealed_on": AT.date(),
        "channel": DeliveryChannel.PAPER,
        "delivered_on": AT.date(),
    }


def test_every_sampled_group_has_one_notice(world: World) -> None:
    notices = drafted(world)
    assert [(one.group.short_name, one.key, one.state) for one in notices] == [
        ("甲集团", "LYG-2024-TZ-0001", "DRAFTED"),
        ("乙集团", "LYG-2024-TZ-0002", "DRAFTED"),
    ]
    again = services.draft_notices(acting=acting(world.evaluation_officer), year_id=notices[0].year_id, at=AT)
    assert [one.pk for one in again] == [one.pk for one in notices]
    assert Entry.objects.filter(verb="evaluation.draft_notices").count() == 1


def test_a_notice_says_what_was_drawn_of_its_group(world: World) -> None:
    notice = drafted(world)[0]
    content = notice.document.versions.latest("ordinal").parsed
    assert isinstance(content, NoticeContent)
    year = EvaluationYear.objects.select_related("draw").get(pk=notice.year_id)
    picked = year.rows.filter(is_picked=True, group=world.group).order_by("number")
    own = list(picked.values_list("project__name", flat=True))
    text = "".join(paragraph.text for paragraph in content.paragraphs)
    assert content.recipient == "甲集团"
    assert f"你公司有{len(own)}个项目被抽中" in text
    assert f"你公司被抽中的项目为：{'、'.join(own)}。" in text
    assert f"项目共8个，采用统一排序、等距抽取，抽取{year.picked_count}个（其中必查2个），占项目数的50.0%" in text
    assert "请于9月30日前报送自评价报告" in text and "11月30日前形成抽查报告" in text
    liaison = "请明确1名联络员，于7月25日前报规划发展处（联系电话：0518-80633066）。"
    assert liaison in text, "four working days after Friday 19 July 2024, the office and its telephone"


@pytest.mark.parametrize("missing", ["office", "phone"])
def test_no_notice_is_drafted_that_names_nobody_to_report_to(world: World, missing: str) -> None:
    if missing == "office":
        world.commission.offices.filter(kind="BUSINESS").update(kind="OTHER")
    else:
        Commission.objects.filter(pk=world.commission.pk).update(contact_phone=" ")
    with refused("evaluations_contact_missing"):
        drafted(world)
    assert SampleNotice.objects.count() == 0


def test_a_liaison_day_that_has_gone_by_is_told_to_those_who_work_on_it(world: World) -> None:
    notice = act(world, drafted(world)[0], "HANDED_IN")

    def passed_on(who: str, day: int) -> date | None:
        moment = AT.replace(day=day)
        user = world.people[who]
        return read_notice(notice.pk, user=user, scope=scope_of(user, moment), at=moment).passed_on

    assert [passed_on("head", day) for day in (19, 25, 26)] == [None, None, date(2024, 7, 25)]
    notice = act(world, act(world, notice, "CHECKED"), "SIGNED")
    assert passed_on("document_officer", 26) is None


def test_the_attachment_holds_the_whole_record(world: World) -> None:
    notice = drafted(world)[0]
    content = notice.document.versions.latest("ordinal").parsed
    assert isinstance(content, NoticeContent)
    record, year = content.attachment, EvaluationYear.objects.select_related("draw").get(pk=notice.year_id)
    drawn = drawn_facts(year.draw)
    assert [(one.enterprise, one.frame_count) for one in record.shares] == [("乙集团", 4), ("甲集团", 4)]
    assert sum(one.picked_count for one in record.shares) == len(record.projects) == year.picked_count
    assert sum(one.picked_yuan for one in record.shares) == year.picked_yuan
    must = [one.name for one in record.projects if one.occasion == "红色预警"]
    assert must == ["other必查（示例）", "group必查（示例）"]
    assert record.counted_on == AT.date()
    text = "".join(record.method)
    assert f"取数为6×30%进位取整，即{len(drawn.random)}个" in text
    assert f"随机起点 u={drawn.groups[0].start}" in text
    assert "2 7 0 8 1 4 4 9 6 3；随机数字由抽取人逐个唱读、监督人录入" in text
    assert " ".join(drawn.fingerprint[:4]) in text and " ".join(drawn.seed[:4]) in text
    assert "本次范围内有2个必查项目" in text
    assert "按规定" not in record.issuer and record.issuer == "LYG市国资委（示例）办公室"


def test_a_notice_goes_its_way_and_each_step_is_told_once(world: World) -> None:
    notice = through(world, drafted(world)[0], "ACKNOWLEDGED")
    notice.refresh_from_db()
    assert (notice.state, notice.number) == ("ACKNOWLEDGED", "国资〔2024〕27号")
    assert [notice.officer, notice.head, notice.signer] == [world.evaluation_officer, world.head, world.deputy]
    document = Document.objects.get(pk=notice.document_id)
    assert (document.state, document.deliveries.get().acknowledged_by_name) == ("DELIVERED", "group_releaser")
    verbs = Entry.objects.filter(subject_kind="evaluation_notice", subject_key=notice.key).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "document.draft",
        "notice.hand_in",
        "notice.check",
        "document.sign",
        "notice.sign",
        "document.seal",
        "document.deliver",
        "notice.deliver",
        "document.acknowledge",
        "notice.acknowledge",
    ]
    issued = document.versions.latest("ordinal").parsed
    assert "国资〔2024〕27号" in flat_text(render_issued(issued))


def test_the_people_of_the_enterprise_are_told_on_delivery(world: World) -> None:
    notice = through(world, drafted(world)[0], "SIGNED")
    assert not Notice.objects.filter(user=world.group_releaser).exists()
    act(world, notice, "DELIVERED")
    assert Notice.objects.filter(user=world.group_releaser).count() == 1
    assert not Notice.objects.filter(user__in=[world.other_releaser, world.sub_drafter]).exists()


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("HANDED_IN", "officer"),
        ("HANDED_IN", "head"),
        ("CHECKED", "evaluation_officer"),
        ("CHECKED", "deputy"),
        ("SIGNED", "head"),
        ("SIGNED", "evaluation_officer"),
        ("SIGNED", "director"),
        ("DELIVERED", "evaluation_officer"),
        ("DELIVERED", "deputy"),
        ("ACKNOWLEDGED", "other_releaser"),
        ("ACKNOWLEDGED", "sub_drafter"),
        ("ACKNOWLEDGED", "document_officer"),
    ],
)
def test_nobody_else_does_a_step(world: World, step: str, who: str) -> None:
    steps = ["HANDED_IN", "CHECKED", "SIGNED", "DELIVERED", "ACKNOWLEDGED"]
    notice = drafted(world)[0]
    if step != "HANDED_IN":
        notice = through(world, notice, steps[steps.index(step) - 1])
    with pytest.raises(Forbidden):
        act(world, notice, step, acting=acting(world.people[who]))
    assert SampleNotice.objects.get(pk=notice.pk).version == notice.version


def test_officer_head_and_signer_are_three_people(world: World) -> None:
    from tests import world as worlds

    both = world.evaluation_officer
    for role in (worlds.Role.OFFICE_HEAD, worlds.Role.DEPUTY_DIRECTOR):
        worlds._hold(both, role, world.commission)
    notice = through(world, drafted(world)[0], "HANDED_IN")
    with refused("projects_duty_conflict", Forbidden):
        act(world, notice, "CHECKED", acting=acting(both))
    notice = act(world, notice, "CHECKED")
    with refused("projects_duty_conflict", Forbidden):
        act(world, notice, "SIGNED", acting=acting(both))
    for wrong in ({"head": both}, {"head": None}, {"checked_version": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SampleNotice.objects.filter(pk=notice.pk).update(**wrong)


def test_a_substitute_does_what_is_lent_and_is_named(world: World) -> None:
    notice = through(world, drafted(world)[0], "HANDED_IN")
    stand_in = world.finance
    assert may_read_notice(stand_in, scope_of(stand_in, AT), notice.key, AT) is None
    stood_in_for(world, world.head, stand_in, Role.OFFICE_HEAD)
    reading = read_notice(notice.pk, user=stand_in, scope=scope_of(stand_in, AT), at=AT)
    assert (reading.inside, reading.may_act) == (True, True)
    as_head = acting_as(user=stand_in, role=Role.OFFICE_HEAD, path=notice.path, at=AT)
    notice = act(world, notice, "CHECKED", acting=as_head)
    assert (notice.head, notice.head_for) == (stand_in, world.head)
    assert not read_notice(notice.pk, user=stand_in, scope=scope_of(stand_in, AT), at=AT).may_act
    assert may_read_notice(stand_in, scope_of(stand_in, AT), notice.key, AT) is not None
    stood_in_for(world, world.deputy, world.head, Role.DEPUTY_DIRECTOR)
    as_deputy = acting_as(user=world.head, role=Role.DEPUTY_DIRECTOR, path=notice.path, at=AT)
    with refused("projects_duty_conflict", Forbidden):
        act(world, notice, "SIGNED", acting=as_deputy)
    lent = read_notice(notice.pk, user=world.head, scope=scope_of(world.head, AT), at=AT)
    assert (lent.has_step, lent.may_act) == (True, False), "checked in the head's name, not signed by the head"
    assert waiting_steps(user=world.head, scope=scope_of(world.head, AT), at=AT) == ()
    back = services.return_notice(
        acting=acting(world.deputy), notice_id=notice.pk, version=notice.version, reason="改联络时间", at=AT
    )
    assert (back.head, back.head_for) == (None, None)
    later = AT + timedelta(days=60)
    assert may_read_notice(stand_in, scope_of(stand_in, later), notice.key, later) is None


def stood_in_for(world: World, principal: User, substitute: User, role: Role) -> None:
    """A written authority for thirty days."""
    authority = Authority("授权〔2024〕3号", role, world.commission.path, AT.date(), AT.date() + timedelta(days=30))
    record_substitution(principal=principal, substitute=substitute, authority=authority, by=world.security_admin, at=AT)


def test_no_step_is_skipped_or_done_twice(world: World) -> None:
    notice = drafted(world)[0]
    steps = ("HANDED_IN", "CHECKED", "SIGNED", "DELIVERED", "ACKNOWLEDGED")
    for place, step in enumerate(steps):
        for other in steps[:place] + steps[place + 1 :]:
            with refused("evaluations_notice_state"):
                act(world, notice, other)
        notice = act(world, notice, step)
    with refused("evaluations_notice_state"):
        act(world, notice, "ACKNOWLEDGED")


def test_a_stale_page_does_nothing(world: World) -> None:
    notice = drafted(world)[0]
    act(world, notice, "HANDED_IN")
    with refused("core_stale", Stale):
        act(world, notice, "CHECKED", version=notice.version)


@pytest.mark.parametrize(("state", "who"), [("HANDED_IN", "head"), ("CHECKED", "deputy")])
def test_head_and_leader_return_it_with_a_reason(world: World, state: str, who: str) -> None:
    notice = through(world, drafted(world)[0], state)
    back = {"acting": acting(world.people[who]), "notice_id": notice.pk, "version": notice.version, "at": AT}
    with refused("projects_reason_needed"):
        services.return_notice(reason=" ", **back)
    notice = services.return_notice(reason="改联络时间", **back)
    assert (notice.state, notice.returned_reason) == ("DRAFTED", "改联络时间")
    assert (notice.head, notice.checked_version) == (None, None)
    notice = through(world, notice, "SIGNED")
    assert notice.returned_reason == ""


def test_what_was_changed_after_the_check_is_not_signed(world: World) -> None:
    notice = through(world, drafted(world)[0], "CHECKED")
    edit(world, notice)
    with refused("evaluations_wording_changed", Stale):
        act(world, notice, "SIGNED")
    notice = services.return_notice(
        acting=acting(world.deputy), notice_id=notice.pk, version=notice.version, reason="文字有改动", at=AT
    )
    assert through(world, notice, "SIGNED").number == "国资〔2024〕27号"


def edit(world: World, notice: SampleNotice) -> None:
    letter = notice.document.versions.latest("ordinal").parsed
    assert isinstance(letter, NoticeContent)
    typed = to_editable(letter)
    changed = from_editable(letter, type(typed)(typed.title, typed.body.replace("1名", "2名"), typed.contact))
    officer = acting(world.evaluation_officer)
    save_wording(notice.document, base_ordinal=1, content=changed, scope=officer.scope, actor=officer.actor, at=AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"delivered_on": AT.date() - timedelta(days=1)}, "projects_delivery_before_seal"),
        ({"sealed_on": AT.date() - timedelta(days=1)}, "documents_sealed_before_date"),
        ({"sealed": BytesIO(b"no pdf"), "sealed_name": "x.pdf"}, None),
    ],
)
def test_a_wrong_delivery_leaves_nothing(world: World, changes: dict[str, object], code: str | None) -> None:
    notice = through(world, drafted(world)[0], "SIGNED")
    with pytest.raises(Invalid) as caught:
        act(world, notice, "DELIVERED", **changes)
    assert code is None or caught.value.code == code
    assert SampleNotice.objects.get(pk=notice.pk).state == "SIGNED"
    assert not Document.objects.get(pk=notice.document_id).sealed_originals.exists()


def test_notices_follow_the_publication(world: World) -> None:
    finished(world, "一（示例）")
    year = opened(world)
    with refused("evaluations_wrong_state"):
        services.draft_notices(acting=acting(world.evaluation_officer), year_id=year.pk, at=AT)
    with pytest.raises(Forbidden):
        services.draft_notices(acting=acting(world.officer), year_id=year.pk, at=AT)


def test_the_enterprise_sees_its_own_notice_once_delivered_and_no_other(world: World) -> None:
    mine, theirs = drafted(world)
    own = scope_of(world.group_releaser, AT)
    assert list(visible_notices(own)) == []
    through(world, mine, "DELIVERED")
    through(world, theirs, "SIGNED")
    assert [one.pk for one in visible_notices(own)] == [mine.pk]
    with refused("evaluations_notice_not_visible", NotVisible):
        read_notice(theirs.pk, user=world.group_releaser, scope=own, at=AT)
    assert list(visible_notices(scope_of(world.sub_drafter, AT))) == []


def test_the_enterprise_sees_its_picked_projects_once_published(world: World) -> None:
    for body in ("sub", "other"):
        must = finished(world, f"{body}必查（示例）", body=body)
        happened(world, must, "ALERT", date(2024, 3, 1))
    year = announced(world)
    assert own_projects(scope_of(world.group_releaser, AT)) == ()
    numbered(world, year)
    seen = {
        who: [one.row.project.name for one in own_projects(scope_of(world.people[who], AT))]
        for who in ("group_releaser", "sub_drafter", "sister_drafter", "other_releaser", "officer")
    }
    assert seen == {
        "group_releaser": ["sub必查（示例）"],
        "sub_drafter": ["sub必查（示例）"],
        "sister_drafter": [],
        "other_releaser": ["other必查（示例）"],
        "officer": [],
    }
    assert own_projects(scope_of(world.group_releaser, AT))[0].self_evaluation_on == date(2024, 9, 30)


def test_another_commission_sees_no_notice(world: World) -> None:
    other = found_house("GY", names="外")
    notice = drafted(world)[0]
    assert list(visible_notices(scope_of(other.evaluation_officer, AT))) == []
    with pytest.raises(Forbidden):
        act(world, notice, "HANDED_IN", acting=acting(other.evaluation_officer))
