"""The screen after a guess: the intended emotion, the listeners' and the network's answers, and the telling cues."""

from __future__ import annotations

import streamlit as st

from ser_core.features.unusual import compare_with_neutral
from ser_core.game.clips import GameClip
from ser_core.game.hints import find_hints
from ser_core.lessons.lesson import with_linked_terms
from ui.common import charts, clip, engine, faces
from ui.common.messages import handle_user_errors
from ui.common.panels import BY_KEY
from ui.common.reference_table import reference
from ui.common.term_tips import linked_name
from ui.common.voices import SEX_NAMES
from ui.common.words import percent
from ui.game import figures, session, words
from ui.game.session import Game

_NO_OTHERS = (
    "For this clip there are no votes of listeners, and no answer of a network that was trained without its voice."
)


def show_answers(game: Game, guess: str) -> None:
    """Show the intended emotion, all answers, and the button to go on."""
    game_clip = game.clip
    with st.container(key="game_meant"):
        st.subheader(f"{faces.face(game_clip.emotion)} {words.verdict(game_clip.emotion, guess)}", anchor=False)
    with st.container(key="game_answers"):
        # Listeners voted on CREMA-D only, and no network has answered a computer voice.
        cards = [lines for lines in (_yours(game_clip, guess), _listeners(game_clip), _network(game_clip)) if lines]
        if len(cards) == 1:
            st.caption(_NO_OTHERS)
        else:
            for place, lines in zip(st.columns(len(cards)), cards, strict=True):
                with place.container(border=True, height="stretch"):
                    st.markdown("\n\n".join(lines))
    is_last = game.position == len(game.rounds) - 1
    st.button(
        "See your result" if is_last else "Play the next clip",
        icon=":material/leaderboard:" if is_last else ":material/play_arrow:",
        type="primary",
        key="game_next",
        on_click=session.go_on,
    )


def show_hints(game_clip: GameClip, shown: clip.Clip) -> None:
    """Show the cues that are typical of the intended emotion, in a sentence and in two panels.

    Parameters
    ----------
    game_clip : GameClip
        The clip of the round, with its intended emotion.
    shown : Clip
        The same clip with its sound.
    """
    sex = shown.sex if shown.sex in SEX_NAMES else "all"
    st.subheader("Look at the voice", anchor=False)
    with st.spinner("Measuring ..."), handle_user_errors():
        features, cues = engine.features(shown.audio), engine.cues(shown.audio)
        hints = find_hints(cues, game_clip.emotion, reference(), sex)
        deviations = compare_with_neutral(cues, reference(), sex)
    st.markdown(with_linked_terms(words.describe_hints(hints, game_clip.emotion, sex)))
    panels = figures.choose_panels(hints)
    for place, key in zip(st.columns(2, gap="medium"), panels, strict=True):
        with place:
            st.markdown(f"**{linked_name(BY_KEY[key].title)}** · {BY_KEY[key].unit}")
            st.plotly_chart(
                figures.annotated_panel(key, shown.audio, features, deviations),
                config=charts.CONFIG,
                key=f"game_{key}",
                alt=f"{BY_KEY[key].title} of the clip",
            )
    st.caption(
        f"The dashed line is this clip's {' or '.join(figures.marked_cues(panels))}. The band is where eight of ten "
        f"neutral clips are. {shown.credit}"
    )
    if st.button("See the sound", icon=":material/stacked_line_chart:", key="game_explore"):
        clip.choose(shown)
        st.switch_page("pages/explore.py")


def _yours(game_clip: GameClip, guess: str) -> list[str]:
    return [_heading("You", guess), guess, _outcome(is_right=guess == game_clip.emotion)]


def _listeners(game_clip: GameClip) -> list[str]:
    votes = game_clip.votes
    if votes is None:
        return []
    most_votes = max(votes.values())
    favourites = [label for label in votes if votes[label] == most_votes]
    by_count = sorted(votes, key=lambda label: -votes[label])
    return [
        _heading("Listeners", favourites[0] if len(favourites) == 1 else faces.OPEN),
        words.votes_in_words(votes),
        "".join(faces.face(label) * votes[label] for label in by_count),
        _outcome(is_right=favourites == [game_clip.emotion]),
    ]


def _network(game_clip: GameClip) -> list[str]:
    answer = game_clip.answer
    if answer is None:
        return []
    text = f"{answer.label}, {percent(answer.probability)}"
    return [
        _heading("The network", answer.label),
        f"{text}: not sure" if answer.unsure else text,
        _outcome(is_right=answer.label == game_clip.emotion),
    ]


def _heading(name: str, drawing: str) -> str:
    # The open face has no file of its own.
    return f"**{name}**" if drawing == faces.OPEN else f"{faces.face(drawing)} **{name}**"


def _outcome(*, is_right: bool) -> str:
    return ":green-badge[✓ as intended]" if is_right else ":gray-badge[✗ not as intended]"
