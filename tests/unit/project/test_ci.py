"""The checks before a commit are those of CI."""

from __future__ import annotations

import tomllib

import yaml

from tests.harness.paths import ROOT


def test_ci_runs_each_check_that_runs_before_a_commit() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    commands = {hook["entry"] for repository in config["repos"] for hook in repository["hooks"]}
    assert len(commands) >= 3
    assert commands <= set((ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines())


def test_a_test_that_hangs_ends_after_five_minutes() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert options["timeout"] <= 300


def test_checks_before_a_commit_download_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
