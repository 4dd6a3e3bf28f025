"""The opinion of an expert panel: as the commission keeps it, and as the enterprise may have it.

The two are kinds, not variants of one: who may read a paper is decided by its kind, in one query, and what the
enterprise has in hand needs its own hash and code. The excerpt is made from the opinion and has no field for a number,
a sheet, a range or the name behind a dissent (DOMAIN §6: it never lets the enterprise guess who wrote what).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from investreview.core.errors import Invalid
from investreview.documents.kinds import DocumentKind, Mark, PanelConclusion, PanelVerdict
from investreview.documents.rules import names_within


@dataclass(frozen=True)
class PanelMember:
    """One member: number in the draw, name, specialty, total and verdict of the final sheet.

    ``signature`` tells of a signature given in the system ("2024-07-24系统签名"); empty, it is signed by hand.
    """

    no: int
    name: str
    specialty: str
    total: Decimal
    verdict: PanelVerdict
    signature: str = ""


@dataclass(frozen=True)
class CriterionScore:
    """How all final sheets marked one criterion, or the total of all."""

    name: str
    points: int  # 分值
    mean: Decimal
    median: Decimal
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True)
class MeanScore:
    """A criterion with the mean of all sheets only."""

    name: str
    points: int
    mean: Decimal


@dataclass(frozen=True)
class PassRule:
    """What the rule set asks for: this share of all members, and this mean."""

    share_numerator: int
    share_denominator: int
    mean_points: int


@dataclass(frozen=True)
class PanelCondition:
    """A condition of a conditional conclusion: what, until when, proved how."""

    text: str
    due: str
    evidence: str


@dataclass(frozen=True)
class Inquiry:
    """A question of the panel (质询) and what the enterprise answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class Dissent:
    """A view that differs from the conclusion, and whose it is."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PanelOpinion:
    """专家组论证意见 as it stays inside the commission: with each sheet's total, and dissent by name.

    Raises: ValueError where the conclusion does not agree with sheets, rule and conditions.
    """

    kind: ClassVar[DocumentKind] = DocumentKind.PANEL_OPINION
    title: ClassVar[str] = "投资项目二次论证专家组论证意见"

    case_number: str
    organ_short: str
    project_name: str
    enterprise: str
    amount_yuan: Decimal
    draw_id: str
    met_at: str  # 2024年7月24日 09:00—11:40
    place: str
    way: str  # 现场会议
    members: tuple[PanelMember, ...]
    chair_no: int
    process: str  # 论证过程，一段话
    criteria: tuple[CriterionScore, ...]
    total: CriterionScore
    score_note: str = ""  # scores under the bound, shift from first to final sheets
    rule: PassRule
    conclusion: PanelConclusion
    conditions: tuple[PanelCondition, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    opinion: tuple[str, ...]  # paragraphs
    dissents: tuple[Dissent, ...] = ()
    mark: Mark = Mark.WORK_SECRET
    number: str = ""  # 论证编号
    dated_on: date | None = None

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its number and date."""
        return replace(self, number=number, dated_on=dated_on)

    def __post_init__(self) -> None:
        if self.chair_no not in {member.no for member in self.members}:
            raise ValueError(f"chair {self.chair_no} is no member")
        if (self.conclusion is PanelConclusion.CONDITIONAL) != bool(self.conditions):
            raise ValueError(f"{self.conclusion} with {len(self.conditions)} conditions")
        if self.conclusion is not PanelConclusion.FAIL and not (self.is_share_reached and self.is_mean_reached):
            raise ValueError(f"{self.conclusion} below what the rule set asks for")

    @property
    def chair(self) -> str:
        """The chair's name."""
        return next(member.name for member in self.members if member.no == self.chair_no)

    def votes(self, verdict: PanelVerdict) -> int:
        """How many final sheets say ``verdict``."""
        return sum(member.verdict is verdict for member in self.members)

    @property
    def agreed_count(self) -> int:
        """How many agree, with or without changes."""
        return len(self.members) - self.votes(PanelVerdict.DISAGREE)

    @property
    def is_share_reached(self) -> bool:
        """Whether as many agree as the rule asks for."""
        return self.agreed_count * self.rule.share_denominator >= len(self.members) * self.rule.share_numerator

    @property
    def is_mean_reached(self) -> bool:
        """Whether the mean of the totals, unrounded, is what the rule asks for."""
        return sum(member.total for member in self.members) >= self.rule.mean_points * len(self.members)

    def excerpt(self, *, contact: str) -> "PanelOpinionExcerpt":
        """What the enterprise may have of an issued opinion: no numbers, sheets, ranges; dissent without names.

        Names and dissents are sorted, so that their order tells nothing. Raises: Invalid (documents_not_issued;
        documents_names_in_excerpt where a text names a member).
        """
        if not self.number:
            raise Invalid("documents_not_issued")
        found = names_within((member.name for member in self.members), self._free_texts())
        if found:
            raise Invalid("documents_names_in_excerpt", names="、".join(found))
        return PanelOpinionExcerpt(
            case_number=self.case_number,
            organ_short=self.organ_short,
            recipient=self.enterprise,
            project_name=self.project_name,
            amount_yuan=self.amount_yuan,
            opinion_number=self.number,
            draw_id=self.draw_id,
            met_at=self.met_at,
            place=self.place,
            way=self.way,
            members=tuple(sorted(member.name for member in self.members)),
            chair=self.chair,
            criteria=tuple(MeanScore(one.name, one.points, one.mean) for one in self.criteria),
            total=MeanScore(self.total.name, self.total.points, self.total.mean),
            rule=self.rule,
            is_share_reached=self.is_share_reached,
            is_mean_reached=self.is_mean_reached,
            conclusion=self.conclusion,
            conditions=self.conditions,
            inquiries=self.inquiries,
            opinion=self.opinion,
            dissents=tuple(sorted(dissent.text for dissent in self.dissents)),
            contact=contact,
        )

    def _free_texts(self) -> Iterable[str]:
        """What somebody wrote in words, and a name might have slipped into."""
        yield from self.opinion
        yield from (dissent.text for dissent in self.dissents)
        for condition in self.conditions:
            yield from (condition.text, condition.due, condition.evidence)
        for inquiry in self.inquiries:
            yield from (inquiry.question, inquiry.answer)


@dataclass(frozen=True, kw_only=True)
class PanelOpinionExcerpt:
    """专家组论证意见（送企业文本）: made by ``PanelOpinion.excerpt``, never filled by hand."""

    kind: ClassVar[DocumentKind] = DocumentKind.PANEL_OPINION_EXCERPT
    title: ClassVar[str] = PanelOpinion.title

    case_number: str
    organ_short: str
    recipient: str
    project_name: str
    amount_yuan: Decimal
    opinion_number: str
    draw_id: str
    met_at: str
    place: str
    way: str
    members: tuple[str, ...]
    chair: str
    criteria: tuple[MeanScore, ...]
    total: MeanScore
    rule: PassRule
    is_share_reached: bool
    is_mean_reached: bool
    conclusion: PanelConclusion
    conditions: tuple[PanelCondition, ...]
    inquiries: tuple[Inquiry, ...]
    opinion: tuple[str, ...]
    dissents: tuple[str, ...]
    contact: str
    mark: Mark = Mark.INTERNAL
    dated_on: date | None = None

    @property
    def number(self) -> str:
        """The opinion's number with QY 企业."""
        return f"{self.opinion_number}-QY"

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its date. Raises: ValueError for another number than its own."""
        if number != self.number:
            raise ValueError(f"{self.number} cannot be issued as {number}")
        return replace(self, dated_on=dated_on)
