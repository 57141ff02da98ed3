"""The model card, as Markdown. Every number comes from ``metrics.json``; a test writes the card again and compares."""

from ser_core.evaluation.model_card.card import model_card

__all__ = ["model_card"]
