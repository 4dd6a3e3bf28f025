"""Letters in letter format (信函格式): wording between fields that nobody types over."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from investreview.documents.kinds import DocumentKind, Mark


class LockedField(StrEnum):
    """The fields of a letter that nobody types over."""

    PROJECT_NAME = "project_name"
    REPORT_TITLE = "report_title"
    INCOMING_NUMBER = "incoming_number"
    FILING_NUMBER = "filing_number"
    TOTAL_AMOUNT = "total_amount"
    FUNDING = "funding"
    OPINION_NUMBER = "opinion_number"
    CONCLUSION = "conclusion"
    ORIGINAL_NUMBER = "original_number"
    SAMPLE_RESULT = "sample_result"
    SAMPLED_PROJECTS = "sampled_projects"
    SELF_EVALUATION_ON = "self_evaluation_on"


LOCKED_LABELS: dict[LockedField, str] = {
    LockedField.PROJECT_NAME: "项目名称",
    LockedField.REPORT_TITLE: "来文标题",
    LockedField.INCOMING_NUMBER: "来文字号",
    LockedField.FILING_NUMBER: "登记号",
    LockedField.TOTAL_AMOUNT: "投资总额",
    LockedField.FUNDING: "资金来源",
    LockedField.OPINION_NUMBER: "论证编号",
    LockedField.CONCLUSION: "论证结论",
    LockedField.ORIGINAL_NUMBER: "原发文字号",
    LockedField.SAMPLE_RESULT: "抽取结果",
    LockedField.SAMPLED_PROJECTS: "被抽项目",
    LockedField.SELF_EVALUATION_ON: "自评价期限",
}


@dataclass(frozen=True)
class Plain:
    """A stretch of wording that people may change."""

    text: str


@dataclass(frozen=True)
class Locked:
    """A fact inside the wording; empty until signing where it is given by the signature (its 登记号)."""

    field: LockedField
    value: str


Segment = Plain | Locked


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; its level (0 body, 1 一、, 2 （一）, 3 1.) is read from its first characters."""

    level: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return "".join(s.text if isinstance(s, Plain) else s.value for s in self.segments)


@dataclass(frozen=True)
class Letter:
    """A reply in letter format (信函格式): 备案复函, 不予备案复函 or 二次论证复函.

    Number, date, organ and recipient are locked as a whole; the rest is segments.
    """

    kind: DocumentKind
    organ: str  # red mark: full name of the body
    organ_short: str  # sign-off
    recipient: str  # 主送
    headline: tuple[Segment, ...]  # the title; a line break in it is the writer's own
    paragraphs: tuple[Paragraph, ...]
    contact: str  # （联系人：…；联系电话：…）
    mark: Mark = Mark.INTERNAL
    number: str = ""  # 发文字号
    dated_on: date | None = None

    @property
    def title(self) -> str:
        """The title on one line."""
        text = "".join(s.text if isinstance(s, Plain) else s.value for s in self.headline)
        return text.replace("\n", "")

    def fixed_parts(self) -> dict[str, object]:
        """What nobody types over, by its name in Chinese, beside the locked spans."""
        return {
            "发文机关": self.organ,
            "署名": self.organ_short,
            "主送": self.recipient,
            "发文字号": self.number,
            "成文日期": self.dated_on,
            "标识": self.mark,
            "文种": self.kind,
        }

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same letter under its number and date."""
        return replace(self, number=number, dated_on=dated_on)

    def filled(self, field: LockedField, value: str) -> Self:
        """The same letter with every span of ``field`` set to ``value``."""

        def fill(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
            return tuple(Locked(field, value) if isinstance(s, Locked) and s.field == field else s for s in segments)

        return replace(
            self,
            headline=fill(self.headline),
            paragraphs=tuple(replace(p, segments=fill(p.segments)) for p in self.paragraphs),
        )

    def locked_spans(self) -> frozenset[Locked]:
        """Every locked field with its value, in title and paragraphs."""
        spans = (*self.headline, *(s for p in self.paragraphs for s in p.segments))
        return frozenset(s for s in spans if isinstance(s, Locked))

    def locked_values(self) -> dict[LockedField, str]:
        """Field → value of every locked span, in the order of ``LockedField``."""
        values = {span.field: span.value for span in self.locked_spans()}
        return {field: values[field] for field in LockedField if field in values}
