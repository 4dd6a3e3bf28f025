"""What the overview is asked for: a year or a part of it, and the whole commission or one group. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.core.clock import SHANGHAI
from investreview.core.templatetags.ir import month as month_name
from investreview.registry.models import Commission

QUARTERS = tuple(f"q{number}" for number in range(1, 5))
MONTHS = tuple(f"m{number}" for number in range(1, 13))


@dataclass(frozen=True)
class Period:
    """A calendar year in Shanghai, or the quarter (``q1``) or month (``m12``) of it that ``part`` names."""

    year: int
    part: str = ""

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the year that belong to it."""
        if self.part in QUARTERS:
            first = 3 * int(self.part[1:]) - 2
            return (first, first + 1, first + 2)
        return (int(self.part[1:]),) if self.part in MONTHS else tuple(range(1, 13))

    @cached_property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.months[0], 1)

    @cached_property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.months[-1], monthrange(self.year, self.months[-1])[1])

    @property
    def begins_at(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), SHANGHAI)

    def holds(self, day: date | None) -> bool:
        """Whether a legal date lies in it; nothing lies nowhere."""
        return day is not None and self.first <= day <= self.last

    @property
    def label(self) -> str:
        """2024年度, 2024年第三季度, 2024年8月."""
        return period_label(self.year, self.part)


def part_label(part: str) -> str:
    """全年, 第三季度, 8月: a part of a year by itself."""
    names = {"": _("全年"), "q1": _("第一季度"), "q2": _("第二季度"), "q3": _("第三季度"), "q4": _("第四季度")}
    return names[part] if part in names else month_name(int(part[1:]))


def period_label(year: int, part: str) -> str:
    """A year with its part, as titles say it."""
    if not part:
        return _("%(year)d年度") % {"year": year}
    return _("%(year)d年%(part)s") % {"year": year, "part": part_label(part)}


@dataclass(frozen=True)
class GroupChoice:
    """A group (监管企业) that the figures can be narrowed to."""

    pk: int
    name: str


@dataclass(frozen=True)
class Wish:
    """What somebody asks of the overview of a commission on a day."""

    commission: Commission
    groups: tuple[GroupChoice, ...]
    period: Period
    today: date
    group: GroupChoice | None = None

    @property
    def is_current(self) -> bool:
        """Whether today lies in the period, so that what is under way now belongs to it."""
        return self.period.holds(self.today)

    @property
    def as_of(self) -> date:
        """Until which day the figures can tell anything: today, or the end of a period that is over."""
        return min(self.today, self.period.last)

    @property
    def group_name(self) -> str:
        """The group that was chosen; empty for all of them."""
        return self.group.name if self.group else ""

    @property
    def scope_label(self) -> str:
        """Whose projects are counted, as pages and exports say it."""
        return self.group_name or ngettext("%d户监管企业", "%d户监管企业", len(self.groups)) % len(self.groups)

    def query(self, *, part: str | None = None, group: int | None = None, **more: str) -> str:
        """The same wish as the query of an address; ``part`` and ``group`` narrow it further."""
        chosen = group if group is not None else (self.group.pk if self.group else None)
        asked = {
            "year": str(self.period.year),
            "part": self.period.part if part is None else part,
            "group": str(chosen) if chosen else "",
            **more,
        }
        return urlencode({key: value for key, value in asked.items() if value})
