"""后评价抽查通知: how it reads, who writes it, and that nobody types over what was drawn."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import permissions, render, selectors, services
from investreview.documents.codec import from_json, to_json
from investreview.documents.contents import SampledProject, SampleNotice
from investreview.documents.models import Document
from investreview.documents.rules import sample_notice_wording_fault
from investreview.documents.wording import from_editable, to_editable

from . import sample_notice as samples
from .factories import AT, GROUP, LEADER, LEADER_SCOPE, OFFICER, OFFICER_SCOPE, ON, open_series, scope
from .reading import flat_text, fonts_not_embedded, page_count, page_texts

SUBJECT = Subject(kind="evaluation_notice", key="LYG-2024-1")
KEEPER_SCOPE = scope(Role.EVALUATION_OFFICER)
GOLDEN = Path(__file__).with_name("golden") / "sample_notice.txt"
HOSTILE = "<b>&amp;{0}%s"


def drafted(content: SampleNotice | None = None) -> Document:
    return services.draft_document(
        commission="LYG",
        path=GROUP,
        subject=SUBJECT,
        content=content or samples.draft(),
        scope=KEEPER_SCOPE,
        actor=OFFICER,
        at=AT,
    )


def test_the_notice_reads_as_stored() -> None:
    text = "\n\n— page —\n\n".join(page_texts(render.render_issued(samples.issued()))) + "\n"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_the_title_breaks_by_sense() -> None:
    first = page_texts(render.render_issued(samples.issued()))[0]
    lines = [line for line in first.split("\n") if "关于开展" in line or "年度市属" in line or "工作的通知" in line]
    assert lines == ["连云港市国资委关于开展", "2024年度市属监管企业投资项目", "后评价抽查工作的通知"]
    assert "\n" not in samples.draft().title


def test_each_printing_gives_the_same_bytes_with_all_fonts() -> None:
    for print_it in (render.render_draft, render.render_issued):
        assert print_it(samples.issued()) == print_it(samples.issued())
        assert fonts_not_embedded(print_it(samples.issued())) == set()


def test_a_long_record_goes_on_over_pages_and_ends_with_its_foot() -> None:
    pages = page_texts(render.render_issued(samples.long()))
    assert len(pages) == 8
    assert [i for i, page in enumerate(pages) if "印发" in page] == [7]
    assert "抽取方法与核验" in pages[7]
    assert sum("抽取额" in page for page in pages) == 3
    assert "180" in pages[4] and "60,000" in pages[4]


def test_amounts_keep_decimals_only_where_they_have_them() -> None:
    record = samples.record()
    shares = (replace(record.shares[0], frame_yuan=samples.WAN * 41_300 + 5000), *record.shares[1:])
    text = flat_text(render.render_issued(replace(samples.issued(), attachment=replace(record, shares=shares))))
    assert "41,300.50" in text and "125,330.50" in text and "22,460.00" not in text


def test_hostile_names_are_printed_as_text() -> None:
    record = samples.record()
    projects = (SampledProject(HOSTILE, HOSTILE, samples.WAN, "<i>"),)
    data = render.render_issued(replace(samples.issued(), attachment=replace(record, projects=projects)))
    text = flat_text(data)
    assert (text.count(HOSTILE), text.count("<i>")) == (2, 1)
    assert page_count(data) == 3


def test_the_record_survives_being_stored() -> None:
    assert from_json(to_json(samples.issued())) == samples.issued()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("开展后评价抽查，请报送自评价报告。", None),
        ("开展后评价抽查。", "documents_sample_not_said"),
        ("请报送自评价报告。", "documents_sample_not_said"),
    ],
)
def test_the_notice_says_what_it_is_for(text: str, fault: str | None) -> None:
    assert sample_notice_wording_fault(text) == fault


@pytest.mark.django_db
def test_wording_is_edited_and_the_record_stays() -> None:
    document = drafted()
    typed = to_editable(samples.draft())
    edited = from_editable(samples.draft(), replace(typed, body=typed.body.replace("1名联络员", "2名联络员")))
    services.save_wording(document, base_ordinal=1, content=edited, scope=KEEPER_SCOPE, actor=OFFICER, at=AT)
    kept = document.versions.latest("ordinal").parsed
    assert isinstance(kept, SampleNotice)
    assert kept.attachment == samples.record()
    assert "2名联络员" in kept.paragraphs[-1].text


@pytest.mark.django_db
def test_nobody_changes_the_record_of_the_sample() -> None:
    document = drafted()
    record = samples.record()
    changed = replace(samples.draft(), attachment=replace(record, projects=record.projects[:-1]))
    with pytest.raises(Invalid) as caught:
        services.save_wording(document, base_ordinal=1, content=changed, scope=KEEPER_SCOPE, actor=OFFICER, at=AT)
    assert (caught.value.code, caught.value.facts["names"]) == ("documents_locked_changed", "附件")


@pytest.mark.django_db
def test_the_signed_notice_has_its_number() -> None:
    open_series("WEN", "连国资〔{year}〕{n}号", first=27)
    document = drafted()
    newest = document.versions.latest("ordinal")
    signed = services.sign_document(
        document,
        version_ordinal=1,
        sha256=newest.sha256,
        signer=LEADER,
        signed_on=ON,
        series="WEN",
        scope=LEADER_SCOPE,
        actor=LEADER,
        at=AT,
    )
    assert (signed.number, signed.registration_number) == ("连国资〔2024〕27号", "")
    issued = signed.versions.latest("ordinal").parsed
    assert (issued.number, issued.dated_on) == ("连国资〔2024〕27号", date(2024, 7, 16))


@pytest.mark.django_db
def test_the_officer_of_cases_writes_no_notice_and_the_evaluation_officer_no_letter() -> None:
    with pytest.raises(Forbidden):
        services.draft_document(
            commission="LYG",
            path=GROUP,
            subject=SUBJECT,
            content=samples.draft(),
            scope=OFFICER_SCOPE,
            actor=OFFICER,
            at=AT,
        )
    assert permissions.can_write(KEEPER_SCOPE, GROUP, "FILING_LETTER") == "documents_may_not_write"
    assert permissions.can_write(OFFICER_SCOPE, GROUP, "FILING_LETTER") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "path", "is_seen"),
    [
        (Role.EVALUATION_OFFICER, "LYG/", True),
        (Role.OFFICE_HEAD, "LYG/", True),
        (Role.DOCUMENT_OFFICER, "LYG/", True),
        (Role.AUDITOR, "LYG/", True),
        (Role.EVALUATION_OFFICER, "SZ/", False),
        (Role.DRAW_OPERATOR, "LYG/", False),
        (Role.ENTERPRISE_RELEASER, GROUP, False),
        (Role.SYSTEM_ADMIN, "LYG/", False),
    ],
)
def test_a_draft_notice_is_read_inside_only(role: Role, path: str, is_seen: bool) -> None:
    document = drafted()
    reader = scope(role, path)
    assert (permissions.can_read(reader, document) == "") is is_seen
    assert selectors.documents_of(SUBJECT, reader).exists() is is_seen


@pytest.mark.django_db
def test_the_evaluation_officer_reads_no_letter_of_a_case() -> None:
    from . import samples as others
    from .factories import draft

    letter = draft(others.filing_draft())
    assert permissions.can_read(KEEPER_SCOPE, letter) == "documents_may_not_read"
    assert not selectors.documents(KEEPER_SCOPE).exists()
