"""Explore: the clip's features, drawn over one time axis, with a player that shows where the sound is."""

from ui.intake import require_clip
from ui.navigation import open_page

open_page("See the sound", "What the five features are, on your voice or a sample, and how they move while it plays.")

chosen = require_clip()
