"""From the bytes of a sound file to 16 kHz mono samples, and a quality check. Imports only ``errors``."""
