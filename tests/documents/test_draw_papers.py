"""The papers of a draw: the same hashes on each, no name on the public one, and what is told before and after."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from investreview.core.errors import Invalid
from investreview.documents import render
from investreview.documents.codec import to_json
from investreview.documents.contents import (
    DrawExclusion,
    DrawLeaver,
    DrawnRow,
    DrawRecord,
    DrawRecordPublic,
    DrawSealSheet,
    DrawWave,
    EarlierRound,
    NamedRow,
    SealedValue,
)
from investreview.documents.kinds import DrawOutcome, Mark
from investreview.documents.rules import grouped

from . import panel_samples as papers
from . import samples
from .laid import lower_edge, pages_of, right_edge, texts_on, words_of, words_on
from .panel_samples import digest
from .reading import characters, drawn, flat_text, page_texts, unpacked

Paper = DrawSealSheet | DrawRecord | DrawRecordPublic
MAKERS: dict[str, Callable[[], Paper]] = {
    "seal": papers.seal_sheet,
    "record": papers.draw_record,
    "public": papers.draw_record_public,
}
PAPERS = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
RECORDS = pytest.mark.parametrize("make", [papers.draw_record, papers.draw_record_public], ids=["record", "public"])


def lines(paper: Paper) -> list[str]:
    return [line for text in page_texts(render.render_issued(paper)) for line in text.splitlines()]


flat = words_of


# Hashes


@PAPERS
def test_fingerprint_is_printed_in_two_lines_of_eight_groups(make: Callable[[], Paper]) -> None:
    printed = lines(make())
    first, second = grouped(digest("request")).split("\n")
    at = printed.index(first)
    assert second in printed[at + 1 : at + 3]
    assert re.fullmatch(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", first)


def test_both_prints_carry_the_same_hashes() -> None:
    shape = re.compile(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}")
    found = [[line for line in lines(make()) if shape.fullmatch(line)] for make in list(MAKERS.values())[1:]]
    assert found[0] == found[1]
    told = [digest(name) for name in ("request", "nonce", "seed", "drawn", "head")]
    assert found[0] == [line for one in told for line in grouped(one).split("\n")]


def test_seal_sheet_carries_all_that_is_fixed_and_the_eight_digits_to_type() -> None:
    text = flat(papers.seal_sheet())
    assert [name for name in ("snapshot", "commitment", "request") if digest(name) not in text] == []
    assert f"键入末8位：{digest('request')[-8:]}" in text


@pytest.mark.parametrize("wrong", ["", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "ａ" * 64])
@pytest.mark.parametrize("field", ["request_sha", "snapshot_sha"])
def test_what_is_no_hash_is_refused(field: str, wrong: str) -> None:
    with pytest.raises(ValueError, match="no hash"):
        replace(papers.seal_sheet(), **{field: wrong})


@pytest.mark.parametrize(
    "changes",
    [
        {"drawn_head": "x"},
        {"seed": "x"},
        {"log_head": "x"},
        {"nonces": (SealedValue("server", "x"),)},
        {"waves": (DrawWave(1, "", (DrawLeaver(1, "S1", "", "x"),), (2,)),)},
        {"rows": (NamedRow(DrawnRow(1, 1, "", "x", DrawOutcome.SEATED)),)},
    ],
)
def test_what_is_no_hash_is_refused_in_a_record(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no hash"):
        replace(papers.draw_record(), **changes)


def test_commitment_that_is_no_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="no hash"):
        replace(papers.seal_sheet(), commitments=(SealedValue("server", "0"),))


@PAPERS
def test_number_is_the_draws_and_no_other(make: Callable[[], Paper]) -> None:
    paper = make()
    assert paper.number.rpartition("-")[0] == papers.DRAW_ID
    with pytest.raises(ValueError, match="cannot be issued"):
        paper.issued_as("LYG-CQ-2024-0007-FC", papers.date(2024, 7, 15))


def test_papers_of_one_draw_have_three_numbers() -> None:
    assert [make().number for make in MAKERS.values()] == [
        "LYG-CQ-2024-0006-FC",
        "LYG-CQ-2024-0006-JL",
        "LYG-CQ-2024-0006-GK",
    ]


# Names

CANARIES = ("喆堃玥", "昇垚旻赟有限公司")
RARE = "喆堃玥昇垚旻赟"


def with_canaries() -> DrawRecord:
    record = papers.draw_record()
    first, *others = record.rows
    return replace(record, rows=(replace(first, name=CANARIES[0], employer=CANARIES[1]), *others))


def traces(data: bytes, names: Iterable[str]) -> list[str]:
    """The names that can be read in the file or in its bytes, and the canaries' characters in its tables of glyphs."""
    text, raw = flat_text(data), unpacked(data)
    read = [name for name in names if name in text or name.encode() in raw or name.encode("utf-16-be") in raw]
    return read + [c for c in RARE if f"<{ord(c):04X}>".encode() in raw]


