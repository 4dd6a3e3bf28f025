"""抽取记录表: how a draw went and how anybody checks it; one print with names, one by numbers, the same hashes."""

from collections.abc import Iterable, Iterator

from reportlab.lib.units import mm

from investreview.documents.contents import DrawRecord, DrawRecordPublic, DrawWave, SealedValue
from investreview.documents.layout import blocks, form
from investreview.documents.layout.fonts import Face
from investreview.documents.layout.page import Page, flush_right
from investreview.documents.layout.table import RIGHT, Align, Flow, Row
from investreview.documents.printed import in_chinese
from investreview.documents.rules import grouped
from investreview.documents.sheets import draw_parts as parts
from investreview.documents.sheets import draw_ranks as ranks

Record = DrawRecord | DrawRecordPublic

RESULT = "抽取结果（按签号由小到大；签号由随机种子对编号计算得出）"
NAME_HEADS = ("名次", "编号", "姓名", "工作单位", "专业", "签号前8位", "结果")
NAME_COLUMNS = (11 * mm, 11 * mm, 16 * mm, 41 * mm, 22 * mm, 21 * mm, 34 * mm)
NAME_ALIGNS = (Align.CENTRE, Align.CENTRE, Align.CENTRE, Align.LEFT, Align.LEFT, Align.CENTRE, Align.LEFT)
NUMBER_HEADS = ("名次", "编号", "专业", "签号前8位", "结果")
NUMBER_COLUMNS = (16 * mm, 18 * mm, 44 * mm, 34 * mm, 44 * mm)
NUMBER_ALIGNS = (Align.CENTRE, Align.CENTRE, Align.LEFT, Align.CENTRE, Align.LEFT)
WAVE_HEADS = ("批次", "退出", "代码", "确认方式", "时间", "递补")
WAVE_COLUMNS = (12 * mm, 13 * mm, 20 * mm, 62 * mm, 32 * mm, 17 * mm)
WAVE_ALIGNS = (Align.CENTRE, Align.CENTRE, Align.LEFT, Align.LEFT, Align.CENTRE, Align.CENTRE)
EXCLUSION_COLUMNS = (11 * mm, 67 * mm)
READER_HEADS = ("序号", "人员", "岗位", "首次揭示", "揭示范围")
READER_COLUMNS = (14 * mm, 28 * mm, 32 * mm, 42 * mm, 40 * mm)
SIGNERS = ("抽取人", "监督人", "纪检机构")
SIGNING = blocks.sign_section_height(len(SIGNERS))
CLOSED_NOTE = "本表于论证意见签署、抽取关闭后印发；关闭前，姓名、系统封存随机数和随机种子均不公开。"
OPEN_NOTE = "本表为抽取当日印发；系统封存随机数、随机种子和日志末项摘要在论证意见签署、抽取关闭后公开。"


def lay_out_names(record: DrawRecord) -> list[Page]:
    """The confidential print: ranks with names and employers, and who has learned them."""
    flow, sections = _begin(record)
    rows = ranks.rows([ranks.by_name(named) for named in record.rows], NAME_COLUMNS, NAME_ALIGNS)
    sections.rows(RESULT, rows, head=blocks.table_head(NAME_HEADS, NAME_COLUMNS))
    _after_the_result(flow, record, sections, keep=0.0 if record.readers else SIGNING)
    if record.readers:
        lines = [(str(i), r.name, r.post, r.first_at, r.extent) for i, r in enumerate(record.readers, start=1)]
        aligns = (Align.CENTRE,) * len(READER_HEADS)
        title = "已知悉姓名的人员（逐个揭示，按先后）"
        sections.table(title, READER_HEADS, READER_COLUMNS, aligns, lines, keep=SIGNING)
    return _finish(flow, record, sections, "内部份（含专家姓名，限抽取、监督、评审组织人员）", "内部份")


def lay_out_numbers(record: DrawRecordPublic) -> list[Page]:
    """The public print: ranks by number."""
    flow, sections = _begin(record)
    rows = ranks.rows([ranks.by_number(row) for row in record.rows], NUMBER_COLUMNS, NUMBER_ALIGNS)
    sections.rows(RESULT, rows, head=blocks.table_head(NUMBER_HEADS, NUMBER_COLUMNS))
    _after_the_result(flow, record, sections, keep=SIGNING)
    return _finish(flow, record, sections, "公开份（只列编号，与内部份摘要相同）", "公开份")


def _begin(record: Record) -> tuple[Flow, blocks.Sections]:
    """The facts of the draw and its on-site numbers, with who read and who typed them."""
    flow = parts.begin(record, right=f"抽取时间：{record.drawn_at}　关闭时间：{record.closed_at or '未关闭'}")
    flow.rows(_facts(record))
    sections = blocks.Sections(flow)
    sections.head(f"现场随机数字（{record.source}）", keep=parts.BALL_HEIGHT + blocks.NOTE_HEIGHT)
    parts.balls(flow, record.numbers)
    photo = f"；照片编号：{record.photo}" if record.photo else ""
    blocks.note(flow, f"唱读：{in_chinese(record.read_by)}；录入：{in_chinese(record.typed_by)}{photo}。")
    return flow, sections


