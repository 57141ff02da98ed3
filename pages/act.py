"""Act it: say a sentence with an emotion, and see how far the voice goes the way that actors go."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ui.act import board, result, session, task
from ui.common.linked_choice import choose_option
from ui.common.presenting import is_presenting
from ui.common.term_tips import explain_terms
from ui.common.voices import choose_sex
from ui.shell.navigation import open_page

ALONE, CLASS = "One person", "A class"

LEAD = "Say it angrily: act a sentence, and see whether your voice goes the way that actors' voices go."

# On a projector the microphone must be on the first screen: no line of text, and the choices need few lines.
open_page("Act it", "" if is_presenting() else LEAD)

with st.container(horizontal=True, gap="small", key="act_choices"):
    who = choose_option("Who plays?", (ALONE, CLASS), default=ALONE, parameter="round", key="act_who")
    sentence = task.choose_sentence()
    sex = choose_sex()
player = "" if who == ALONE else board.choose_player()
chosen = task.Task(sentence, task.choose_emotion(), sex)
if player is not None:
    task.record(chosen, player)
    if player:
        with st.container(horizontal=True, vertical_alignment="center"):
            board.show_next_player(player)
            task.show_next_emotion(chosen.emotion)
    result.show(chosen, player)
    if player:
        board.show()
    session.go_to_newest()
    explain_terms()
