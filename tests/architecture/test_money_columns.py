"""Money is only ever a MoneyField: on SQLite a decimal column is a float."""

import pytest
from django.apps import apps
from django.db import models

from investreview.core.money import MoneyField

OURS = ("investreview.", "workflows", "experts")
MONEY_WORDS = ("amount", "_yuan", "price", "money", "fee", "cost", "capital", "commitment")


def our_fields() -> list[models.Field]:
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    ]


def test_no_column_is_a_decimal_or_float() -> None:
    found = [str(field) for field in our_fields() if isinstance(field, models.DecimalField | models.FloatField)]

    assert found == []


def test_every_column_that_ends_in_yuan_is_a_money_field() -> None:
    found = [str(field) for field in our_fields() if field.name.endswith("_yuan") and not isinstance(field, MoneyField)]

    assert found == []


def test_every_money_field_names_its_unit() -> None:
    named = ("_yuan", "currency_amount")  # the latter is in the currency that stands beside it
    found = [str(field) for field in our_fields() if isinstance(field, MoneyField) and not field.name.endswith(named)]

    assert found == []


@pytest.mark.parametrize("word", MONEY_WORDS)
def test_no_whole_number_column_sounds_like_money(word: str) -> None:
    found = [
        str(field)
        for field in our_fields()
        if word in field.name and isinstance(field, models.IntegerField) and not field.name.endswith(("_bps", "_count"))
    ]

    assert found == []