def _facts(record: Record) -> list[Row]:
    pool = f"{record.pool}，在库{record.pool_size}人；30日内{parts.admitted(record)}，退出{record.removed_count}人"
    joined = sum(len(wave.joined) for wave in record.waves)
    told = (
        ("专 家 库", pool, "轮　　次", parts.round_text(record).replace("；", "\n")),
        ("席　　位", parts.seats(record), "排　　除", f"{len(record.exclusions)}人"),
        ("入选机会", parts.chances(record), "递　　补", f"{joined}人"),
    )
    return [
        *parts.subject(record, blocks.UNEVEN),
        *(blocks.pair(*four, widths=blocks.UNEVEN) for four in told),
        *parts.earlier(record, blocks.UNEVEN),
    ]


def _after_the_result(flow: Flow, record: Record, sections: blocks.Sections, *, keep: float) -> None:
    """What both prints say after the result: waves, hashes, exclusions, how to verify."""
    if record.waves:
        remarks = [
            f"第{wave.ordinal}批退出人数超过席位三分之一，{wave.countersigned_at}由派驻纪检机构会签。"
            for wave in record.waves
            if wave.countersigned_at
        ]
        below = blocks.NOTE_HEIGHT if remarks else 0.0
        lines = list(_waves(record.waves))
        sections.table("递补（同一次排序依次进行）", WAVE_HEADS, WAVE_COLUMNS, WAVE_ALIGNS, lines, keep=below)
        for remark in remarks:
            blocks.note(flow, remark)
    sections.rows(f"摘要与随机种子（{record.hash_name}）", parts.hashes(_hashes(record)))
    lines = [(parts.no_text(e.no), parts.basis_text(e)) for e in record.exclusions]
    parts.exclusions(sections, f"封存前排除人员（{len(lines)}人）", ("编号", "依据（代码）"), EXCLUSION_COLUMNS, lines)
    sections.sentences("核验方法", _how_to_verify(record), keep=keep)


def _hashes(record: Record) -> Iterator[tuple[str, str]]:
    yield "抽取事项指纹", record.request_sha
    nonces = record.nonces or (SealedValue("", ""),)
    for one in nonces:
        yield "系统封存随机数" if len(nonces) == 1 else f"封存随机数\n（{one.party}）", one.digest
    yield "公开的随机种子", record.seed
    yield "抽取当日日志摘要", record.drawn_head
    yield "日志末项摘要", record.log_head


def _waves(waves: Iterable[DrawWave]) -> Iterator[tuple[str, ...]]:
    """One line for each who left; when and who joined is told once a wave."""
    for wave in waves:
        told = (wave.at, "、".join(map(parts.no_text, wave.joined)) or "无")
        for leaver in wave.left:
            proof = f"\n佐证摘要 {grouped(leaver.document_sha[:16])}" if leaver.document_sha else ""
            yield (str(wave.ordinal), parts.no_text(leaver.no), leaver.code, leaver.way + proof, *told)
            told = ("同上", "同上")


def _how_to_verify(record: Record) -> tuple[str, ...]:
    file = f"{record.draw_id}.json"
    return (
        f"向监督人索取证据文件 {file} 和核验程序 verify_draw.py。",
        f"在任何装有 Python 3 的电脑上运行 python3 verify_draw.py {file}，显示 REPRODUCED 即与本表一致；"
        "不需要联网，不需要安装其他软件。",
        f"加上 --request 和抽取事项指纹，即与{record.sealed_at}双方签字的封存单比对；"
        "加上 --head 和日志末项摘要，即与本表比对。",
        "道理：名册、排除人员、席位和系统封存随机数先定成封存摘要并签字，再取现场随机数字，合成随机种子，"
        "算出各编号的签号；任何一方单独不能决定结果，事后改动都会被发现。",
        "也可以任取一个编号，用随机种子单独计算签号，与上表前8位比对。",
    )


def _finish(flow: Flow, record: Record, sections: blocks.Sections, head: str, copy: str) -> list[Page]:
    """Fields to sign, what may be told when, and on each page which print this is."""
    sections.head("签字", keep=len(SIGNERS) * blocks.SIGN_HEIGHT)
    blocks.sign_fields(flow, SIGNERS, when="日期", blank="年　月　日")
    blocks.note(flow, CLOSED_NOTE if record.is_closed else OPEN_NOTE)
    for page in flow.pages:
        page.add(flush_right(RIGHT, form.HEAD_LINE, head, Face.BODY, blocks.SIZE))
    return form.finish(flow, record, foot=f"{record.number} · 记录表 · {copy} · 第{record.round}轮")
