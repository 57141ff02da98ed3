"""From a network's answers to every figure that is shown. Imports ``training``. Never imported by the app."""
