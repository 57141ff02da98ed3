"""From the bytes of a sound file to 16 kHz mono, and the check that a clip can be judged. Imports ``errors`` only."""
