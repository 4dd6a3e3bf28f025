"""Components of the pages: money, dates, clocks, badges. Templates show what selectors prepared."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import forms, template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from investreview.core.clock import SHANGHAI
from investreview.core.dates import MONTHS, in_chinese, in_english
from investreview.core.errors import DomainError
from investreview.core.messages import sentence as sentence_of
from investreview.core.money import format_wan, format_yuan, in_capitals

register = template.Library()

SOON_DAYS = 2
Row = dict[str, object]


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


MOST_COUNTED = 999
"""Above this nobody needs to know how many exactly, and nothing counts on."""


@register.filter
def counted(value: int) -> str:
    """How many, or 999+."""
    return f"{MOST_COUNTED}+" if value > MOST_COUNTED else str(value)  # a lazy count knows no <=


@register.filter
def day(value: date | None) -> str:
    """2024年7月19日, or 19 July 2024; an instant is shown by its day in Shanghai, nothing as a dash."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    return in_english(value) if _is_english() else in_chinese(value)


@register.filter
def short_day(value: date | None) -> str:
    """8月7日, or 7 August."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    return f"{value.day} {MONTHS[value.month - 1]}" if _is_english() else f"{value.month}月{value.day}日"


@register.filter
def weekday(value: date) -> str:
    """星期三, or Wednesday."""
    return f"{value:%A}" if _is_english() else f"星期{'一二三四五六日'[value.weekday()]}"


@register.filter
def long_day(value: date) -> str:
    """2024年8月7日 星期三, or Wednesday, 7 August 2024."""
    return f"{weekday(value)}, {day(value)}" if _is_english() else f"{day(value)} {weekday(value)}"


@register.filter
def short_weekday(value: date) -> str:
    """三, or Wed: the head of a column of a calendar."""
    return f"{value:%a}" if _is_english() else weekday(value)[-1]


@register.filter
def month(number: int) -> str:
    """8月, or August: a month of the calendar by its number."""
    return MONTHS[number - 1] if _is_english() else f"{number}月"


@register.filter
def moment(value: datetime | None) -> str:
    """2024年7月19日 09:42, in Shanghai."""
    if value is None:
        return "—"
    return f"{day(value)} {value.astimezone(SHANGHAI):%H:%M}"


@register.filter
def sentence(error: DomainError) -> str:
    """What is wrong and what to do, as a person reads it."""
    return sentence_of(error)


@register.filter
def wan(value: Decimal | None) -> str:
    """1,860.00: an amount in 万元, without the unit; nothing as a dash."""
    return "—" if value is None else format_wan(value)


@register.filter
def yuan(value: Decimal | None) -> str:
    """18,600,000.00: an amount in 元, without the unit; nothing as a dash."""
    return "—" if value is None else format_yuan(value)


@register.filter
def capitals(value: Decimal | None) -> str:
    """人民币壹仟捌佰陆拾万元整 (大写)."""
    return "" if value is None else in_capitals(value)


@register.filter
def percent(basis_points: int | None) -> str:
    """60.00%, from 6000 basis points."""
    return "—" if basis_points is None else f"{Decimal(basis_points) / 100:.2f}%"


@register.filter
def file_size(size: int) -> str:
    """1.8 MB; kB below one tenth of a megabyte."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size / 1000, 0.1):.1f} kB"


@register.simple_tag
def icon(name: str) -> SafeString:
    """One picture of ``static/img/icons.svg``, decoration only."""
    return format_html(
        '<svg class="ir-icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("img/icons.svg"), name
    )


@register.inclusion_tag("components/money.html")
def money(amount: Decimal | None) -> dict[str, object]:
    """The amount in 万元 with its unit, in 元 and in capital letters for whoever points at it."""
    return {"amount": amount}


@register.inclusion_tag("components/badge.html")
def badge(text: str, tone: str = "grey") -> dict[str, object]:
    """A short state in a coloured box; the word carries the meaning, the colour repeats it."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("components/clock.html")
def clock(due_on: date | None, remaining: int | None, state: str = "") -> dict[str, object]:
    """A deadline as 剩 2 个工作日 with its date.

    Units: ``remaining`` working days, negative once overdue; ``state`` is "paused", "estimated" or empty.
    """
    return {"due_on": due_on, "state": state, **_reading_of(remaining, state)}


def _reading_of(remaining: int | None, state: str) -> dict[str, str]:
    if state == "paused":
        return {"text": _("已停表"), "tone": "grey"}
    if remaining is None:
        return {"text": _("无时限"), "tone": "grey"}
    if remaining < 0:
        return {"text": ngettext("超期 %d 个工作日", "超期 %d 个工作日", -remaining) % -remaining, "tone": "red"}
    if remaining == 0:
        return {"text": _("今日到期"), "tone": "amber"}
    text = ngettext("剩 %d 个工作日", "剩 %d 个工作日", remaining) % remaining
    return {"text": text, "tone": "amber" if remaining <= SOON_DAYS else "grey"}


@register.inclusion_tag("components/person.html")
def person(name: str, on_behalf_of: str = "", part: str = "") -> dict[str, object]:
    """A name, the part they act in, and for whom when they act as a substitute (代)."""
    return {"name": name, "on_behalf_of": on_behalf_of, "part": part}


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, source: object = None) -> dict[str, object]:
    """Label, input, help and error of one form field; ``source`` (label, tone) says where its value comes from."""
    is_check = isinstance(bound.field.widget, forms.CheckboxInput)
    return {"field": bound, "is_check": is_check, "is_group": bound.use_fieldset, "source": source}


@register.inclusion_tag("components/sending_words.html")
def sending_words() -> dict[str, object]:
    """What ``sending.js`` says of a file under way, as attributes of the place where it is chosen."""
    return {"piece_bytes": settings.UPLOAD_PIECE_BYTES, "kept_days": settings.UNFINISHED_UPLOAD_DAYS}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, object]:
    """What is wrong with the form as a whole, and how many fields need a look; the page opens there.

    A form that has a field to begin with keeps it so. A password is not sent back, a browser forgets a chosen file:
    both are asked for again.
    """
    return {
        "errors": form.non_field_errors(),
        "count": sum(bool(each.errors) for each in form),
        "takes_focus": not any("autofocus" in each.field.widget.attrs for each in form),
        "has_password": any(isinstance(each.field.widget, forms.PasswordInput) for each in form),
        "has_file": any(isinstance(each.field.widget, forms.FileInput) for each in form),
    }


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[object]) -> dict[str, object]:
    """What happened, newest where the caller put it: each entry has ``text``, ``at``, ``who``, ``note``, ``state``."""
    return {"entries": entries}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[object]) -> dict[str, object]:
    """The steps of a submission: each has ``label``, ``url`` and ``state`` (done, on, todo)."""
    return {"items": items}


@register.inclusion_tag("components/file_row.html")
def file_row(name: str, kind: str = "", detail: str = "", url: str = "", status: str = "", tone: str = "grey") -> Row:
    """One file or slot: its kind, name, facts, and state at the right."""
    return {"name": name, "kind": kind, "detail": detail, "url": url, "status": status, "tone": tone}


@register.inclusion_tag("components/empty.html")
def empty(text: str) -> dict[str, object]:
    """What would be here when there were something."""
    return {"text": text}


@register.inclusion_tag("components/diff.html")
def diff(blocks: Iterable[object]) -> dict[str, object]:
    """Two texts in one (花脸稿): each block is a paragraph of parts with ``kind`` (same, added, removed), ``text``."""
    return {"blocks": blocks}
