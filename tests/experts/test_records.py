"""Avoidance from the records of the registry, the declaration and the expert: code, basis and path of each."""

from datetime import date

import pytest

from experts.models import Expert
from experts.services.organisations import OrganisationName
from experts.services.standing import ConflictFacts, add_conflict, end_conflict
from experts.states import ConflictKind, TieKind
from investreview.demo.hands import acting
from investreview.projects.models import Case, Party
from investreview.registry.models import Organisation
from investreview.registry.services import record_shareholding, rename_organisation
from tests.experts.cases import ON, ask, grant, left_out, on_day, only_exclusion, panel_case
from tests.experts.pool import employ, found_pool, fresh, organisation
from tests.world import World

SINCE = date(2022, 3, 1)
OTHERS = [role for role in Party.Role.values if role not in ("APPLICANT", "INVESTOR", "FIRST_REVIEW")]


@pytest.fixture
def expert(world: World) -> Expert:
    return found_pool(world, 1, with_accounts=False)[0]


@pytest.mark.parametrize("body", ["group", "sub", "sister"])
def test_an_employer_at_any_tier_of_the_applicants_group_leaves_out(world: World, expert: Expert, body: str) -> None:
    case = panel_case(world, body="sub")
    employer = world.bodies[body].organisation
    employ(world, expert, employer, from_on=SINCE)
    exclusion = only_exclusion(case)
    assert (exclusion.stable_id, exclusion.codes) == ("LYG-ZJ-0001", ("EMPLOYER",))
    assert exclusion.basis == f"任职记录：{employer.name}，在职，2022年3月1日至今"
    group = world.group.organisation.name
    assert exclusion.path == f"专家→在职（2022年3月1日至今）：{employer.name}→申报集团（{group}）"


def test_an_employer_of_another_group_does_not_leave_out(world: World, case: Case, expert: Expert) -> None:
    employ(world, expert, world.other.organisation, from_on=SINCE)
    assert left_out(case) == {}


@pytest.mark.parametrize(
    ("until_on", "codes"), [(date(2021, 7, 5), {"LYG-ZJ-0001": ("EMPLOYER",)}), (date(2021, 7, 4), {})]
)
def test_a_former_employer_counts_for_three_years(
    world: World, case: Case, expert: Expert, until_on: date, codes: dict[str, tuple[str, ...]]
) -> None:
    employ(world, expert, world.sub.organisation, from_on=date(2001, 1, 1), until_on=until_on)
    assert left_out(case) == codes


@pytest.mark.parametrize("role", OTHERS)
def test_an_employer_that_is_a_party_leaves_out(world: World, expert: Expert, role: str) -> None:
    case = panel_case(world, **{role: "相关单位（示例）"})
    employ(world, expert, organisation("相关单位（示例）"), from_on=SINCE)
    exclusion = only_exclusion(case)
    word = {
        "TARGET": "标的企业",
        "PARTNER": "合作方",
        "STUDY": "可研编制单位",
        "DUE_DILIGENCE": "尽职调查机构",
        "AUDIT": "审计机构",
        "APPRAISAL": "评估机构",
        "LEGAL_OPINION": "法律意见机构",
    }[role]
    assert (exclusion.code, exclusion.path) == ("EMPLOYER", f"专家→在职（2022年3月1日至今）：相关单位（示例）→{word}")


def test_an_employer_that_made_the_first_review_has_its_own_code(world: World, expert: Expert) -> None:
    case = panel_case(world, FIRST_REVIEW="首论单位（示例）")
    employ(world, expert, organisation("首论单位（示例）"), from_on=SINCE)
    assert left_out(case) == {"LYG-ZJ-0001": ("FIRST_REVIEW",)}


def test_an_outside_director_of_the_group_has_their_own_code(world: World, case: Case, expert: Expert) -> None:
    employ(world, expert, world.sister.organisation, kind=TieKind.OUTSIDE_DIRECTOR, from_on=SINCE)
    exclusion = only_exclusion(case)
    assert exclusion.codes == ("OUTSIDE_DIRECTOR",)
    assert exclusion.path.startswith("专家→任外部董事（2022年3月1日至今）：")


# Shareholdings between organisations


def hold(owner: Organisation, owned: Organisation, share_bps: int, since: date, until: date | None = None) -> None:
    share = record_shareholding(owner=owner, owned=owned, share_bps=share_bps, valid_from=since)
    share.valid_to = until
    share.save()


