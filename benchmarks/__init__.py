"""Speed and memory; never part of the tests, which must not depend on how busy a machine is."""
