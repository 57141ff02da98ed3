"""The Voice lab page."""
