"""Model: how good the network is, where it fails, and how it is built."""

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms
from ui.common import metrics_store
from ui.common.messages import handle_user_errors
from ui.common.sections import choose_section
from ui.common.term_tips import explain_terms
from ui.model import (
    accuracy_section,
    architecture_section,
    calibration_section,
    confusion_section,
    group_section,
    model_card_section,
    training_section,
)
from ui.shell.navigation import open_page

SECTIONS = {
    "How good": (":material/target:", accuracy_section.show),
    "Mix-ups": (":material/grid_on:", confusion_section.show),
    "How sure": (":material/help_center:", calibration_section.show),
    "For whom": (":material/groups:", group_section.show),
    "Learning": (":material/trending_up:", training_section.show),
    "Inside": (":material/account_tree:", architecture_section.show),
    "Model card": (":material/description:", model_card_section.show),
}

open_page(
    "How good the network is",
    with_linked_terms(
        "First on strangers: people, rooms and microphones that were not in the network's [[training]]. The main "
        "number is **[[UAR]]**: the share of an emotion's clips that the network recognises, averaged over the "
        "emotions."
    ),
)

with handle_user_errors():
    figures = metrics_store.figures()
show_section = choose_section(SECTIONS, key="model_section")
with handle_user_errors():
    show_section(figures)
explain_terms()
