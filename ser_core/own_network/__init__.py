"""A small network that a visitor trains: what it learns from, its training in a process of its own, and the queue.

``choices`` is what the visitor chooses, ``learning_table`` the clips that follow from it. ``training_process`` starts
``worker`` in another process, so that TensorFlow and its memory are never in the server. ``waiting_line`` runs one
training at a time. Only ``worker`` imports ``keras_recipe``, ``mlp_recipe`` and ``trainers``.

May import ``dataset``, ``features`` and ``labels``.
"""