def test_ownership_at_any_depth_leads_to_the_party(world: World, expert: Expert) -> None:
    case = panel_case(world, TARGET="标的公司（示例）")
    top, middle = organisation("控股母公司（示例）"), organisation("中间公司（示例）")
    hold(top, middle, 8000, date(2018, 1, 1))
    hold(middle, organisation("标的公司（示例）"), 3550, date(2019, 1, 1))
    employ(world, expert, top, from_on=SINCE)
    exclusion = only_exclusion(case)
    assert exclusion.path == (
        "专家→在职（2022年3月1日至今）：控股母公司（示例）→持股80.00%（2018年1月1日至今）：中间公司（示例）"
        "→持股35.50%（2019年1月1日至今）：标的公司（示例）→标的企业"
    )
    assert [bool(reason.fingerprint) for reason in exclusion.reasons] == [True]


def test_a_company_below_a_subsidiary_of_the_group_leads_to_the_group(world: World, expert: Expert) -> None:
    below = organisation("参股公司（示例）")
    hold(world.sister.organisation, below, 1, date(2019, 1, 1))
    employ(world, expert, below, from_on=SINCE)
    exclusion = only_exclusion(panel_case(world, body="sub"))
    assert exclusion.path == (
        "专家→在职（2022年3月1日至今）：参股公司（示例）"
        f"→股东持股0.01%（2019年1月1日至今）：{world.sister.organisation.name}→申报集团（{world.group.organisation.name}）"
    )


def test_a_partner_of_another_group_leads_up_and_down_its_tree(world: World, expert: Expert) -> None:
    case = panel_case(world, body="other", PARTNER=world.sub.organisation.name)
    employ(world, expert, world.group.organisation, from_on=SINCE)
    assert only_exclusion(case).path == (
        f"专家→在职（2022年3月1日至今）：{world.group.organisation.name}→下级企业：{world.sub.organisation.name}→合作方"
    )


@pytest.mark.parametrize(("until", "is_out"), [(date(2021, 7, 5), True), (date(2021, 7, 4), False), (None, True)])
def test_a_share_that_was_sold_counts_for_the_look_back(
    world: World, case: Case, expert: Expert, until: date | None, is_out: bool
) -> None:
    company = organisation("曾持股公司（示例）")
    hold(company, world.sub.organisation, 5100, date(2010, 1, 1), until)
    employ(world, expert, company, from_on=date(2011, 1, 1))
    assert left_out(case) == ({"LYG-ZJ-0001": ("EMPLOYER",)} if is_out else {})


def test_a_share_bought_after_the_expert_had_left_does_not_count(world: World, case: Case, expert: Expert) -> None:
    company = organisation("后持股公司（示例）")
    hold(company, world.sub.organisation, 5100, date(2023, 7, 1))
    employ(world, expert, company, from_on=date(2011, 1, 1), until_on=date(2023, 6, 30))
    assert left_out(case) == {}


def test_two_companies_of_one_owner_are_no_tie(world: World, expert: Expert) -> None:
    case = panel_case(world, TARGET="标的公司（示例）")
    owner, sister = organisation("共同股东（示例）"), organisation("同一股东的公司（示例）")
    hold(owner, organisation("标的公司（示例）"), 8000, date(2010, 1, 1))
    hold(owner, sister, 8000, date(2010, 1, 1))
    employ(world, expert, sister, from_on=SINCE)
    assert left_out(case) == {}


# Parties declared by their name alone


@pytest.mark.parametrize(
    "written", ["本委甲一公司有限公司（示例）", "本委甲一公司有限公司(示例)", "本委甲一公司 有限公司（示例）"]
)
def test_a_party_without_credit_code_is_whoever_bears_the_name(world: World, expert: Expert, written: str) -> None:
    case = panel_case(world, body="other", PARTNER=written)
    assert Organisation.objects.get(name=written, credit_code=None)
    employ(world, expert, world.sub.organisation, from_on=SINCE)
    assert left_out(case) == {"LYG-ZJ-0001": ("EMPLOYER",)}


def test_a_party_that_is_named_by_a_former_name_is_found(world: World, expert: Expert) -> None:
    case = panel_case(world, body="other", PARTNER="甲一旧名公司（示例）")
    rename_organisation(organisation=world.sub.organisation, name="甲一旧名公司（示例）", since=date(2010, 1, 1))
    rename_organisation(organisation=world.sub.organisation, name="甲一新名公司（示例）", since=date(2020, 1, 1))
    employ(world, expert, world.sub.organisation, from_on=SINCE)
    assert left_out(case) == {"LYG-ZJ-0001": ("EMPLOYER",)}


# Declared conflict parties


