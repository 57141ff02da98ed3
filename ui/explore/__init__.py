"""The Explore page: panels over one time axis, the synced player, explanations of each feature."""
