"""The components of templates."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from investreview.core.templatetags import ir


def render(source: str, **context: object) -> str:
    return Template("{% load ir %}" + source).render(Context(context)).strip()


class Sample(forms.Form):
    name = forms.CharField(label="项目名称", help_text="一行", max_length=3)
    agreed = forms.BooleanField(label="承诺")
    control = forms.ChoiceField(label="控制", choices=[("1", "是"), ("0", "否")], widget=forms.RadioSelect)


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (date(2024, 7, 19), "2024年7月19日", "19 July 2024"),
        (datetime(2024, 12, 31, 16, 0, tzinfo=UTC), "2025年1月1日", "1 January 2025"),
        (None, "—", "—"),
    ],
)
def test_day_is_written_in_both_languages(value: date | None, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert ir.day(value) == chinese
    with override("en"):
        assert ir.day(value) == english


def test_moment_is_shanghai_time() -> None:
    with override("zh-hans"):
        assert ir.moment(datetime(2024, 8, 7, 1, 0, tzinfo=UTC)) == "2024年8月7日 09:00"


@pytest.mark.parametrize(
    ("remaining", "state", "text", "tone"),
    [
        (3, "", "剩 3 个工作日", "grey"),
        (2, "", "剩 2 个工作日", "amber"),
        (0, "", "今日到期", "amber"),
        (-1, "", "超期 1 个工作日", "red"),
        (None, "", "无时限", "grey"),
        (-4, "paused", "已停表", "grey"),
    ],
)
def test_clock_tells_what_is_left(remaining: int | None, state: str, text: str, tone: str) -> None:
    with override("zh-hans"):
        context = ir.clock(date(2024, 8, 8), remaining, state)
    assert (context["text"], context["tone"]) == (text, tone)


def test_clock_shows_its_date_and_says_when_it_is_estimated() -> None:
    with override("zh-hans"):
        html = render("{% clock due 5 'estimated' %}", due=date(2027, 2, 8))
    assert ('datetime="2027-02-08"' in html, "2月8日" in html, "暂估" in html) == (True, True, True)


def test_money_shows_its_unit_and_tells_yuan_and_capitals() -> None:
    with override("zh-hans"):
        html = render("{% money amount %}", amount=Decimal("18600000"))
    assert html == '<span class="ir-num" title="18,600,000.00 元 · 人民币壹仟捌佰陆拾万元整">1,860.00 万元</span>'


def test_no_money_is_a_dash() -> None:
    assert render("{% money amount %}", amount=None) == '<span class="ir-num">—</span>'


@pytest.mark.parametrize(("points", "text"), [(6000, "60.00%"), (1, "0.01%"), (None, "—")])
def test_percent_reads_basis_points(points: int | None, text: str) -> None:
    assert ir.percent(points) == text


@pytest.mark.parametrize(("size", "text"), [(114_600_000, "114.6 MB"), (99_999, "100.0 kB"), (10, "0.1 kB")])
def test_file_size_is_short(size: int, text: str) -> None:
    assert ir.file_size(size) == text


def test_person_names_whom_they_act_for() -> None:
    with override("zh-hans"):
        assert render("{% person '王××' '李××' '经办' %}") == "<span>王××（经办）（代李××）</span>"


def test_text_of_people_is_escaped() -> None:
    html = render("{% badge text %}{% person text %}{% empty text %}{% file_row text %}", text="<b>x")
    assert ("<b>x" in html, html.count("&lt;b&gt;x")) == (False, 4)


def test_field_ties_label_help_and_error_to_the_input() -> None:
    with override("zh-hans"):
        html = render("{% field form.name %}", form=Sample({"name": "四个字啊"}))
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert ('id="id_name_helptext"' in html, 'id="id_name_error"' in html, 'value="四个字啊"' in html) == (True,) * 3


def test_a_choice_of_radios_is_a_group_with_a_legend() -> None:
    html = render("{% field form.control %}", form=Sample())
    assert (html.startswith("<fieldset"), "<legend" in html) == (True, True)


def test_form_errors_counts_the_fields_to_look_at() -> None:
    form = Sample({"name": "四个字啊"})
    form.is_valid()
    with override("zh-hans"):
        assert "有 3 处需要修改" in render("{% form_errors form %}", form=form)


def test_diff_marks_what_was_added_and_removed() -> None:
    part = SimpleNamespace
    blocks = [[part(kind="same", text="你公司"), part(kind="removed", text="旧"), part(kind="added", text="<新>")]]
    assert "<p>你公司<del>旧</del><ins>&lt;新&gt;</ins></p>" in render("{% diff blocks %}", blocks=blocks)


def test_timeline_marks_where_the_case_is() -> None:
    html = render("{% timeline entries %}", entries=[{"text": "签发", "state": "now"}, {"text": "提交"}])
    assert ('<li class="ir-now" aria-current="step">' in html, html.count("<li")) == (True, 2)
