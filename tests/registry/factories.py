"""Bodies for tests: a commission, groups, subsidiaries."""

from datetime import UTC, date, datetime
from itertools import count

from investreview.core.actor import SYSTEM
from investreview.registry.models import Commission, Enterprise, Organisation
from investreview.registry.rules import check_digit
from investreview.registry.services import found_commission, found_enterprise, register_organisation

AT = datetime(2024, 8, 7, 1, 0, tzinfo=UTC)
SINCE = date(2015, 1, 1)
_numbers = count(1)


def credit_code(number: int) -> str:
    """An artificial code with a right check digit."""
    first = f"91320700MA{number:07d}"
    return first + check_digit(first)


def make_commission(code: str = "LYG") -> Commission:
    return found_commission(
        code=code,
        name=f"{code}市人民政府国有资产监督管理委员会（示例）",
        short_name=f"{code}市国资委（示例）",
        city=code,
        contact_phone="0518-00000000",
        case_prefix=code,
        actor=SYSTEM,
        at=AT,
    )


def make_organisation(name: str = "") -> Organisation:
    number = next(_numbers)
    return register_organisation(
        name=name or f"××{number}号公司（示例）", credit_code=credit_code(number), valid_from=SINCE
    )


def make_enterprise(
    commission: Commission, short_name: str = "", *, parent: Enterprise | None = None, named_since: date = SINCE
) -> Enterprise:
    number = next(_numbers)
    return found_enterprise(
        commission=commission,
        organisation=make_organisation(f"{short_name or number}××有限公司（示例）"),
        short_name=short_name or f"企业{number}",
        parent=parent,
        founded_on=None,
        named_since=named_since,
        actor=SYSTEM,
        at=AT,
    )
