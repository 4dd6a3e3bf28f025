"""The pages of a panel's papers: what they show, to whom, and that no path leads outside around them."""

from dataclasses import fields, replace

import pytest
from django.urls import reverse

from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.contents import FormContent, Letter
from investreview.documents.kinds import DRAW_PAPERS, DocumentKind, NumberMode
from investreview.documents.models import Document
from investreview.documents.pages import subjects
from investreview.documents.pages.shown import shown
from investreview.documents.services import make_rendition
from investreview.journal.models import Entry
from investreview.projects.models import Case
from tests.desk.people import auditor_of, browser
from tests.desk.sharing import founded
from tests.world import World, drive, later

from . import panel_samples as papers
from .every import EVERY_KIND
from .factories import CLERK, scope


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def checked(world: World) -> Case:
    return drive(world, "checked", key="panel")


def issue(content: FormContent, case: Case, *, subject: Subject | None = None) -> Document:
    role = Role.DRAW_OPERATOR if content.kind in DRAW_PAPERS else Role.CASE_OFFICER
    services.open_series(
        commission="LYG",
        code="OPINION",
        label="LZ{year}-{n:04d}",
        mode=NumberMode.OWN_SERIES,
        first_year=2024,
        first=1,
        actor=CLERK,
        at=later(5),
    )
    return services.issue_system_copy(
        commission="LYG",
        path=case.path,
        subject=subject or case.subject,
        content=content,
        scope=scope(role),
        actor=CLERK,
        at=later(6),
        series="OPINION" if content.kind is DocumentKind.PANEL_OPINION else "",
    )


INSIDE = {"officer", "officer2", "head", "deputy", "deputy2", "director", "document_officer"}
OUTSIDE = {"group_drafter", "group_releaser"}


@pytest.mark.parametrize(
    ("content", "who"),
    [
        (papers.seal_sheet(), INSIDE),
        (papers.draw_record(), set()),
        (papers.draw_record_public(), INSIDE),
        (papers.panel_opinion(), INSIDE),
        (papers.panel_excerpt(), INSIDE | OUTSIDE),
    ],
    ids=["seal", "record", "public", "opinion", "excerpt"],
)
def test_page_and_pdf_open_for_readers_of_the_kind_only(
    world: World, checked: Case, content: FormContent, who: set[str]
) -> None:
    document = issue(content, checked)
    rendition = make_rendition(document.renditions.get().pk, at=later(6))
    urls = [reverse("documents:document", args=[document.pk]), reverse("documents:pdf", args=[rendition.pk])]
    for url in urls:
        answers = {name: browser(user).get(url) for name, user in world.people.items()}
        assert {name for name, answer in answers.items() if answer.status_code == 200} == who
        assert {answer.status_code for name, answer in answers.items() if name not in who} <= {404}
        for answer in answers.values():
            assert not answer.streaming or b"".join(answer.streaming_content)


def test_auditor_reads_the_record_with_names_and_it_is_noted(world: World, checked: Case) -> None:
    document = issue(papers.draw_record(), checked)
    page = browser(auditor_of(world)).get(reverse("documents:document", args=[document.pk])).content.decode()
    assert "袁少华" in page
    noted = Entry.objects.get(verb="document.read")
    assert (noted.chain, noted.facts["kind"]) == ("LYG:access", "DRAW_RECORD")


def test_page_of_the_excerpt_names_no_vote_version_or_signer(world: World, checked: Case) -> None:
    document = issue(papers.panel_excerpt(), checked)
    page = browser(world.group_drafter).get(reverse("documents:document", args=[document.pk])).content.decode()
    assert "张少华" in page
    assert [word for word in ("66.5", "贾玉梅：", "048", CLERK.name, 'id="versions"') if word in page] == []


def test_record_is_not_in_the_lists_of_the_office(world: World, checked: Case) -> None:
    issue(papers.draw_record(), checked)
    issue(papers.draw_record_public(), checked)
    page = browser(world.officer).get(reverse("desk:case", args=[checked.number])).content.decode()
    assert "抽取记录表公开版" in page
    assert "LYG-CQ-2024-0006-JL" not in page


def test_paper_of_another_rooms_subject_opens_without_a_case(
    world: World, checked: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(subjects._READERS, "panel", lambda _u, scope, key, _at: scope if key == "LYG-PANEL-6" else None)
    known = issue(papers.draw_record_public(), checked, subject=Subject("panel", "LYG-PANEL-6"))
    unknown = issue(papers.draw_record_public(), checked, subject=Subject("panel", "LYG-PANEL-7"))
    client = browser(world.officer)
    page = client.get(reverse("documents:document", args=[known.pk]))
    assert page.status_code == 200
    assert reverse("desk:case", args=["LYG-PANEL-6"]) not in page.content.decode()
    assert client.get(reverse("documents:document", args=[unknown.pk])).status_code == 404


FORMS = {name: make() for name, make in EVERY_KIND.items() if not isinstance(make(), Letter)}


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_a_form_is_shown_with_its_label(name: str) -> None:
    content = FORMS[name]
    page = shown(content)
    filled = [each for each in fields(content) if getattr(content, each.name) not in ("", None, ())]
    assert len(page.rows) == len(filled)
    assert [label for label, _ in page.rows if not label] == []
    assert len({label for label, _ in page.rows}) == len(page.rows)
    words = [text for _, text in page.rows]
    assert [text for text in words if "True" in text or "False" in text or "Decimal" in text] == []


def test_chances_points_and_hashes_are_shown_as_people_read_them() -> None:
    rows = dict(shown(papers.draw_record()).rows)
    assert (rows["最小入选机会"], rows["最大入选机会"]) == ("7.7%", "30.0%")
    assert rows["投资额"] == "18,600.00 万元"
    assert rows["唱读"] == "监督人"
    assert len(rows["公开的随机种子"].split()) == 16
    first = rows["抽取结果"].split("\n")[0]
    assert first == "1　35　产业经济　03a11c07　入选　不限专业　袁少华　省产业经济学会"
    excerpt = dict(shown(papers.panel_excerpt()).rows)
    assert excerpt["评分汇总"].split("\n")[0] == "战略与主业　15　12.57"
    assert excerpt["通过标准"] == "同意不少于2/3，平均分不低于70分"
    assert (excerpt["同意人数达到标准"], excerpt["论证结论"]) == ("是", "有条件通过")


def test_unprintable_name_of_an_expert_is_told_before_issue() -> None:
    record = papers.draw_record()
    first, *others = record.rows
    odd = replace(record, rows=(replace(first, name="𰻝某"), *others))
    assert shown(odd).unknown == ("𰻝",)
