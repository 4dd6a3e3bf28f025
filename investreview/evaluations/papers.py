"""What a sample notice says, filled from the published year and its draw, and from nothing else. In Chinese."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.documents.contents import SampledProject, SampleNotice, SampleRecord, SampleShare
from investreview.documents.letter_facts import OriginalLetter, SampleFacts
from investreview.documents.letter_templates import draft_reissue, draft_sample_notice
from investreview.documents.models import Document
from investreview.draws.kinds import Reader
from investreview.draws.models import Draw
from investreview.evaluations.drawn import DrawnFacts, drawn_facts
from investreview.evaluations.frame import FrameEntry, frame_of, included
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.models import SampleNotice as Notice
from investreview.evaluations.rules import Counted, Coverage, coverage, coverage_by_group, percent_text
from investreview.registry.models import Enterprise, Office
from investreview.registry.selectors import work_calendar
from investreview.rulebook.vocabulary import EvaluationStep, SampleMethod

GROUPS_SHOWN = 4
TEXTS = {
    SampleMethod.ALL_SYSTEMATIC: (
        "{n}个项目按企业、金额档和随机签号排成一列，从随机起点起等距取出，取数为{n}×{rate}进位取整，即{random}个，"
        "每个项目机会相等（规则代码 all_systematic，随机起点 u={start}）。"
    ),
    SampleMethod.ENT_SYSTEMATIC: (
        "各企业的项目分别按金额档和随机签号排列，从随机起点起等距取出，取数为各企业项目数×{rate}进位取整，合计{random}个"
        "（规则代码 ent_systematic，各企业随机起点见证据文件）。"
    ),
    SampleMethod.CELL_CEIL: (
        "按企业和金额档分组，组内依随机签号由小到大取出，取数为各组项目数×{rate}进位取整，合计{random}个"
        "（规则代码 cell_ceil）。"
    ),
}
READ = {
    Reader.OPERATOR: "由抽取人逐个唱读、监督人录入",
    Reader.WITNESS: "由监督人逐个唱读、抽取人录入",
}


def notice_content(year: EvaluationYear, group: Enterprise, at: datetime) -> SampleNotice:
    """The notice of the published year to one of its sampled groups, ready to be edited and signed.

    Raises: Invalid (evaluations_contact_missing) where nobody could be named to whom a liaison is reported.
    """
    today = legal_date(at)
    office, phone = _office(year, Office.Kind.BUSINESS), year.commission.contact_phone.strip()
    if not office or not phone:
        raise Invalid("evaluations_contact_missing")
    rules = year.rule_set.data.evaluation
    frame = included(frame_of(year, today))
    record = sample_record(year, frame)
    facts = SampleFacts(
        organ=year.commission.name,
        organ_short=year.commission.short_name,
        recipient=group.short_name_on(today),
        year=year.year,
        rate=_rate(year),
        result=_result(year, record, frame),
        projects=tuple(entry.name for entry in frame if entry.is_picked and entry.group_id == group.pk),
        self_evaluation_on=rules.due_on(EvaluationStep.SELF_EVALUATION, year.year),
        check_report_on=rules.due_on(EvaluationStep.CHECK_REPORT, year.year),
        liaison_on=liaison_day(year, at),
        contact_office=office,
        contact_phone=phone,
    )
    return draft_sample_notice(facts, record)


def liaison_day(year: EvaluationYear, at: datetime) -> date:
    """Until when an enterprise names its liaison, in a notice that is written at ``at``."""
    return work_calendar(year.commission).add(legal_date(at), year.rule_set.data.evaluation.liaison_days)


def passed_liaison_day(notice: Notice, today: date) -> date | None:
    """The day of the liaison that the notice still names although it has gone by; nothing in the usual case."""
    day = liaison_day(notice.year, notice.drafted_at)
    if day >= today:
        return None
    newest = notice.document.versions.latest("ordinal").parsed
    said = "".join(paragraph.text for paragraph in newest.paragraphs) if isinstance(newest, SampleNotice) else ""
    return day if f"于{day.month}月{day.day}日前报" in said else None


def reissued_content(year: EvaluationYear, group: Enterprise, original: Document, at: datetime) -> SampleNotice:
    """The notice that takes the place of a sent one: its wording with the facts as they now read, naming it.

    Raises: Invalid (documents_remedy_too_early) for one that was not sent.
    """
    text = original.issued_version.parsed if original.issued_version is not None else None
    if not isinstance(text, SampleNotice) or original.dated_on is None:
        raise Invalid("documents_remedy_too_early", title=original.title)
    present = notice_content(year, group, at)
    about = OriginalLetter(number=original.number, title=text.title, dated_on=original.dated_on)
    letter = draft_reissue(replace(text, attachment=present.attachment), present, about, filing_number="")
    assert isinstance(letter, SampleNotice)  # noqa: S101 -- the kind of its text
    return letter


def sample_record(year: EvaluationYear, frame: tuple[FrameEntry, ...]) -> SampleRecord:
    """The attachment: what was drawn from, what was drawn, how, and how to verify it."""
    counted = [Counted(entry.ent, entry.amount_yuan, entry.is_picked) for entry in frame]
    whole = coverage(counted)
    shares = sorted(coverage_by_group(counted).items(), key=lambda item: _by_size(*item))
    order = {name: place for place, (name, _) in enumerate(shares)}
    picked = sorted(
        (entry for entry in frame if entry.is_picked), key=lambda one: (order[one.ent], -one.amount_yuan, one.number)
    )
    names = {rule.key.value: rule.name for rule in year.rule_set.data.evaluation.mandatory}
    return SampleRecord(
        title=f"{year.year}年度投资项目后评价抽取名单及抽样记录",
        counted_on=_frozen_on(year),
        shares=tuple(
            SampleShare(name, part.frame_count, part.frame_yuan, part.picked_count, part.picked_yuan)
            for name, part in shares
        ),
        by_number=percent_text(whole.by_number),
        by_amount=percent_text(whole.by_amount),
        projects=tuple(
            SampledProject(
                entry.ent, _marked(entry), entry.amount_yuan, "、".join(names[pick.rule] for pick in entry.picks)
            )
            for entry in picked
        ),
        method=_method(year, drawn_facts(_draw(year)), frame),
        issuer=f"{year.commission.short_name}{_office(year, Office.Kind.DOCUMENT)}",
    )


def _marked(entry: FrameEntry) -> str:
    """The project's name; what was decided on paper is marked on every print (DOMAIN §16)."""
    return f"{entry.name}（补录）" if entry.is_backfilled else entry.name


