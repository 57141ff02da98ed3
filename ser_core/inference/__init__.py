"""All that serving a prediction needs, without Keras and TensorFlow. Imports ``audio`` and ``features``."""
