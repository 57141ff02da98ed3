"""Can you hear it?: ten clips, a guess for each, then the votes of listeners and the network's answer."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ui.common.messages import handle_user_errors
from ui.common.next_focus import move_focus
from ui.common.term_tips import explain_terms
from ui.game import board, result, reveal, session
from ui.shell.navigation import open_page

open_page(
    "Can you hear it?",
    "Listen to ten clips, guess each emotion, and compare yourself with other listeners and the network.",
)

with handle_user_errors():
    game = session.current_game()
here = f"game/{game.seed}/{game.level}/{game.position}"
if game.is_over:
    result.show_result(game)
    move_focus(here, "game_result", to_top=True)
    explain_terms()
    st.stop()

with st.spinner("Fetching the clip ..."), handle_user_errors():
    clip = session.load_clip(game)
board.show_progress(game)
st.audio(clip.wav, autoplay=game.starts_sound, alt=f"Clip {game.position + 1}")
if game.guess is None:
    board.ask(game)
    move_focus(here, "game_question")
else:
    reveal.show_answers(game, game.guess)
    move_focus(f"{here}/guessed", "game_meant")
    reveal.show_hints(game.clip, clip)
    explain_terms()
