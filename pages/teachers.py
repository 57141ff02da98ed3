"""For teachers: plans with times, worksheets and notes, the law, hosting at school, and the words of the lessons."""

import ui.common.import_first  # noqa: F401 -- see its docstring
from ui.common.messages import handle_user_errors
from ui.common.sections import choose_section
from ui.shell.navigation import open_page
from ui.teachers import plans, rules_section, sheets_section

SECTIONS = {
    "Plans": (":material/schedule:", plans.show),
    sheets_section.NAME: (":material/print:", sheets_section.show),
    "Law and privacy": (":material/gavel:", rules_section.show_law),
    "At school": (":material/laptop_chromebook:", rules_section.show_hosting),
    "Words": (":material/dictionary:", rules_section.show_glossary),
}

open_page(
    "For teachers",
    "Plans for 10, 40 and 90 minutes, worksheets with answers, what the law says, and how to run the app at school.",
)
show_section = choose_section(SECTIONS, key=sheets_section.SECTION_KEY)
with handle_user_errors():
    show_section()
sheets_section.go_to_opened()
