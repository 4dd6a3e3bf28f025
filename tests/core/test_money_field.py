from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.models import F, Q, Sum
from django.db.models.functions import Cast
from django.test.utils import isolate_apps

from investreview.core.errors import Invalid
from investreview.core.fields import MoneyFormField
from investreview.core.money import MoneyField, money_value

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def sample() -> Iterator[type[models.Model]]:
    """A table with two money columns, gone with the test's transaction."""
    with isolate_apps("investreview.core"):

        class Sample(models.Model):
            amount_yuan = MoneyField()
            other_yuan = MoneyField(null=True)

            class Meta:
                app_label = "core"

        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE core_sample (id integer PRIMARY KEY, amount_yuan bigint NOT NULL, other_yuan bigint)"
            )
        yield Sample


def test_money_field_value_survives_a_round_trip(sample) -> None:
    sample.objects.create(id=1, amount_yuan=Decimal("29999999.99"))

    row = sample.objects.get()

    assert (str(row.amount_yuan), row.other_yuan) == ("29999999.99", None)


def test_money_field_is_stored_in_fen(sample) -> None:
    sample.objects.create(id=1, amount_yuan="29999999.99")

    with connection.cursor() as cursor:
        cursor.execute("SELECT amount_yuan FROM core_sample")
        assert cursor.fetchone() == (2999999999,)


@pytest.mark.parametrize("value", [29999999.99, 1.0, True])
def test_money_field_float_or_bool_is_refused(sample, value: object) -> None:
    with pytest.raises(TypeError):
        sample.objects.create(id=1, amount_yuan=value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0.001", "money_too_precise"),
        ("29999999.995", "money_too_precise"),
        ("10000000000000.01", "money_too_large"),
        ("NaN", "money_not_a_number"),
    ],
)
def test_money_field_value_that_is_no_amount_is_refused(sample, value: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sample.objects.create(id=1, amount_yuan=Decimal(value))

    assert refusal.value.code == code


def test_money_field_sum_is_exact_decimal_yuan(sample) -> None:
    sample.objects.bulk_create(sample(id=number, amount_yuan=Decimal("0.10")) for number in range(1, 1001))

    total = sample.objects.aggregate(total=Sum("amount_yuan"))["total"]

    assert (type(total), str(total)) == (Decimal, "100.00")


def test_money_field_sum_of_largest_amounts_is_exact(sample) -> None:
    sample.objects.bulk_create(sample(id=number, amount_yuan=Decimal("9999999999999.99")) for number in range(1, 101))

    assert sample.objects.aggregate(total=Sum("amount_yuan"))["total"] == Decimal("999999999999999.00")


def test_money_field_sum_of_nothing_is_the_default(sample) -> None:
    total = sample.objects.aggregate(total=Sum("amount_yuan", default=Decimal("0.00")))["total"]

    assert str(total) == "0.00"


def test_money_field_group_sum_is_decimal_yuan(sample) -> None:
    sample.objects.create(id=1, amount_yuan="1.10", other_yuan="5")
    sample.objects.create(id=2, amount_yuan="2.20", other_yuan="5")

    rows = sample.objects.values("other_yuan").annotate(total=Sum("amount_yuan"))

    assert list(rows) == [{"other_yuan": Decimal("5.00"), "total": Decimal("3.30")}]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Q(amount_yuan=Decimal("10000000")), [2]),
        (Q(amount_yuan__gte=Decimal("10000000.00")), [2, 3]),
        (Q(amount_yuan__lt=Decimal("10000000.00")), [1]),
        (Q(amount_yuan__range=(Decimal("10000000"), Decimal("30000000"))), [2, 3]),
        (Q(amount_yuan__in=[Decimal("9999999.99"), Decimal("30000000")]), [1, 3]),
        (Q(other_yuan__isnull=True), [3]),
        (Q(amount_yuan__gt=F("other_yuan")), [2]),
        (Q(amount_yuan=F("other_yuan")), [1]),
        (Q(amount_yuan__gt=F("other_yuan") + money_value(Decimal("0.01"))), []),
        (Q(amount_yuan=F("other_yuan") + money_value(Decimal("0.01"))), [2]),
    ],
)
def test_money_field_filter_compares_yuan(sample, condition: Q, found: list[int]) -> None:
    sample.objects.create(id=1, amount_yuan="9999999.99", other_yuan="9999999.99")
    sample.objects.create(id=2, amount_yuan="10000000.00", other_yuan="9999999.99")
    sample.objects.create(id=3, amount_yuan="30000000.00")

    assert list(sample.objects.filter(condition).order_by("id").values_list("id", flat=True)) == found


