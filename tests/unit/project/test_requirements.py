"""pyproject.toml, the requirements files and the lock name the same packages."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.harness.paths import ROOT

FILES = ("requirements-serve.txt", "requirements.txt", "requirements-dev.txt", "requirements-download.txt")
EXTRAS = ("app", "train", "cluster", "export", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements_of(file_name: str) -> list[Requirement]:
    lines = (ROOT / file_name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]


def declared_in(*extras: str) -> list[Requirement]:
    """Return what pyproject.toml declares for the library and for some extras."""
    lines = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    return [Requirement(line) for line in lines if not line.startswith(PROJECT["name"])]


def names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def pinned_version(requirement: Requirement) -> str:
    (specifier,) = requirement.specifier
    assert specifier.operator == "=="
    return specifier.version


def test_the_requirements_files_and_pyproject_name_the_same_packages() -> None:
    pinned = [requirement for name in FILES for requirement in requirements_of(name)]
    assert names(pinned) == names(declared_in(*EXTRAS))


@pytest.mark.parametrize("file_name", FILES)
def test_each_pin_lies_in_the_range_that_pyproject_allows(file_name: str) -> None:
    declared = {canonicalize_name(requirement.name): requirement for requirement in declared_in(*EXTRAS)}
    for requirement in requirements_of(file_name):
        range_of_versions = declared[canonicalize_name(requirement.name)]
        assert range_of_versions.specifier.contains(pinned_version(requirement))
        assert range_of_versions.marker == requirement.marker


def test_a_host_installs_what_the_library_and_the_app_need() -> None:
    missing = names(declared_in("app")) - names(requirements_of("requirements-serve.txt"))
    assert missing == set()


def test_the_lock_holds_each_pin() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {tuple(line.split("==")) for line in re.findall(r"^[\w.-]+==[^\s;]+", lock, re.MULTILINE)}
    pinned = {
        (canonicalize_name(requirement.name), pinned_version(requirement))
        for file_name in FILES
        for requirement in requirements_of(file_name)
    }
    assert pinned - locked == set()


def test_each_locked_package_carries_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) > 100
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in lock
    assert "--index-url" not in lock
