"""What the papers of a case say, from its record and from the rules that judge it."""

from investreview.demo import hands
from investreview.projects.papers import approval_sheet, contact_of
from tests.world import World, drive, later


def test_sheet_gives_each_reason_with_its_citation_in_one_sentence(world: World) -> None:
    sheet = approval_sheet(drive(world, "proposed"), code="X", on=later(5).date())
    assert sheet.reasons.endswith("符合（§3.9.1）。")
    assert sheet.reasons.count("。") == 1
    assert sheet.deadline == "全程\n7月18日"
    assert sheet.risks == ()


def test_sheet_says_what_follows_a_filing_and_what_a_refusal(world: World) -> None:
    case = drive(world, "confirmed")
    hands.propose(case, world.officer, later(4), risks=[], refusal="不能说明必要性。")
    refused = approval_sheet(hands.fresh(case), code="X", on=later(5).date())
    assert refused.afterwards == (
        "签发后由办公室编号、用印、送达；企业完善方案并重新履行决策程序后，可以作为新的事项报送。"
    )
    filed = approval_sheet(drive(world, "proposed", key="2"), code="X", on=later(5).date())
    assert filed.afterwards == "签发后由办公室编号、用印、送达；企业按季报送进展，竣工投运满12个月后列入后评价计划。"


def test_contact_is_the_officers_office_else_the_one_for_business_else_the_commission(world: World) -> None:
    case = drive(world, "confirmed")
    assert contact_of(case) == "规划发展处officer；联系电话：0518-80633066"
    case.officer = None
    assert contact_of(case) == "规划发展处；联系电话：0518-80633066"
    case.commission.offices.all().update(kind="LAW")
    assert contact_of(case) == "LYG市国资委（示例）；联系电话：0518-80633066"
