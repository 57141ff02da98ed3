"""Act it: say a sentence with an emotion, and see how far the voice goes the way that actors go."""

import ui.common.import_first  # noqa: F401 -- see its docstring
from ui.act import board, result, session, task
from ui.common.linked_choice import choose_option
from ui.shell.navigation import open_page

ALONE, CLASS = "One person", "A class"

open_page(
    "Act it",
    "Say it angrily: act a sentence, and see whether your voice goes the way that actors' voices go.",
)

who = choose_option("Who plays?", (ALONE, CLASS), default=ALONE, parameter="round", key="act_who")
player = "" if who == ALONE else board.choose_player()
chosen = task.choose()
if player is not None:
    if player:
        task.show_next_emotion(chosen.emotion)
    task.record(chosen, player)
    result.show(chosen, player)
    if player:
        board.show()
    session.go_to_newest()
