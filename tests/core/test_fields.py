from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from investreview.core.errors import Invalid
from investreview.core.fields import LegalDateField, LineField, MoneyFormField, TextBlockField
from investreview.core.forms import as_validation_error
from investreview.core.money import Unit


class SampleForm(forms.Form):
    amount = MoneyFormField(minimum=Decimal("0.01"), maximum=Decimal("100000000"))
    cost = MoneyFormField(unit=Unit.YUAN, required=False)
    name = LineField()
    reason = TextBlockField(required=False)
    on = LegalDateField()


GOOD = {"amount": "1,860.00 万元", "cost": "", "name": " 港口（示例） ", "reason": "一\r\n二", "on": "2024-08-07"}


def test_form_good_input_is_cleaned() -> None:
    form = SampleForm(GOOD)

    assert form.errors == {}
    assert form.cleaned_data == {
        "amount": Decimal("18600000.00"),
        "cost": None,
        "name": "港口（示例）",
        "reason": "一\n二",
        "on": date(2024, 8, 7),
    }


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("amount", "", "required"),
        ("amount", "1e+7", "money_exponent"),
        ("amount", "0", "money_below_minimum"),
        ("amount", "10000.000001", "money_above_maximum"),
        ("amount", "29999999.995元", "money_too_precise"),
        ("cost", "1_000", "money_underscore"),
        ("name", "\u3000", "required"),
        ("name", "a\u202eb", "text_invisible"),
        ("name", "a\0b", "text_unstorable"),
        ("name", "一\n二", "text_newline"),
        ("reason", "a\ud800", "text_unstorable"),
        ("reason", "字" * 20_001, "text_too_long"),
        ("on", "", "required"),
        ("on", "2024-02-30", "date_does_not_exist"),
    ],
)
def test_form_bad_input_is_told_at_its_field_and_kept(field: str, typed: str, code: str) -> None:
    form = SampleForm({**GOOD, field: typed})

    assert {name: [error.code for error in errors.as_data()] for name, errors in form.errors.items()} == {field: [code]}
    assert form[field].value() == typed


def test_money_form_field_refused_text_is_shown_again_escaped() -> None:
    html = str(SampleForm({**GOOD, "amount": '"><b>'})["amount"])

    assert 'value="&quot;&gt;&lt;b&gt;"' in html


def test_money_form_field_shows_unit_and_reading_in_both_units_and_capitals() -> None:
    html = str(SampleForm(GOOD)["amount"])

    assert '<span class="money-unit">万元</span>' in html
    assert "1,860.00 万元 = 18,600,000.00 元（人民币壹仟捌佰陆拾万元整）" in html


@pytest.mark.parametrize(("name", "shown"), [("amount", "1860"), ("cost", "18,600,000.00")])
def test_money_form_field_initial_amount_is_shown_in_its_unit(name: str, shown: str) -> None:
    form = SampleForm(initial={name: Decimal("18600000.00")})

    assert f'value="{shown}"' in str(form[name])


@pytest.mark.parametrize(
    ("initial", "data", "expected"),
    [
        (Decimal("18600000.00"), "1,860", False),
        (Decimal("18600000.00"), "1861", True),
        (Decimal("18600000.00"), "x", True),
        (None, "", False),
    ],
)
def test_money_form_field_has_changed_compares_amounts(initial: Decimal | None, data: str, expected: bool) -> None:
    assert MoneyFormField().has_changed(initial, data) is expected


@pytest.mark.parametrize(
    ("initial", "data", "expected"),
    [(date(2024, 8, 7), "2024年8月7日", False), (date(2024, 8, 7), "2024-08-08", True), (None, "x", True)],
)
def test_legal_date_field_has_changed_compares_days(initial: date | None, data: str, expected: bool) -> None:
    assert LegalDateField().has_changed(initial, data) is expected


def test_legal_date_field_initial_day_is_shown_for_the_date_picker() -> None:
    html = str(SampleForm(initial={"on": date(2024, 8, 7)})["on"])

    assert 'type="date"' in html
    assert 'value="2024-08-07"' in html


@pytest.mark.parametrize(("language", "begins"), [("zh-hans", "“x”是负数"), ("en", "“x” is negative")])
def test_as_validation_error_speaks_the_active_language(language: str, begins: str) -> None:
    with translation.override(language):
        error = as_validation_error(Invalid("money_negative", given="x"))

    assert error.message.startswith(begins)
    assert error.code == "money_negative"


@pytest.mark.parametrize(
    ("field", "initial", "data", "expected"),
    [
        (LineField(), None, "", False),
        (LineField(), "港口", "港口", False),
        (LineField(), "港口", "港城", True),
        (TextBlockField(), "一\n二", "一\r\n二", False),
        (TextBlockField(), "一", None, True),
    ],
)
def test_text_fields_have_changed_only_when_the_text_did(field, initial, data, expected: bool) -> None:
    assert field.has_changed(initial, data) is expected


def test_legal_date_field_takes_a_date_as_it_is() -> None:
    assert LegalDateField().clean(date(2024, 8, 7)) == date(2024, 8, 7)


@pytest.mark.parametrize("value", ["x", "", None])
def test_money_input_reads_out_nothing_it_cannot_read(value: str | None) -> None:
    assert MoneyFormField().widget.render("a", value).endswith('data-money-unit="WAN"></output>')
