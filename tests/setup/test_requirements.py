"""Every dependency is pinned, says what it is for, and is locked with hashes; no index host is named."""

import re
from itertools import pairwise

import pytest

from tests.architecture.source import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(\[[a-z,-]+\])?==([0-9][0-9A-Za-z.]*)$")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = [PIN.match(line) for line in lines if line and not line.startswith(("#", "-r"))]
    assert None not in found
    return {canonical(match[1]): match[3] for match in found if match}


def locked(name: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_each_dependency_is_preceded_by_its_changelog(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    bare = [line for before, line in pairwise(lines) if PIN.match(line) and "https://" not in before]
    assert bare == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_holds_what_was_pinned(name: str) -> None:
    lock = locked(f"{name}.lock")
    assert {package: lock.get(package) for package in pins(f"{name}.txt")} == pins(f"{name}.txt")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_a_hash_and_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", text, flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.search(r"://|--index|--find-links|--extra", text) is None


def test_development_locks_the_same_versions_as_production() -> None:
    product, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: development.get(name) for name in product} == product


def test_the_licence_is_the_whole_agpl() -> None:
    lines = (ROOT / "LICENSE").read_text("utf-8").splitlines()
    assert lines[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert "  13. Remote Network Interaction; Use with the GNU General Public License." in lines
    assert "                     END OF TERMS AND CONDITIONS" in lines
