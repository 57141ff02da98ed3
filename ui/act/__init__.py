"""Act it: the sentence to say, the attempts, and a round for a class. May import ``ui.common`` and ``ui.shell``."""
