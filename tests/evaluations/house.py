"""A commission whose enterprises have finished projects, with the people of post-evaluation."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI
from investreview.core.errors import DomainError, Invalid
from investreview.core.roles import Role
from investreview.documents.kinds import NumberMode
from investreview.documents.services import open_series
from investreview.draws.kinds import Reader
from investreview.evaluations.frame import frame_digest, frame_of
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.services.finding import find_due
from investreview.evaluations.services.sampling import announce_year, enter_numbers, freeze_year
from investreview.evaluations.services.years import open_year
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Declaration, Milestone, Phase, Project
from investreview.projects.permissions import scope_of
from investreview.projects.states import CaseState
from investreview.registry.models import Enterprise
from investreview.registry.services import found_enterprise, register_organisation
from tests import world as worlds
from tests.evaluations.portfolios import PICTURED
from tests.states import kept

AT = datetime(2024, 7, 19, 9, tzinfo=SHANGHAI)
BALLS = (2, 7, 0, 8, 1, 4, 4, 9, 6, 3)
PEOPLE = {
    "evaluation_officer": Role.EVALUATION_OFFICER,
    "draw_operator": Role.DRAW_OPERATOR,
    "draw_supervisor": Role.DRAW_SUPERVISOR,
}


def found_house(code: str = "LYG", *, names: str = "") -> worlds.World:
    """The world of the other tests with an evaluation officer, both hands of a draw, and the series of notices."""
    return kept(lambda: furnished(worlds.found_world(code, names=names), names=names), "house", code, names)


def furnished(world: worlds.World, *, names: str = "") -> worlds.World:
    """The world with what post-evaluation needs."""
    for key, role in PEOPLE.items():
        if key not in world.people:
            worlds._hold(worlds._account(world, key, names, User.Kind.STAFF), role, world.commission)
    open_series(
        commission=world.commission.code,
        code="WEN",
        label="国资〔{year}〕{n}号",
        mode=NumberMode.OWN_SERIES,
        first_year=2024,
        first=27,
        actor=worlds.FOUNDER,
        at=worlds.FOUNDED_AT,
    )
    return world


def refused(code: str, error: type[DomainError] = Invalid):
    """The act is refused with this code."""
    return pytest.raises(error, check=lambda caught: caught.code == code)


def acting(user: User, at: datetime = AT) -> Acting:
    return Acting(user=user, scope=scope_of(user, at))


def finished(
    world: worlds.World,
    name: str,
    *,
    body: str = "group",
    yuan: str = "15000000.00",
    kind: str = "FIXED_ASSET",
    accepted: date | None = date(2022, 6, 30),
    is_acquisition: bool = False,
    enterprise: Enterprise | None = None,
    route: str = "",
) -> Project:
    """A project that may be carried out, with its acceptance where there is one."""
    owner = enterprise or world.bodies[body]
    drafter = world.people["group_drafter"]
    count = Project.objects.filter(commission=world.commission).count() + 1
    project = Project.objects.create(
        commission=world.commission,
        enterprise=owner,
        path=owner.path,
        name=name,
        creation_key=f"{world.commission.code}-{count}",
        created_by=drafter,
        created_at=worlds.FOUNDED_AT,
    )
    case = Case.objects.create(
        number=f"{world.commission.code}-2021-{count:04d}",
        project=project,
        commission=world.commission,
        enterprise=owner,
        group=owner.group,
        path=owner.path,
        drafter=drafter,
        created_at=worlds.FOUNDED_AT,
        state=CaseState.ENTERPRISE_DECIDED,
        route=route,
    )
    declaration = Declaration.objects.create(case=case, kind=kind, is_private_acquisition_with_control=is_acquisition)
    Phase.objects.create(declaration=declaration, ordinal=1, name="全部", total_yuan=Decimal(yuan))
    if accepted is not None:
        happened(world, project, "ACCEPTED", accepted)
    return project


def happened(world: worlds.World, project: Project, kind: str, on: date, *, actual: str | None = None) -> Milestone:
    """A milestone as the officer would have entered it."""
    return Milestone.objects.create(
        project=project,
        kind=kind,
        happened_on=on,
        actual_yuan=None if actual is None else Decimal(actual),
        basis="依据（示例）",
        entered_by=world.people["evaluation_officer"],
        entered_at=AT,
    )


def pictured(world: worlds.World) -> dict[str, Enterprise]:
    """The 23 projects of the reference pictures, in seven groups; every one is due on 19 July 2024."""
    groups = {}
    for place, (short_name, count) in enumerate(PICTURED.items()):
        legal = register_organisation(
            name=f"{short_name}有限公司（示例）",
            credit_code=worlds.credit_code(900_000 + place),
            valid_from=date(2000, 1, 1),
        )
        groups[short_name] = found_enterprise(
            commission=world.commission,
            organisation=legal,
            short_name=short_name,
            parent=None,
            founded_on=date(2000, 1, 1),
            named_since=date(2000, 1, 1),
            actor=worlds.FOUNDER,
            at=worlds.FOUNDED_AT,
        )
        world.commission.refresh_from_db()
        for number in range(count):
            finished(
                world,
                f"{short_name}第{number + 1}个项目（示例）",
                enterprise=groups[short_name],
                yuan=f"{(number + 1) * 12_000_000}.00",
                accepted=date(2021 + number % 2, 3, 1),
            )
    return groups


def opened(world: worlds.World, at: datetime = AT) -> EvaluationYear:
    """The year of ``at``, open, with everything that is due."""
    find_due(world.commission, at=at)
    return open_year(acting=acting(world.evaluation_officer, at), commission=world.commission, year=at.year, at=at)


def digest_of(year: EvaluationYear, at: datetime = AT) -> str:
    """What a page that is opened at that moment says of the frame."""
    return frame_digest(frame_of(year, at.date()))


def frozen(world: worlds.World, at: datetime = AT) -> EvaluationYear:
    year = opened(world, at)
    digest = digest_of(year, at)
    return freeze_year(
        acting=acting(world.draw_operator, at), year_id=year.pk, version=year.version, digest=digest, at=at
    )


def announced(world: worlds.World, at: datetime = AT) -> EvaluationYear:
    year = frozen(world, at)
    return announce_year(acting=acting(world.draw_operator, at), year_id=year.pk, at=at)


def numbered(world: worlds.World, year: EvaluationYear, *, at: datetime = AT, **changes: object) -> EvaluationYear:
    """The supervisor enters the ten numbers; in a test that commits."""
    year = EvaluationYear.objects.select_related("draw").get(pk=year.pk)
    given = {
        "user": world.draw_supervisor,
        "scope": scope_of(world.draw_supervisor, at),
        "year_id": year.pk,
        "fingerprint_tail": year.draw.request_hash[-8:],
        "numbers": BALLS,
        "read_by": Reader.OPERATOR,
        "at": at,
    }
    return enter_numbers(**(given | changes))  # type: ignore[arg-type]


def published(world: worlds.World) -> EvaluationYear:
    """The year of the tests, drawn with the ten numbers."""
    return EvaluationYear.objects.select_related("draw").get(pk=numbered(world, announced(world)).pk)
