"""Behaviour that all pages share."""

from __future__ import annotations

import pytest

from tests.app.visiting import OpenApp, choose_way_in, upload
from tests.harness.paths import ROOT
from ui.common.intake import UPLOAD
from ui.shell.navigation import PAGES

CLIP_PAGES = [page.path for page in PAGES if "require_clip" in (ROOT / page.path).read_text(encoding="utf-8")]


def test_every_page_is_in_the_navigation() -> None:
    assert {page.path for page in PAGES} == {f"pages/{file.name}" for file in (ROOT / "pages").glob("*.py")}


@pytest.mark.parametrize("page", [page.path for page in PAGES])
def test_a_link_to_a_page_shows_it_within_the_app(open_app: OpenApp, page: str) -> None:
    """AppTest starts like a new server, where the first page runs without app.py."""
    app = open_app(page)
    assert not app.exception
    assert len(app.title) == 1
    # Only app.py sets this key.
    assert "entered_through_app" in app.session_state


@pytest.mark.parametrize("page", CLIP_PAGES)
def test_the_clip_chosen_on_the_first_page_is_there_on_the_others(
    open_app: OpenApp, computer_voice: bytes, page: str
) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    app.switch_page(page).run()
    assert not app.exception
    assert any("**`voice.wav`**" in fold.label for fold in app.expander)


@pytest.mark.parametrize("page", CLIP_PAGES)
def test_the_clip_chosen_on_another_page_is_there_on_the_first(
    open_app: OpenApp, computer_voice: bytes, page: str
) -> None:
    app = open_app(page)
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    assert any("**Your recording**" in fold.label for fold in app.expander)
    app.switch_page("pages/recognise.py").run()
    assert any("**Your recording**" in fold.label for fold in app.expander)
