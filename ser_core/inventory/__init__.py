"""The whole target set, clip by clip: what is known of it, what was measured here, what listeners heard."""