def test_money_field_sum_of_two_columns_is_decimal_yuan(sample) -> None:
    sample.objects.create(id=1, amount_yuan="1.10", other_yuan="2.20")

    row = sample.objects.annotate(
        both=F("amount_yuan") + F("other_yuan"), rest=F("amount_yuan") - F("other_yuan")
    ).get()

    assert (row.both, row.rest) == (Decimal("3.30"), Decimal("-1.10"))


def test_money_field_annotation_with_a_bare_number_is_refused(sample) -> None:
    with pytest.raises(FieldError):
        list(sample.objects.annotate(more=F("amount_yuan") + Decimal("5")))


@pytest.mark.parametrize("bare", [5, Decimal("5")])
def test_money_field_update_with_a_bare_number_is_refused(sample, bare: object) -> None:
    sample.objects.create(id=1, amount_yuan="1.10")

    with pytest.raises(FieldError):
        sample.objects.update(amount_yuan=F("amount_yuan") + bare)


@pytest.mark.parametrize("bare", [5, Decimal("5")])
def test_money_field_filter_with_a_bare_number_in_an_expression_is_refused(sample, bare: object) -> None:
    with pytest.raises(FieldError):
        list(sample.objects.filter(amount_yuan__gt=F("other_yuan") + bare))


def test_money_field_update_adds_a_money_value(sample) -> None:
    sample.objects.create(id=1, amount_yuan="1.10")

    sample.objects.update(amount_yuan=F("amount_yuan") + money_value(Decimal("5")))

    assert sample.objects.get().amount_yuan == Decimal("6.10")


def test_money_field_average_with_part_of_a_fen_is_refused(sample) -> None:
    sample.objects.create(id=1, amount_yuan="0.01")
    sample.objects.create(id=2, amount_yuan="0.02")

    with pytest.raises(ValueError, match="no whole number of fen"):
        sample.objects.aggregate(mean=models.Avg("amount_yuan"))


def test_money_field_model_clean_tells_a_third_decimal(sample) -> None:
    with pytest.raises(ValidationError) as refusal:
        sample(id=1, amount_yuan=Decimal("0.001")).full_clean()

    assert refusal.value.error_dict["amount_yuan"][0].code == "money_too_precise"


def test_money_field_form_field_is_the_money_form_field(sample) -> None:
    assert isinstance(sample._meta.get_field("amount_yuan").formfield(), MoneyFormField)


def test_money_field_deconstructs_to_its_importable_place() -> None:
    _name, path, args, kwargs = MoneyField(null=True).deconstruct()

    assert (path, args, kwargs) == ("investreview.core.money.field.MoneyField", [], {"null": True})


@pytest.mark.parametrize(("value", "text"), [(Decimal("1.10"), "1.10"), (None, "")])
def test_money_field_is_serialised_as_decimal_text(sample, value: Decimal | None, text: str) -> None:
    assert sample._meta.get_field("other_yuan").value_to_string(sample(other_yuan=value)) == text


@pytest.mark.parametrize("value", [1.5, "x"])
def test_money_field_model_clean_tells_what_is_no_amount(sample, value: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        sample(id=1, amount_yuan=value).full_clean()

    assert refusal.value.error_dict["amount_yuan"][0].code == "money_not_read"


def test_money_field_compared_with_another_kind_of_column_is_refused(sample) -> None:
    with pytest.raises(FieldError, match="money_value"):
        list(sample.objects.filter(amount_yuan__gt=F("id")))


def test_money_field_compared_with_a_subquery_of_money_is_taken(sample) -> None:
    sample.objects.create(id=1, amount_yuan="1.10", other_yuan="1.10")

    assert sample.objects.filter(amount_yuan=sample.objects.values("other_yuan")[:1]).count() == 1


def test_money_field_cast_stays_money(sample) -> None:
    sample.objects.create(id=1, amount_yuan="1.10")

    assert sample.objects.annotate(again=Cast("amount_yuan", MoneyField())).get().again == Decimal("1.10")
