"""From the bytes of a sound file to 16 kHz mono samples, and a quality check.

May import no other package of ``ser_core``.
"""
