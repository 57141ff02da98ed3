"""The Why page: chart and sentences that explain a prediction."""
