"""Which ties of an expert meet which party: codes, look-back, what has to hold on the day, fingerprints."""

from dataclasses import replace
from datetime import date

import pytest

from experts.rules.avoidance import Avoidance, CaseParty, Hit, PartyRole, Tie
from experts.rules.codes import ExclusionCode
from experts.rules.eligibility import Period, look_back
from experts.rules.ownership import Ownership, OwnershipGraph
from experts.states import ConflictKind, TieKind
from experts.wording import PARTIES, TIES, path_text
from investreview.projects.models import Party

ON = date(2024, 8, 7)
WINDOW = look_back(ON, 3)
GROUP, SUB, TARGET, PARTNER, BANK = 1, 2, 3, 4, 9
SINCE_2022 = Period(date(2022, 3, 1), None)
PARTIES_OF_CASE = (
    CaseParty(PartyRole.GROUP, frozenset({GROUP, SUB})),
    CaseParty(PartyRole.TARGET, frozenset({TARGET})),
)


def tie(organisation: int = SUB, period: Period = SINCE_2022, **changes: object) -> Tie:
    usual = Tie("employer:1", TieKind.EMPLOYED.value, ExclusionCode.EMPLOYER, organisation, period, True)
    return replace(usual, **changes)


def hits(
    *ties: Tie, parties: tuple[CaseParty, ...] = PARTIES_OF_CASE, owns: tuple[Ownership, ...] = ()
) -> tuple[Hit, ...]:
    return Avoidance(parties, OwnershipGraph(owns), on=ON, window=WINDOW).hits(ties)


def told(found: tuple[Hit, ...]) -> list[tuple[str, str]]:
    return [(hit.code.value, hit.role.value) for hit in found]


@pytest.mark.parametrize(
    ("period", "is_hit"),
    [
        (SINCE_2022, True),
        (Period(date(2001, 1, 1), date(2021, 8, 7)), True),
        (Period(date(2001, 1, 1), date(2021, 8, 6)), False),
        (Period(date(2024, 8, 7), None), True),
        (Period(date(2024, 8, 8), None), False),
    ],
)
def test_employment_counts_within_the_look_back(period: Period, is_hit: bool) -> None:
    assert told(hits(tie(period=period))) == ([("EMPLOYER", "GROUP")] if is_hit else [])


@pytest.mark.parametrize(
    ("looks_back", "until_on", "is_hit"),
    [
        (False, None, True),
        (False, ON, True),
        (False, date(2024, 8, 6), False),
        (True, date(2024, 8, 6), True),
        (True, date(2021, 8, 7), True),
        (True, date(2021, 8, 6), False),
    ],
)
def test_a_conflict_has_to_hold_on_the_day_unless_it_looks_back(
    looks_back: bool, until_on: date | None, is_hit: bool
) -> None:
    conflict = tie(
        period=Period(date(2020, 1, 1), until_on),
        record="conflict:1",
        kind=ConflictKind.LOAN.value,
        code=ExclusionCode.LOAN,
        looks_back=looks_back,
    )
    assert told(hits(conflict)) == ([("LOAN", "GROUP")] if is_hit else [])


EMPLOYER, DIRECTOR, KIN = ExclusionCode.EMPLOYER, ExclusionCode.OUTSIDE_DIRECTOR, ExclusionCode.KIN


@pytest.mark.parametrize(
    "role", [role for role in PartyRole if role not in (PartyRole.FIRST_REVIEW, PartyRole.REQUESTED)]
)
@pytest.mark.parametrize("code", [EMPLOYER, DIRECTOR, KIN, ExclusionCode.FIRST_REVIEW, ExclusionCode.OTHER])
def test_a_tie_keeps_its_code_with_every_party(role: PartyRole, code: ExclusionCode) -> None:
    parties = (CaseParty(role, frozenset({BANK})),)
    assert told(hits(tie(BANK, code=code), parties=parties)) == [(code.value, role.value)]


@pytest.mark.parametrize(
    ("role", "code", "expected"),
    [
        (PartyRole.FIRST_REVIEW, EMPLOYER, ["FIRST_REVIEW"]),
        (PartyRole.FIRST_REVIEW, DIRECTOR, ["FIRST_REVIEW"]),
        (PartyRole.FIRST_REVIEW, KIN, ["KIN"]),
        (PartyRole.REQUESTED, EMPLOYER, ["REQUESTED"]),
        (PartyRole.REQUESTED, DIRECTOR, ["REQUESTED"]),
        (PartyRole.REQUESTED, KIN, []),
    ],
)
def test_first_review_and_request_have_codes_of_their_own(
    role: PartyRole, code: ExclusionCode, expected: list[str]
) -> None:
    found = hits(tie(BANK, code=code), parties=(CaseParty(role, frozenset({BANK})),))
    assert [hit.code.value for hit in found] == expected


def test_every_tie_with_every_party_is_a_reason() -> None:
    found = hits(tie(SUB), tie(TARGET, record="employer:2"), owns=(Ownership(SUB, TARGET, 4900, SINCE_2022),))
    assert told(found) == [("EMPLOYER", "GROUP"), ("EMPLOYER", "TARGET"), ("EMPLOYER", "GROUP"), ("EMPLOYER", "TARGET")]
    assert [hit.is_indirect for hit in found] == [False, True, True, False]


