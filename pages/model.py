"""Model: how good the network is, where it fails, and what it is made of."""

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ui.common.messages import handle_user_errors
from ui.common.sections import choose_section
from ui.model import card, groups, headline, inside, making, mixups, store, sureness
from ui.shell.navigation import open_page

SECTIONS = {
    "How good": (":material/target:", headline.show),
    "Mix-ups": (":material/grid_on:", mixups.show),
    "How sure": (":material/help_center:", sureness.show),
    "For whom": (":material/groups:", groups.show),
    "Learning": (":material/trending_up:", making.show),
    "Inside": (":material/account_tree:", inside.show),
    "Model card": (":material/description:", card.show),
}

open_page(
    "How good it is",
    "Every figure is measured on people whom the network had not heard before, unless it says otherwise.",
)

with handle_user_errors():
    figures = store.figures()
show_section = choose_section(SECTIONS, key="model_section")
with handle_user_errors():
    show_section(figures)