def test_names_are_in_no_byte_of_the_public_record() -> None:
    record = with_canaries()
    public = record.public()
    names = [text for named in record.rows for text in (named.name, named.employer) if text]
    assert [name for name in names if name in to_json(public)] == []
    for data in (
        render.render_draft(public),
        render.render_issued(public),
        render.render_system_copy(public, code=samples.CODE),
    ):
        assert traces(data, names) == []


def test_the_same_search_finds_names_in_the_confidential_record() -> None:
    assert traces(render.render_issued(with_canaries()), CANARIES) == [*CANARIES, *RARE]


def test_public_record_says_the_rest_alike() -> None:
    record, public = papers.draw_record(), papers.draw_record_public()
    shared = set(vars(public)) - {"mark", "rows"}
    assert set(vars(record)) - shared == {"mark", "rows", "readers"}
    assert {name: getattr(record, name) for name in shared} == {name: getattr(public, name) for name in shared}
    assert public.rows == tuple(named.row for named in record.rows)
    assert (record.mark, public.mark) == (Mark.WORK_SECRET, Mark.PUBLIC)


@pytest.mark.parametrize(
    "changes",
    [
        {"photo": "吴明照片"},
        {"exclusions": (DrawExclusion(1, "H1", "吴 明的配偶任职"),)},
        {"exclusions": (DrawExclusion(1, "H1", "任职", "物流与采购协会来函"),)},
        {"exclusions": (DrawExclusion(1, "吴明", "任职"),)},
        {"earlier": (EarlierRound(1, "LYG-CQ-2024-0001", "吴明退出", "重新组织"),)},
        {"earlier": (EarlierRound(1, "LYG-CQ-2024-0001", "未组成", "吴明退出"),)},
        {"waves": (DrawWave(1, "", (DrawLeaver(1, "S1", "吴明\n本人来电"),), (2,)),)},
        {"waves": (DrawWave(1, "", (DrawLeaver(1, "S1 吴明", ""),), (2,)),)},
    ],
)
def test_text_that_names_a_person_keeps_the_record_from_being_published(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as raised:
        replace(papers.draw_record(), **changes).public()
    assert (raised.value.code, raised.value.facts["count"]) == ("documents_names_in_public_record", 1)


def test_person_whose_name_was_not_revealed_prints_as_dash() -> None:
    record = papers.draw_record()
    hidden = replace(record, rows=tuple(NamedRow(named.row) for named in record.rows))
    assert "1 035 — — 产业经济 03a11c07 入选（不限专业）" in lines(hidden)
    assert hidden.public() == papers.draw_record_public()


# What is told


@RECORDS
def test_before_the_close_seed_and_numbers_are_withheld(make: Callable[[], Any]) -> None:
    paper = replace(make(), closed_at="", nonces=(), seed="", log_head="")
    cells = [mark.text for page in pages_of(paper) for mark in texts_on(page)]
    assert cells.count("关闭后公开") == 3
    text = flat(paper)
    assert "关闭时间：未关闭" in text
    assert "本表为抽取当日印发" in text
    assert digest("drawn") in text
    assert [name for name in ("seed", "nonce", "head") if digest(name)[:8] in text] == []


@pytest.mark.parametrize("left_out", ["closed_at", "nonces", "seed", "log_head"])
def test_what_the_close_makes_known_is_known_together(left_out: str) -> None:
    with pytest.raises(ValueError, match="known together"):
        replace(papers.draw_record(), **{left_out: () if left_out == "nonces" else ""})


@RECORDS
def test_balls_are_printed_in_the_order_drawn(make: Callable[[], Any]) -> None:
    found = [c for c in characters(render.render_issued(make())) if c["size"] == pytest.approx(17)]
    assert [int(c["text"]) for c in sorted(found, key=lambda c: c["x0"])] == [7, 3, 0, 4, 9, 1, 1, 6, 8, 2]
    boxes = [box for box in drawn(render.render_issued(make()))["rects"] if box["height"] == pytest.approx(27)]
    assert len(boxes) == 10


@RECORDS
def test_who_read_and_who_typed_is_told_by_side(make: Callable[[], Any]) -> None:
    assert "唱读：监督人；录入：抽取人；照片编号：ZP-2024-0715-01。" in flat(make())
    assert "唱读：监督人；录入：抽取人。" in flat(replace(make(), photo=""))


@PAPERS
def test_earlier_rounds_and_their_reason_are_on_every_paper(make: Callable[[], Any]) -> None:
    text = flat(replace(make(), round=2, earlier=papers.EARLIER))
    assert "第2轮" in text
    assert "第1轮（LYG-CQ-2024-0005）：递补用尽，未能组成专家组；再次抽取的理由：石化储运专业合格专家不足" in text
    assert "此前轮次" not in flat(make())


@PAPERS
def test_chances_are_told_and_whoever_is_sure_to_be_drawn(make: Callable[[], Any]) -> None:
    assert "最小7.7%，最大30.0%" in flat(make())
    assert "无人必然入选" in flat(make())
    sure = replace(make(), certain_count=2, largest_chance=Decimal(1))
    assert "最大100.0%" in flat(sure)
    assert "2人必然入选" in flat(sure)


def test_pool_is_told_with_its_changes() -> None:
    text = flat(papers.seal_sheet())
    assert "60人（编号为本次抽取专用）" in text
    assert "新增2人（017、052号）" in text
    assert "退出1人" in text
    assert "新增0人退出0人" in flat(replace(papers.seal_sheet(), admitted_count=0, admitted_nos=(), removed_count=0))


def passed(count: int, start: int = 13, outcome: DrawOutcome = DrawOutcome.NO_SEAT) -> tuple[NamedRow, ...]:
    told = papers.draw_record().rows[: start - 1]
    rest = (NamedRow(DrawnRow(start + i, 900 + i, "投融资", digest(str(i)), outcome)) for i in range(count))
    return (*told, *rest)


@pytest.mark.parametrize(
    ("count", "start", "is_folded"), [(2, 13, False), (3, 13, True), (3, 12, False), (4, 12, True), (60, 13, True)]
)
def test_three_or_more_late_ranks_without_a_seat_are_one_line(count: int, start: int, is_folded: bool) -> None:
    text = flat(replace(papers.draw_record(), rows=passed(count, start)))
    last = start + count - 1
    assert (f"第13至第{last}名共{last - 12}人：席位已满或者同一单位已有入选（详见证据文件）" in text) == is_folded
    assert (f"{900 + count - 1}" in text) != is_folded


def test_late_ranks_that_are_all_recused_are_told_so() -> None:
    text = flat(replace(papers.draw_record(), rows=passed(3, outcome=DrawOutcome.RECUSED)))
    assert "第13至第15名共3人：均回避（详见证据文件）" in text


def test_wave_tells_each_who_left_and_once_who_joined() -> None:
    leavers = tuple(DrawLeaver(no, "S1 请假", "本人书面答复", digest(str(no))) for no in (34, 37, 16))
    wave = DrawWave(2, "2024-07-17 10:00", leavers, (48, 51, 7), "2024-07-17 11:00")
    printed = flat(replace(papers.draw_record(), waves=(*papers.draw_record().waves, wave)))
    assert printed.count("同上") == 4
    assert "递补4人" in printed
    assert printed.count("由派驻纪检机构会签") == 1
    assert "第2批退出人数超过席位三分之一，2024-07-1711:00由派驻纪检机构会签。" in printed
    assert [no for no in ("034", "037", "016", "048", "051", "007") if no not in printed] == []
    assert digest("34")[:16] in printed


def test_record_without_waves_and_exclusions_closes_its_numbers_up() -> None:
    headings = re.findall(r"^([一二三四五六七八])、", "\n".join(lines(papers.draw_record())), re.M)
    assert headings == list("一二三四五六七八")
    bare = replace(papers.draw_record(), waves=(), readers=(), exclusions=())
    assert re.findall(r"^([一二三四五六七八])、", "\n".join(lines(bare)), re.M) == list("一二三四五六")
    assert "封存前排除人员（0人）无" in flat(bare)


@PAPERS
def test_paper_is_chinese_for_english_readers(make: Callable[[], Paper]) -> None:
    before = render.render_issued(make())
    with translation.override("en"):
        assert render.render_issued(make()) == before


MARKS = {"seal": "内部", "record": "工作秘密", "public": "公开"}


@pytest.mark.parametrize(("name", "mark"), MARKS.items())
def test_paper_prints_its_mark_and_number_on_each_page(name: str, mark: str) -> None:
    paper = replace(MAKERS[name](), exclusions=exclusions(60))  # type: ignore[call-arg]
    texts = page_texts(render.render_issued(paper))
    assert len(texts) > 2
    for ordinal, text in enumerate(texts, start=1):
        assert text.startswith(mark)
        assert paper.number in text.splitlines()[-1]
        assert text.endswith(f"第{ordinal}页 共{len(texts)}页")


# Long lists


def exclusions(count: int) -> tuple[DrawExclusion, ...]:
    return tuple(
        DrawExclusion(i, f"H{i % 6 + 1}", "近三年任职" if i % 3 else "近三年在申报企业所属集团任职", "任职经历比对")
        for i in range(1, count + 1)
    )


HEADING = re.compile(r"[一二三四五六七八九十]+、")
LOWEST, RIGHTMOST = 267.5 / 25.4 * 72, 184.5 / 25.4 * 72


def assert_well_paged(paper: Paper, *, before_signing: str) -> None:
    """No heading at the foot of a page, nothing to sign on a page of its own, nothing over the edge."""
    pages = pages_of(paper)
    for page in pages:
        told = [text for text in texts_on(page) if text.y < LOWEST]
        assert HEADING.match(max(told, key=lambda text: text.y).text) is None
        assert right_edge(page) < RIGHTMOST
        assert lower_edge(page) < LOWEST
    last, signing, _ = words_on(pages[-1]).rpartition("签字")
    assert signing
    assert before_signing in last


@pytest.mark.parametrize("count", range(61))
def test_seal_sheet_pages_well(count: int) -> None:
    sheet = replace(papers.seal_sheet(), exclusions=exclusions(count), pool_size=200)
    assert_well_paged(sheet, before_signing="现场随机数字的来源")
    text = flat(sheet)
    assert [one.no for one in sheet.exclusions if f"{one.no:03d}" not in text] == []


def test_ordinary_seal_sheet_is_one_page_and_records_are_two() -> None:
    assert [len(pages_of(make())) for make in MAKERS.values()] == [1, 2, 2]


@pytest.mark.parametrize("count", [0, 1, 5, 13, 20, 27, 34, 41, 48, 55, 60])
@RECORDS
def test_record_pages_well(make: Callable[[], Any], count: int) -> None:
    waves = tuple(
        DrawWave(
            ordinal,
            f"2024-07-1{ordinal} 09:25",
            (DrawLeaver(100 * ordinal, "S1 请假", "本人书面答复，双方同时在场", digest("x")),) * ordinal,
            tuple(500 + i for i in range(ordinal)),
            "2024-07-18 10:00" if ordinal == 3 else "",
        )
        for ordinal in (1, 2, 3)
    )
    paper = replace(make(), exclusions=exclusions(count), waves=waves)
    before = "论证会务" if isinstance(paper, DrawRecord) else "与上表前8位比对"
    assert_well_paged(paper, before_signing=before)


@pytest.mark.parametrize("count", [1, 6, 7, 8, 9, 10, 11, 12, 40])
def test_record_keeps_the_last_reader_of_names_with_the_fields_to_sign(count: int) -> None:
    readers = tuple(papers.NameReader(f"读者{i:02d}号", "监督人", "2024-07-15 10:12", "逐个") for i in range(count))
    assert_well_paged(replace(papers.draw_record(), readers=readers), before_signing=f"读者{count - 1:02d}号")


def test_long_table_repeats_its_head_and_says_whose_continuation_it_is() -> None:
    texts = page_texts(render.render_issued(replace(papers.seal_sheet(), exclusions=exclusions(60))))
    assert [text for text in texts[1:] if f"（续）抽取编号：{papers.DRAW_ID}" not in text] == []
    assert [text for text in texts[:-1] if "编号 依据（代码） 来源" not in text] == []


def test_hundreds_of_balls_and_ranks_stay_on_the_paper() -> None:
    record = replace(papers.draw_record(), numbers=(7,) * 100, rows=passed(0) * 40)
    pages = pages_of(record)
    assert len(pages) < 30
    assert max(lower_edge(page) for page in pages) < LOWEST


def test_no_ball_is_no_error() -> None:
    assert len(pages_of(replace(papers.draw_record(), numbers=()))) == 2
