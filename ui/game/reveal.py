"""What is shown after a guess: what was meant, what listeners and the network answered, and what gives it away."""

from __future__ import annotations

import streamlit as st

from ser_core.features.unusual import compare_with_neutral
from ser_core.game.clips import GameClip, NetworkAnswer
from ser_core.game.giveaway import find_hints
from ui.common import charts, clip, engine, faces
from ui.common.messages import handle_user_errors
from ui.common.panels import BY_KEY
from ui.common.reference_table import reference
from ui.common.voices import SEX_NAMES
from ui.common.words import percent
from ui.game import figures, session, words
from ui.game.session import Game

_NO_VOTES = "Nobody was asked about this clip."
_NO_ANSWER = "No answer: only a network that did not learn from this voice may answer here, and there is none."


def show_answers(game: Game, guess: str) -> None:
    """Show what was meant, and who answered what; then the button to go on."""
    game_clip = game.clip
    st.html(
        f'<div class="game-meant" role="status"><img src="{faces.address(game_clip.emotion)}" alt="">'
        f"<p>{words.verdict(game_clip.emotion, guess)}</p></div>"
        f'<ul class="game-answers">{_yours(game_clip, guess)}{_listeners(game_clip)}{_network(game_clip)}</ul>'
    )
    is_last = game.position == len(game.rounds) - 1
    st.button(
        "See your result" if is_last else "Play the next clip",
        icon=":material/leaderboard:" if is_last else ":material/play_arrow:",
        type="primary",
        key="game_next",
        on_click=session.go_on,
    )


def show_giveaway(game_clip: GameClip, shown: clip.Clip) -> None:
    """Show the cues that point to the intended emotion, in a sentence and in two panels."""
    sex = shown.sex if shown.sex in SEX_NAMES else "all"
    st.subheader("Look at the voice", anchor=False)
    with st.spinner("Measuring ..."), handle_user_errors():
        features, cues = engine.features(shown.audio), engine.cues(shown.audio)
        hints = find_hints(cues, game_clip.emotion, reference(), sex)
        deviations = compare_with_neutral(cues, reference(), sex)
    st.markdown(words.giveaway(hints, game_clip.emotion, sex))
    for place, key in zip(st.columns(2, gap="medium"), figures.choose_panels(hints), strict=True):
        with place:
            st.markdown(f"**{BY_KEY[key].title}** · {BY_KEY[key].unit}")
            st.plotly_chart(
                figures.annotated_panel(key, shown.audio, features, deviations),
                config=charts.CONFIG,
                key=f"game_{key}",
                alt=f"{BY_KEY[key].title} of the clip",
            )
    st.caption(
        "The dashed line is this clip's pitch or brightness. The band is where eight of ten neutral clips are. "
        f"{shown.credit}"
    )
    if st.button("See and hear it in detail", icon=":material/stacked_line_chart:", key="game_explore"):
        clip.choose(shown)
        st.switch_page("pages/explore.py")


def _yours(game_clip: GameClip, guess: str) -> str:
    return _card("You", guess, guess, is_right=guess == game_clip.emotion)


def _listeners(game_clip: GameClip) -> str:
    votes = game_clip.votes
    if votes is None:
        return _card("Listeners", None, _NO_VOTES)
    by_count = sorted(votes, key=lambda label: -votes[label])
    icons = "".join(f'<img src="{faces.address(label)}" alt="">' * votes[label] for label in by_count)
    favourites = [label for label in votes if votes[label] == max(votes.values())]
    icon = favourites[0] if len(favourites) == 1 else None
    is_right = favourites == [game_clip.emotion]
    text = words.votes_in_words(votes)
    return _card("Listeners", icon, text, is_right=is_right, extra=f'<span class="game-votes">{icons}</span>')


def _network(game_clip: GameClip) -> str:
    answer = game_clip.answer
    if answer is None:
        return _card("The network", None, _NO_ANSWER)
    return _card("The network", answer.label, _in_words(answer), is_right=answer.label == game_clip.emotion)


def _in_words(answer: NetworkAnswer) -> str:
    text = f"{answer.label}, {percent(answer.probability)}"
    return f"{text}: not sure" if answer.unsure else text


def _card(who: str, label: str | None, text: str, *, is_right: bool | None = None, extra: str = "") -> str:
    """Return one answer as an item of the list; every text is the app's own, none is a visitor's."""
    icon = faces.address(label or faces.OPEN)
    outcome = "" if is_right is None else "✓ as intended" if is_right else "✗ not as intended"
    state = "" if is_right is None else "is-right" if is_right else "is-wrong"
    mark = f'<span class="game-outcome">{outcome}</span>' if outcome else ""
    return (
        f'<li class="{state}"><img class="game-face" src="{icon}" alt=""><div><b>{who}</b><span>{text}</span>'
        f"{extra}{mark}</div></li>"
    )
