"""Makes a run again from its package and its result file: training goes on without the old run folder.

Runs lie outside the repository and are lost with the machine; packages are committed. A restored run is a
finished one: `lentigo train` goes on with the stages that its recipe has beyond those of the package, and
other recipes can learn from it or start from it.
"""

from __future__ import annotations

from pathlib import Path

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation.as_trained import as_trained
from lentigo.evaluation.predictor import CPU, Report
from lentigo.evaluation.results import read_result
from lentigo.export.read_graph_model import read_graph_model
from lentigo.export.read_weights import load_exported
from lentigo.networks.calibrate import BatchNorm, recalibrate_on
from lentigo.recipe import Recipe
from lentigo.train.init_weights import CALIBRATION_IMAGES, build_network
from lentigo.train.run import Run


def restore(recipe: Recipe, data: Path, models: Path, runs: Path, report: Report = print) -> Run:
    """Writes `<runs>/<id>/` from `<models>/<id>/` and the recipe's result file, and gives the run.

    The weights are the package's, rounded as they are there; the statistics of batch norms are measured on
    training images; configuration, curves and parents are those of the result file. Raises FileExistsError
    where the run exists, FileNotFoundError without package or result, ValueError for a network that is no
    classifier.
    """
    run, result = Run(recipe, runs), read_result(recipe.id)
    if run.has_best:
        raise FileExistsError(f"{run.folder} exists: `lentigo train` goes on with it")
    if result is None:
        raise FileNotFoundError(f"{recipe.id} has no result file, so nobody knows how its package was made")
    if recipe.task != "classification":
        raise ValueError(f"{recipe.id}: only a classifier can be restored from its package")
    graph = read_graph_model(models / recipe.id)
    made_from = as_trained(recipe, result)
    network = build_network(made_from)
    loader = BatchLoader(
        Dataset(made_from, data).subsampled("train", CALIBRATION_IMAGES), "train", made_from.size, CPU
    )
    batches = [
        tuple(part for part in batch.inputs(recipe.task) if part is not None) for batch in loader.plain(64)
    ]
    without_place = load_exported(network, graph, *(part[:2] for part in batches[0]))
    if any(isinstance(module, BatchNorm) for module in network.modules()):
        recalibrate_on(network, batches)
    run.restored(network.state_dict(), result)
    report(f"{recipe.id}: restored; {len(without_place)} layers without the offset that corrected rounding")
    return run
