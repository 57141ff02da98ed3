"""Train your own: the choices, the running training, its result. May import ``ui.common`` and ``ui.shell``."""
