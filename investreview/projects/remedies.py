"""What the steps of a remedy are called among the opinions of a case, and whose role signs it."""

from investreview.core.roles import Role
from investreview.projects.models import Case, Remedy


def signing_role(case: Case) -> Role:
    """The role that signed the reply, which signs what puts it right: the last step of the chain."""
    return Role(str(case.chain[-1]["role"]))


def remedy_step(remedy: Remedy, act: str) -> str:
    """The key of a remedy's step: ``remedy-1-2-check`` is the check of the second attempt of the first remedy."""
    return f"remedy-{remedy.ordinal}-{remedy.attempt}-{act}"