def test_whose_employer_is_tied_to_nobody_is_not_hit() -> None:
    assert hits(tie(BANK), tie(PARTNER, record="employer:2")) == ()


@pytest.mark.parametrize(
    ("left_on", "sold_on", "is_hit"),
    [
        (date(2023, 6, 30), date(2023, 6, 30), True),  # the chain held on the day before leaving
        (date(2023, 6, 30), date(2022, 1, 1), True),
        (date(2022, 2, 28), date(2022, 2, 28), True),
        (date(2021, 9, 1), date(2021, 8, 6), False),  # sold before the days that count
    ],
)
def test_ownership_has_to_hold_while_the_expert_worked_there(left_on: date, sold_on: date, is_hit: bool) -> None:
    worked = tie(BANK, Period(date(2015, 1, 1), left_on))
    owned = Ownership(GROUP, BANK, 8000, Period(date(2015, 1, 1), sold_on))
    assert told(hits(worked, owns=(owned,))) == ([("EMPLOYER", "GROUP")] if is_hit else [])


def test_ownership_that_began_after_the_expert_left_is_no_tie() -> None:
    worked = tie(BANK, Period(date(2015, 1, 1), date(2023, 6, 30)))
    assert hits(worked, owns=(Ownership(GROUP, BANK, 8000, Period(date(2023, 7, 1), None)),)) == ()
    assert len(hits(worked, owns=(Ownership(GROUP, BANK, 8000, Period(date(2023, 6, 30), None)),))) == 1


SHARE = Ownership(GROUP, BANK, 8000, SINCE_2022)


@pytest.mark.parametrize(
    ("changed_tie", "changed_share"),
    [
        (tie(BANK, record="employer:2"), SHARE),
        (tie(BANK, kind=TieKind.REEMPLOYED.value), SHARE),
        (tie(BANK, Period(date(2022, 3, 2), None)), SHARE),
        (tie(BANK, Period(date(2022, 3, 1), date(2024, 8, 7))), SHARE),
        (tie(BANK), replace(SHARE, share_bps=8001)),
        (tie(BANK), replace(SHARE, share_bps=None)),
        (tie(BANK), replace(SHARE, owner=SUB)),
        (tie(BANK), replace(SHARE, period=Period(date(2022, 3, 2), None))),
        (tie(BANK), replace(SHARE, period=Period(date(2022, 3, 1), date(2025, 1, 1)))),
    ],
)
def test_the_fingerprint_changes_with_every_fact(changed_tie: Tie, changed_share: Ownership) -> None:
    [before] = hits(tie(BANK), owns=(SHARE,))
    [same] = hits(tie(BANK), owns=(SHARE,))
    [after] = hits(changed_tie, owns=(changed_share,))
    assert before.fingerprint == same.fingerprint
    assert after.fingerprint != before.fingerprint


def test_the_fingerprint_tells_parties_apart() -> None:
    parties = (CaseParty(PartyRole.TARGET, frozenset({GROUP})), CaseParty(PartyRole.PARTNER, frozenset({GROUP})))
    first, second = hits(tie(BANK), parties=parties, owns=(SHARE,))
    assert first.fingerprint != second.fingerprint


NAMES = {GROUP: "港控集团", SUB: "港控物流", TARGET: "标的公司", BANK: "某公司"}


@pytest.mark.parametrize(
    ("owns", "path"),
    [
        (
            Ownership(BANK, SUB, 8000, Period(date(2020, 1, 1), None)),
            "专家→在职（2022年3月1日至今）：某公司→持股80.00%（2020年1月1日至今）：港控物流→申报集团（港控集团）",
        ),
        (
            Ownership(SUB, BANK, 105, Period(date(2020, 1, 1), date(2023, 1, 1))),
            "专家→在职（2022年3月1日至今）：某公司→股东持股1.05%（2020年1月1日至2023年1月1日）：港控物流→申报集团（港控集团）",
        ),
        (
            Ownership(BANK, SUB, None, Period(date(2020, 1, 1), None)),
            "专家→在职（2022年3月1日至今）：某公司→下级企业：港控物流→申报集团（港控集团）",
        ),
        (
            Ownership(SUB, BANK, None, Period(date(2020, 1, 1), None)),
            "专家→在职（2022年3月1日至今）：某公司→上级企业：港控物流→申报集团（港控集团）",
        ),
    ],
)
def test_the_path_reads_from_the_expert_to_the_party(owns: Ownership, path: str) -> None:
    [hit] = hits(tie(BANK), owns=(owns,))
    assert path_text(hit, NAMES, "港控集团") == path


def test_a_direct_path_names_the_tie_and_the_role() -> None:
    [hit] = hits(tie(TARGET, Period(date(2015, 1, 1), date(2022, 12, 31)), kind=TieKind.RETIRED.value))
    assert path_text(hit, NAMES, "港控集团") == "专家→退休前任职（2015年1月1日至2022年12月31日）：标的公司→标的企业"


def test_every_kind_of_tie_and_party_has_words() -> None:
    assert set(TIES) == {*TieKind.values, *ConflictKind.values}
    assert set(PARTIES) == set(PartyRole)
    assert {role for role in Party.Role.values if role != "APPLICANT"} <= {role.value for role in PartyRole}
    assert set(ConflictKind.values) <= {code.value for code in ExclusionCode}
