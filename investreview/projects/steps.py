"""The four steps in which a draft is written, and which declared facts stand on which of them."""

from dataclasses import dataclass
from enum import StrEnum


class StepKey(StrEnum):
    """The steps in their order; the value is the name of the step's address."""

    BASICS = "facts"
    INVESTMENT = "investment"
    PLEDGES = "pledges"
    SUBMISSION = "submission"


@dataclass(frozen=True)
class Step:
    """The fields of the declaration and the sets of rows that one step shows and saves, and nothing besides."""

    key: StepKey
    fields: tuple[str, ...]
    rows: tuple[str, ...]


BASICS = Step(
    StepKey.BASICS,
    fields=(
        "name",
        "kind",
        "nature",
        "main_business",
        "site",
        "summary",
        "is_strategic_emerging",
        "is_overseas",
        "is_private_acquisition_with_control",
        "involves_staff",
        "plan_status",
        "plan_row",
        "plan_amount_yuan",
        "contact_name",
        "contact_phone",
        "mark",
    ),
    rows=("parties",),
)
INVESTMENT = Step(
    StepKey.INVESTMENT,
    fields=(
        "controls_project",
        "own_funds_yuan",
        "borrowing_yuan",
        "fiscal_yuan",
        "other_funds_yuan",
        "irr_bps",
        "payback_months",
        "decided_on",
        "contract_on",
        "payment_on",
        "report_number",
        "report_on",
        "study_number",
        "currency",
        "currency_amount",
        "currency_rate_millionths",
        "currency_rate_on",
    ),
    rows=("phases", "commitments"),
)
PLEDGES = Step(StepKey.PLEDGES, fields=("prohibited_matter", "special_matter"), rows=())
WRITTEN = {step.key: step for step in (BASICS, INVESTMENT, PLEDGES)}
"""The steps on which facts are typed; the last one only shows them."""
