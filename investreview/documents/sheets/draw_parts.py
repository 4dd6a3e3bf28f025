"""What the papers of a draw have in common: facts, exclusions, hashes, balls."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportlab.lib.units import mm

from investreview.core.money import format_wan
from investreview.documents.contents import DrawExclusion, DrawRecord, DrawRecordPublic, DrawSealSheet, EarlierRound
from investreview.documents.layout import blocks, form
from investreview.documents.layout.fonts import ASCENT, Face
from investreview.documents.layout.page import GREY, Box, Text, centred
from investreview.documents.layout.table import LEFT, RIGHT, RULE, Align, Cell, Flow, Row, label
from investreview.documents.rules import grouped

DrawPaper = DrawSealSheet | DrawRecord | DrawRecordPublic

HASH_LABEL, HASH = 40 * mm, 116 * mm
BALLS_A_ROW, BALL_HEIGHT, BALL_SIZE = 20, 27.0, 17.0
WITHHELD = "关闭后公开"


def begin(paper: DrawPaper, *, right: str) -> Flow:
    """The first page with title, the draw's number and ``right``; later pages say whose continuation they are."""
    flow = form.begin(paper)
    blocks.continued_as(flow, f"抽取编号：{paper.draw_id}")
    form.under_title(flow, f"抽取编号：{paper.draw_id}", right)
    return flow


def subject(paper: DrawPaper, widths: Sequence[float]) -> list[Row]:
    """Whose project the draw is for."""
    amount = f"{format_wan(paper.amount_yuan)}万元"
    return [
        blocks.pair("项目名称", paper.project_name, "案件编号", paper.case_number, widths=widths),
        blocks.pair("申报企业", paper.enterprise, "投资总额", amount, widths=widths),
    ]


def earlier(paper: DrawPaper, widths: Sequence[float]) -> list[Row]:
    """The rounds before this one with their reasons; nothing in a first round."""
    told = "\n".join(_earlier(one) for one in paper.earlier)
    return [blocks.wide("此前轮次", told, widths=widths)] if told else []


def _earlier(one: EarlierRound) -> str:
    text = f"第{one.round}轮（{one.draw_id}）：{one.ended}；再次抽取的理由：{one.reason}"
    return text.replace("\n", " ")


def round_text(paper: DrawPaper) -> str:
    """Which round of this subject, and which draw of the commission."""
    return f"第{paper.round}轮；本委第{paper.draw_count}次抽取"


def admitted(paper: DrawPaper) -> str:
    """How many were admitted within 30 days, and under which numbers they stand here."""
    numbers = f"（{'、'.join(map(no_text, paper.admitted_nos))}号）" if paper.admitted_nos else ""
    return f"新增{paper.admitted_count}人{numbers}"


def seats(paper: DrawPaper) -> str:
    """The seats by class, and how many of one employer may sit."""
    listed = "、".join(f"{seat.name}{seat.count}" for seat in paper.seats)
    cap = f"；同一单位至多{paper.unit_cap}人" if paper.unit_cap else ""
    return f"{listed}，共{sum(seat.count for seat in paper.seats)}席{cap}"


def chances(paper: DrawPaper) -> str:
    """Smallest and largest chance, and whether anybody is sure to be drawn."""
    certain = f"{paper.certain_count}人必然入选" if paper.certain_count else "无人必然入选"
    return f"最小{_percent(paper.smallest_chance)}，最大{_percent(paper.largest_chance)}；{certain}"


def _percent(fraction: Decimal) -> str:
    return f"{fraction * 100:.1f}%"


def no_text(no: int) -> str:
    """A number of the draw as it is printed and read out."""
    return f"{no:03d}"


def exclusions(
    sections: blocks.Sections,
    title: str,
    names: Sequence[str],
    widths: Sequence[float],
    lines: Sequence[Sequence[str]],
) -> None:
    """Who could not be drawn, two beside each other."""
    if not lines:
        sections.rows(title, [blocks.across("无", align=Align.CENTRE)])
        return
    filled = [*lines, *[("",) * len(names)] * (len(lines) % 2)]
    aligns = (Align.CENTRE, Align.LEFT, Align.LEFT)[: len(names)]
    pairs = [(*a, *b) for a, b in zip(filled[::2], filled[1::2], strict=True)]
    sections.table(title, (*names, *names), (*widths, *widths), (*aligns, *aligns), pairs)


def basis_text(one: DrawExclusion) -> str:
    """Why somebody was left out, in words, with the code under which the evidence file has it."""
    return f"{one.basis}（{one.code}）"


def hashes(named: Iterable[tuple[str, str]]) -> list[Row]:
    """Hashes in groups of four, eight groups a line; one that is not known yet is said to be withheld."""
    rows = []
    for name, digest in named:
        value = Cell(grouped(digest), HASH, Face.MONO, blocks.SIZE, leading=1.32) if digest else Cell(WITHHELD, HASH)
        rows.append(Row((label(name, HASH_LABEL, size=blocks.SIZE), value), height=26, padding=2.8))
    return rows


def balls(flow: Flow, numbers: Sequence[int]) -> None:
    """The on-site numbers in the order drawn, each in its box with its place in small."""
    side = (RIGHT - LEFT) / max(min(len(numbers), BALLS_A_ROW), 1)
    for start in range(0, len(numbers), BALLS_A_ROW):
        flow.need(BALL_HEIGHT)
        for i, number in enumerate(numbers[start : start + BALLS_A_ROW]):
            x = LEFT + i * side
            baseline = flow.y + BALL_HEIGHT / 2 + 1 + (ASCENT - 0.5) * BALL_SIZE
            flow.page.add(
                Box(x, flow.y, side, BALL_HEIGHT, weight=RULE),
                Text(x + 2.5, flow.y + 8, str(start + i + 1), size=7, colour=GREY),
                centred(x + side / 2, baseline, str(number), Face.TITLE, BALL_SIZE),
            )
        flow.y += BALL_HEIGHT
