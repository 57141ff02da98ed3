"""Experiments and figures: how well a network recognises new speakers. Uses ``training``; the app never imports it."""
