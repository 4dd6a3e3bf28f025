"""What a tab of the inbox is narrowed to and how it is read: the form, its values, and the rows that fit."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Case as CaseExpression
from django.db.models import DateField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField
from investreview.core.money.field import MoneyField, money_value
from investreview.desk.inbox.tabs import ORDER_LABELS, ORDERS, WAITING, Tab
from investreview.desk.selectors.amounts import shown_route, total_investment
from investreview.desk.selectors.viewing import Viewer
from investreview.registry.models import Enterprise
from investreview.rulebook.labels import route_label
from investreview.rulebook.vocabulary import Route
from workflows.labels import NODE_LABELS
from workflows.panel.acts import PANEL_STEPS

NO_DEADLINE_KEY = date.max
"""Where what has no deadline stands: behind everything that has one."""


@dataclass(frozen=True)
class Chosen:
    """A tab as somebody wants to see it; empty values narrow nothing."""

    tab: Tab
    q: str = ""
    route: str = ""
    group: str = ""
    step: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any((self.q, self.route, self.group, self.step))

    @property
    def order(self) -> str:
        """The order in which the tab is read."""
        return self.sort if self.sort in ORDERS[self.tab] else next(iter(ORDERS[self.tab]))

    @property
    def stored(self) -> dict[str, str]:
        """The values as a saved view keeps them."""
        return {key: str(value) for key, value in asdict(self).items() if value and key != "tab"}

    @property
    def query(self) -> str:
        """The values as an address carries them."""
        return urlencode({"tab": self.tab.value, **self.stored})


class InboxForm(forms.Form):
    """The filters of a tab; ``after`` is the place behind which a page begins."""

    q = LineField(label=_("项目名称或编号"), required=False, max_length=60)
    route = forms.ChoiceField(label=_("事项"), required=False)
    group = forms.ChoiceField(label=_("企业"), required=False)
    step = forms.ChoiceField(label=_("环节"), required=False)
    sort = forms.ChoiceField(label=_("排序"), required=False)
    after = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tab: Tab, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tab = tab
        self._offer("route", [("", _("全部事项")), *((one.value, route_label(one)) for one in Route)])
        self._offer("sort", [(key, ORDER_LABELS[key]) for key in ORDERS[tab]])
        if viewer.is_enterprise:
            del self.fields["group"]
        else:
            self._offer("group", [("", _("全部企业")), *_groups(viewer)])
        if tab in WAITING:
            self._offer("step", [("", _("全部环节")), *_steps(viewer)])
        else:
            del self.fields["step"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        """What was chosen; what cannot be read narrows nothing, and the form says what is wrong."""
        values = self.cleaned_data if self.is_valid() else {}
        return Chosen(tab=self.tab, **{key: values.get(key) or "" for key in ("q", "route", "group", "step", "sort")})

    @property
    def after_place(self) -> str:
        """The place behind which the page begins."""
        return self.cleaned_data.get("after", "") if self.is_valid() else ""


def _groups(viewer: Viewer) -> list[tuple[str, str]]:
    """The groups this person's commissions own."""
    groups = Enterprise.objects.filter(parent__isnull=True, commission__code__in=viewer.scope.commission_codes)
    return [(str(pk), name) for pk, name in groups.order_by("path").values_list("pk", "short_name")]


def _steps(viewer: Viewer) -> list[tuple[str, str]]:
    """The steps that can wait for somebody, each name once."""
    names: dict[str, str] = {}
    for node, label in NODE_LABELS.items():
        if node in ("begin", "taken_over") or (viewer.is_enterprise and node in PANEL_STEPS):
            continue
        names.setdefault(str(label), node)
    return [(node, name) for name, node in names.items()]


def with_keys(rows: QuerySet[Any], tab: Tab) -> QuerySet[Any]:
    """The rows with the amount and the route that they show, and the columns they are ordered by."""
    case = "" if tab == Tab.STARTED else "case__"
    rows = rows.annotate(
        amount=total_investment("pk" if tab == Tab.STARTED else "case_id"),
        shown_route=shown_route("pk" if tab == Tab.STARTED else "case_id", f"{case}route"),
    )
    rows = rows.annotate(amount_key=Coalesce("amount", money_value(0), output_field=MoneyField()))  # type: ignore[arg-type]
    if tab in WAITING:
        rows = rows.annotate(due_key=Coalesce("due_on", Value(NO_DEADLINE_KEY), output_field=DateField()))
    if tab == Tab.CIRCULATED:
        unread = When(read_at__isnull=True, then=Value(0))
        rows = rows.annotate(read_key=CaseExpression(unread, default=Value(1), output_field=IntegerField()))
    return rows


def narrowed(rows: QuerySet[Any], chosen: Chosen) -> QuerySet[Any]:
    """Those of the rows (of ``with_keys``) that fit what was chosen."""
    case = "" if chosen.tab == Tab.STARTED else "case__"
    if chosen.q:
        found = Q(**{f"{case}number__icontains": chosen.q})
        for name in ("project__name", "group__short_name", "enterprise__short_name"):
            found |= Q(**{f"{case}{name}__icontains": chosen.q})
        rows = rows.filter(found)
    if chosen.route:
        rows = rows.filter(shown_route=chosen.route)
    if chosen.group:
        rows = rows.filter(**{f"{case}group_id": int(chosen.group)})
    if chosen.step:
        rows = rows.filter(node__in=nodes_called_as(chosen.step))
    return rows


def nodes_called_as(node: str) -> list[str]:
    """The nodes that people know by the same name."""
    return [other for other, label in NODE_LABELS.items() if str(label) == str(NODE_LABELS[node])]


def filter_line(chosen: Chosen, form: InboxForm) -> str:
    """The filter and the order in words, for whoever reads a print or an export."""
    parts = [f"{form.fields['q'].label}：{chosen.q}"] if chosen.q else []
    for name in ("route", "group", "step"):
        value = getattr(chosen, name)
        if value and name in form.fields:
            labels = dict(form.fields[name].choices)  # type: ignore[attr-defined]
            parts.append(f"{form.fields[name].label}：{labels[value]}")
    words = gettext("；").join(parts) or gettext("无")
    return gettext("筛选条件：%(filter)s；排序：%(order)s") % {"filter": words, "order": ORDER_LABELS[chosen.order]}
