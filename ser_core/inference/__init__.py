"""Everything that serving a prediction needs, without Keras and TensorFlow. May import ``audio``, ``features``."""
