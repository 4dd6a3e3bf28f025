"""Forms as real cases fill them: what nobody declared is not asked for by a dash, a usual receipt is one page."""

from dataclasses import replace

import pytest

from investreview.documents.contents import Phase, ReceivedMaterial
from investreview.documents.render import render_issued, render_system_copy

from . import samples
from .reading import flat_text, page_count

FIXED_ASSET = ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M16", "M18", "M19", "M20")


@pytest.mark.parametrize("count", [12, 13])
def test_receipt_of_a_fixed_asset_filing_is_one_page(count: int) -> None:
    name = "投后管理与退出方案"
    listed = tuple(ReceivedMaterial(code, name, "", "M05章节", "第21—25页") for code in FIXED_ASSET[:count])
    notes = ("本单说明材料已经收到。", "办理时限自确认齐备的次一工作日起计算。", "补正、暂缓期间不计入办理时限。")
    receipt = replace(samples.receipt(), materials=listed, notes=notes)
    assert page_count(render_system_copy(receipt, code=samples.CODE)) == 1


def test_registration_form_leaves_room_for_the_minutes_nobody_typed() -> None:
    form = replace(samples.registration(), party_committee="", board="")
    assert flat_text(render_issued(form)).count("年月日文号：") == 2
    assert flat_text(render_issued(samples.registration())).count("年月日文号：") == 0


def test_registration_form_has_no_row_for_what_is_not_declared() -> None:
    form = replace(samples.registration(), period="", debt_ratio_after="", shareholding="")
    form = replace(form, phases=(Phase("全部", form.total_investment_yuan),))
    text = flat_text(render_issued(form))
    assert [word for word in ("起止时间", "资产负债率", "股权比例") if word in text] == []
    whole = flat_text(render_issued(samples.registration()))
    assert [word for word in ("起止时间", "资产负债率", "股权比例") if word not in whole] == []


def test_sheet_numbers_risks_and_says_when_there_are_none() -> None:
    assert "1.预计内部收益率6.4%" in flat_text(render_issued(samples.approval()))
    text = flat_text(render_issued(replace(samples.approval(), risks=())))
    assert "主要风险经办未提出风险提示。" in text
