"""What a declared fact is called and how its plain value reads, in the language of the page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _

from investreview.core.money import MoneyField, format_wan
from investreview.core.templatetags.ir import day, percent
from investreview.projects.completeness import field_label
from investreview.projects.forms.columns import column
from investreview.projects.models import Declaration

PROJECT_NAME = "project_name"


def fact_label(name: str) -> str:
    """What a field of the declaration, or the project's name, is called on every page."""
    if name == PROJECT_NAME:
        return _("项目名称")
    return _("预计内部收益率") if name == "irr_bps" else field_label(name)


def fact_text(name: str, value: Any) -> str:
    """A plain value (as submissions freeze it) as people read it; empty where nothing is said."""
    if value is None or value == "":
        return ""
    return str(value) if name == PROJECT_NAME else _field_text(column(Declaration, name), value)


def wan_text(value: str) -> str:
    """An amount kept as yuan with two decimals, in 万元."""
    return f"{format_wan(Decimal(value))} {_('万元')}"


def _field_text(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, MoneyField):
        return wan_text(value)
    if isinstance(field, Field) and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.get_internal_type() == "DateField":
        return day(date.fromisoformat(value))
    return percent(value) if field.name.endswith("_bps") else str(value)
