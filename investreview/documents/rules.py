"""Pure rules of documents: levels of paragraphs, what a letter must and must not say, shapes of numbers."""

import re
from collections.abc import Iterable

_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"（[一二三四五六七八九十]+）")),
    (3, re.compile(r"\d+[.．]")),
    (4, re.compile(r"（\d+）")),
)
_DIGITS = "零一二三四五六七八九"


def level_of(paragraph: str) -> int:
    """The level a paragraph's first characters give it: 一、 1, （一） 2, 1. 3, （1） 4, else 0."""
    return next((level for level, marker in _LEVELS if marker.match(paragraph)), 0)


def ordinal_chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 21 → 二十一 (up to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


_APPROVES = re.compile(r"(予以|准予|同意|我委)批准|批准(该|本|此|上述)?(项目|备案|投资)")
_NO_ENDORSEMENT = "不代表对项目可行性、收益和风险的认可"


def filing_wording_fault(text: str) -> str | None:
    """The error code of a filing reply whose wording may not go out, else nothing.

    Rule: a filing is never called 批准; it says 予以备案, and that filing endorses neither feasibility nor return
    nor risk (DOMAIN §5, §12).
    """
    if _APPROVES.search(text):
        return "documents_filing_says_approved"
    if "予以备案" not in text:
        return "documents_filing_not_said"
    if _NO_ENDORSEMENT not in text:
        return "documents_endorsement_not_excluded"
    return None


def refusal_wording_fault(text: str) -> str | None:
    """The error code of a refusal whose wording may not go out, else nothing: it says 不予备案."""
    return None if "不予备案" in text else "documents_refusal_not_said"


def passing_review_wording_fault(text: str) -> str | None:
    """The error code of a reply that files a project after its second review, else nothing.

    Rule: it tells of the second review and its conclusion, and is a filing reply besides (DOMAIN §6, §12).
    """
    return _review_not_told(text) or filing_wording_fault(text)


def refusing_review_wording_fault(text: str) -> str | None:
    """The error code of a reply that refuses a project after its second review, else nothing."""
    return _review_not_told(text) or refusal_wording_fault(text)


def correction_wording_fault(text: str) -> str | None:
    """The error code of a correction letter whose wording may not go out, else nothing: it says 更正."""
    return None if "更正" in text else "documents_correction_not_said"


def sample_notice_wording_fault(text: str) -> str | None:
    """The error code of a sample notice whose wording may not go out, else nothing: it says what to do until when."""
    return None if "后评价抽查" in text and "自评价报告" in text else "documents_sample_not_said"


def _review_not_told(text: str) -> str | None:
    return None if "二次论证" in text and "论证结论" in text else "documents_review_not_said"


_PLACE = re.compile(r"\{(year|n)(?::0(\d)d)?\}")


def label_fault(label: str) -> bool:
    """Whether a series' label is unusable: it holds ``{year}`` and ``{n}`` once each and no other brace."""
    names = [match[1] for match in _PLACE.finditer(label)]
    rest = _PLACE.sub("", label)
    return sorted(names) != ["n", "year"] or "{" in rest or "}" in rest or "{year:" in label


def number_text(label: str, *, year: int, ordinal: int) -> str:
    """``连国资函〔{year}〕{n}号``, 2024, 38 → ``连国资函〔2024〕38号``."""
    return label.format(year=year, n=ordinal)


def parse_number(label: str, text: str) -> tuple[int, int] | None:
    """Year and ordinal of a number written after the label, nothing where it does not fit."""
    pattern, at = "", 0
    for match in _PLACE.finditer(label):
        digits = r"(?P<year>\d{4})" if match[1] == "year" else r"(?P<n>\d{1,8})"
        pattern += re.escape(label[at : match.start()]) + digits
        at = match.end()
    found = re.fullmatch(pattern + re.escape(label[at:]), text, re.ASCII)
    if not found:
        return None
    year, ordinal = int(found["year"]), int(found["n"])
    return (year, ordinal) if ordinal and number_text(label, year=year, ordinal=ordinal) == text else None


_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether the text is a hash: 64 lower-case hex digits."""
    return _DIGEST.fullmatch(text) is not None


def grouped(digest: str) -> str:
    """A hash as people read it out: groups of four, eight groups a line."""
    groups = [digest[i : i + 4] for i in range(0, len(digest), 4)]
    return "\n".join(" ".join(groups[i : i + 8]) for i in range(0, len(groups), 8))


def names_within(names: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The names that stand in one of the texts, blanks aside, each once."""
    written = ["".join(text.split()) for text in texts]
    wanted = dict.fromkeys("".join(name.split()) for name in names)
    return tuple(name for name in wanted if name and any(name in text for text in written))