def _by_size(name: str, part: Coverage) -> tuple[int, Decimal, bytes]:
    return -part.frame_count, -part.frame_yuan, name.encode()


def _draw(year: EvaluationYear) -> Draw:
    if year.draw is None:
        raise ValueError(f"the sample of {year.year} is not drawn")
    return year.draw


def _frozen_on(year: EvaluationYear) -> date:
    if year.frozen_at is None:
        raise ValueError(f"the frame of {year.year} is not frozen")
    return legal_date(year.frozen_at)


def _rate(year: EvaluationYear) -> str:
    return percent_text(Fraction(year.rate_bps or 0, 10_000)).replace(".0%", "%")


def _office(year: EvaluationYear, kind: Office.Kind) -> str:
    office = Office.objects.filter(commission=year.commission_id, kind=kind).first()
    return office.name if office is not None else ""


def _result(year: EvaluationYear, record: SampleRecord, frame: tuple[FrameEntry, ...]) -> str:
    method = year.rule_set.data.evaluation.method(year.method)
    must = f"（其中必查{year.must_count}个）" if year.must_count else ""
    return (
        f"列入{year.year}年度抽样范围的项目共{len(frame)}个，采用{method.name}，抽取{year.picked_count}个{must}，"
        f"占项目数的{record.by_number}、投资额的{record.by_amount}"
    )


def _method(year: EvaluationYear, drawn: DrawnFacts, frame: tuple[FrameEntry, ...]) -> tuple[str, ...]:
    must = year.must_count or 0
    start = drawn.groups[0].start if drawn.groups else None
    how = TEXTS[SampleMethod(year.method)].format(
        n=len(frame) - must, rate=_rate(year), random=len(drawn.random), start="—" if start is None else start
    )
    numbers = " ".join(str(number) for number in drawn.numbers)
    return (
        f"方法：{how}",
        f"现场随机数字（号码球0—9，放回，{len(drawn.numbers)}次）：{numbers}；随机数字{READ[drawn.read_by]}。",
        f"抽取编号：{drawn.draw_number}；抽取前封存摘要：{_begin(drawn.fingerprint)} …；公开的随机种子："
        f"{_begin(drawn.seed)} …（全文见证据文件）。",
        "核验：取得证据文件后运行 verify_draw.py，显示“REPRODUCED”即与公布结果一致。",
        f"收购民营企业等必查项目全部抽取，不占随机抽取的数量；本次范围内{f'有{must}个' if must else '没有'}必查项目。",
    )


def _begin(groups: tuple[str, ...]) -> str:
    return " ".join(groups[:GROUPS_SHOWN])
