"""People, series and documents that the tests of the services begin from."""

from datetime import UTC, date, datetime

from investreview.core.actor import Actor
from investreview.core.roles import Role
from investreview.core.scope import Grant, Scope
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.contents import Letter
from investreview.documents.kinds import NumberMode
from investreview.documents.models import Document, NumberSeries

from . import samples

AT = datetime(2024, 7, 16, 2, 30, tzinfo=UTC)
LATER = datetime(2024, 7, 17, 2, 30, tzinfo=UTC)
ON = date(2024, 7, 16)
COMMISSION = "LYG"
GROUP = "LYG/0003/"
SUBJECT = Subject(kind="case", key="LYG-2024-0009")
OFFICER = Actor(id="1", name="王××（示例）")
LEADER = Actor(id="2", name="张××（示例）")
CLERK = Actor(id="3", name="赵××（示例）")
RELEASER = Actor(id="4", name="钱××（示例）")


def scope(role: Role, path: str = "LYG/", user_id: int = 1) -> Scope:
    return Scope(user_id=user_id, username=f"user{user_id}", name="××", grants=(Grant(role, path),))


OFFICER_SCOPE = scope(Role.CASE_OFFICER)
LEADER_SCOPE = scope(Role.DEPUTY_DIRECTOR, user_id=2)
CLERK_SCOPE = scope(Role.DOCUMENT_OFFICER, user_id=3)
RELEASER_SCOPE = scope(Role.ENTERPRISE_RELEASER, GROUP, user_id=4)


def open_series(code: str, label: str, *, mode: NumberMode = NumberMode.OWN_SERIES, first: int = 1) -> NumberSeries:
    return services.open_series(
        commission=COMMISSION, code=code, label=label, mode=mode, first_year=2024, first=first, actor=CLERK, at=AT
    )


def open_all_series(*, letters: NumberMode = NumberMode.OWN_SERIES) -> None:
    open_series("LETTER", "连国资函〔{year}〕{n}号", mode=letters, first=38)
    open_series("FILING", "BA{year}-{n:04d}", first=7)
    open_series("RECEIPT", "JS{year}-{n:04d}", first=57)
    open_series("NOTICE", "BZ{year}-{n:04d}")


def draft(content: Letter | None = None, *, subject: Subject = SUBJECT) -> Document:
    return services.draft_document(
        commission=COMMISSION,
        path=GROUP,
        subject=subject,
        content=content or samples.filing_draft(),
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=AT,
    )


def sign(document: Document, *, registration: str = "FILING", ordinal: int | None = None) -> Document:
    newest = document.versions.latest("ordinal")
    return services.sign_document(
        document,
        version_ordinal=ordinal or newest.ordinal,
        sha256=newest.sha256,
        signer=LEADER,
        signed_on=ON,
        series="LETTER",
        registration_series=registration,
        scope=LEADER_SCOPE,
        actor=LEADER,
        at=AT,
    )


def issue(content: object, series: str = "") -> Document:
    return services.issue_system_copy(
        commission=COMMISSION,
        path=GROUP,
        subject=SUBJECT,
        content=content,  # type: ignore[arg-type]
        scope=OFFICER_SCOPE,
        actor=OFFICER,
        at=AT,
        series=series,
    )