def conflict(
    world: World, expert: Expert, kind: ConflictKind, party: Organisation, until_on: date | None = None
) -> None:
    facts = ConflictFacts(
        named=OrganisationName(party.name, party.credit_code or ""),
        kind=kind,
        basis="本人申报（示例）",
        from_on=date(2019, 1, 1),
        until_on=until_on,
    )
    add_conflict(
        acting=acting(world.pool_keeper, on_day(ON)),
        expert_id=expert.pk,
        version=fresh(expert).version,
        facts=facts,
        at=on_day(ON),
    )


@pytest.mark.parametrize("kind", list(ConflictKind))
def test_a_declared_conflict_leaves_out_with_its_code(
    world: World, case: Case, expert: Expert, kind: ConflictKind
) -> None:
    conflict(world, expert, kind, world.sister.organisation)
    exclusion = only_exclusion(case)
    assert exclusion.codes == (kind.value,)
    assert exclusion.basis.endswith("2019年1月1日至今；依据：本人申报（示例）")
    assert exclusion.path.endswith(f"：{world.sister.organisation.name}→申报集团（{world.group.organisation.name}）")


@pytest.mark.parametrize(
    ("kind", "until_on", "is_out"),
    [
        (ConflictKind.KIN, date(2024, 7, 5), True),
        (ConflictKind.KIN, date(2024, 7, 4), False),
        (ConflictKind.LOAN, date(2024, 7, 4), False),
        (ConflictKind.SHAREHOLDING, date(2024, 7, 4), False),
        (ConflictKind.OTHER, date(2024, 7, 4), False),
        (ConflictKind.DISPUTE, date(2024, 7, 4), True),
        (ConflictKind.DISPUTE, date(2021, 7, 5), True),
        (ConflictKind.DISPUTE, date(2021, 7, 4), False),
        (ConflictKind.FIRST_REVIEW, date(2021, 7, 5), True),
        (ConflictKind.FIRST_REVIEW, date(2021, 7, 4), False),
    ],
)
def test_only_disputes_and_first_reviews_look_back(
    world: World, case: Case, expert: Expert, kind: ConflictKind, until_on: date, is_out: bool
) -> None:
    conflict(world, expert, kind, world.group.organisation, until_on)
    assert left_out(case) == ({"LYG-ZJ-0001": (kind.value,)} if is_out else {})


def test_a_conflict_that_was_ended_no_longer_counts(world: World, case: Case, expert: Expert) -> None:
    conflict(world, expert, ConflictKind.LOAN, world.group.organisation)
    end_conflict(
        acting=acting(world.pool_keeper, on_day(ON)),
        expert_id=expert.pk,
        version=fresh(expert).version,
        conflict_id=expert.conflict_parties.get().pk,
        until_on=date(2024, 7, 4),
        at=on_day(ON),
    )
    assert left_out(case) == {}


# Requests of the enterprise


def test_people_of_a_requested_organisation_stand_aside_once_it_is_granted(
    world: World, case: Case, expert: Expert
) -> None:
    rival = organisation("竞争对手（示例）")
    employ(world, expert, rival, from_on=date(2015, 1, 1), until_on=date(2023, 1, 1))
    conflict(world, expert, ConflictKind.KIN, rival)
    request = ask(world, case, rival.name)
    assert left_out(case) == {}
    grant(world, request, rival.name)
    exclusion = only_exclusion(case)
    assert exclusion.codes == ("REQUESTED",)
    assert exclusion.path == "专家→在职（2015年1月1日至2023年1月1日）：竞争对手（示例）→企业申请回避的单位"


def test_a_request_concerns_its_own_case_only(world: World, case: Case, expert: Expert) -> None:
    rival = organisation("竞争对手（示例）")
    employ(world, expert, rival, from_on=SINCE)
    grant(world, ask(world, case, rival.name), rival.name)
    assert left_out(panel_case(world, key="2", name="另一项目（示例）")) == {}


def test_every_reason_is_kept_in_the_order_of_the_codes(world: World, expert: Expert) -> None:
    case = panel_case(world, TARGET="标的公司（示例）", AUDIT="标的公司（示例）")
    conflict(world, expert, ConflictKind.KIN, world.group.organisation)
    employ(world, expert, organisation("标的公司（示例）"), from_on=SINCE)
    employ(world, expert, world.sub.organisation, kind=TieKind.OUTSIDE_DIRECTOR, from_on=SINCE)
    employ(world, expert, None, from_on=SINCE)
    exclusion = only_exclusion(case)
    assert exclusion.codes == ("UNMATCHED", "OUTSIDE_DIRECTOR", "EMPLOYER", "KIN")
    assert [reason.code.value for reason in exclusion.reasons] == [
        "UNMATCHED",
        "OUTSIDE_DIRECTOR",
        "EMPLOYER",
        "EMPLOYER",
        "KIN",
    ]
    assert (exclusion.code, exclusion.path) == ("UNMATCHED", "")
