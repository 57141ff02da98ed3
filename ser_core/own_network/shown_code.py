"""The code of a training for a reader's own notebook. It uses the function that made the network, word for word."""

from __future__ import annotations

from pathlib import Path

from ser_core.own_network.choices import KERAS, SEED, SPLITS, Choices
from ser_core.own_network.learning_table import KEYS

# The name under which the page offers the table, and the code reads it.
TABLE_NAME = "clips.csv"

_N_KEYS = len(KEYS) + len(SPLITS)

_READ = """clips = pd.read_csv("{table}")
x, labels = clips.iloc[:, {n_keys}:].to_numpy("float32"), sorted(clips["emotion"].unique())
y = clips["emotion"].map(labels.index).to_numpy()
is_test = (clips["{split}"] == "test").to_numpy()
"""

_SCORE = """recalls = [(guesses[y[is_test] == label] == label).mean() for label in set(y[is_test])]
print(f"UAR {{sum(recalls) / len(recalls):.1%}}")
"""

_KERAS = f"""import keras
import pandas as pd
from keras import layers

{{function}}

{_READ}keras.utils.set_random_seed({SEED})
network = build_network(x[~is_test], len(labels))
network.fit(x[~is_test], y[~is_test], epochs={{n_epochs}}, validation_data=(x[is_test], y[is_test]))
guesses = network.predict(x[is_test]).argmax(axis=1)
{_SCORE}network.save("network.keras")
"""

_MLP = f"""import pandas as pd
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

{{function}}

{_READ}network = build_mlp().set_params(mlpclassifier__max_iter={{n_epochs}})
guesses = network.fit(x[~is_test], y[~is_test]).predict(x[is_test])
{_SCORE}"""


def notebook_code(choices: Choices, split: str) -> str:
    """Return about twenty lines that train the network from the table that the page offers.

    Parameters
    ----------
    choices : Choices
        Method and number of epochs.
    split : str
        One of ``SPLITS``.

    Returns
    -------
    str
        Python code. It reads ``TABLE_NAME`` from the working folder.
    """
    is_keras = choices.method == KERAS
    return (_KERAS if is_keras else _MLP).format(
        function=_function("keras_recipe" if is_keras else "mlp_recipe"),
        table=TABLE_NAME,
        n_keys=_N_KEYS,
        split=split,
        n_epochs=choices.n_epochs,
    )


def _function(module: str) -> str:
    """Return the source of the function in a recipe. Its text is read, because an import would load TensorFlow."""
    source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    definition, _, body = source[source.index("def ") :].rstrip().partition("\n")
    return f"{definition.partition('  #')[0]}\n{body}"
