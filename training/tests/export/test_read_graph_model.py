"""A package's graph read back, and given an embedding."""

from pathlib import Path

import numpy as np
import pytest
import torch

from lentigo.evaluation.embedding import fit_embedding
from lentigo.export.extend import EMBEDDING, pooled_features, with_embedding
from lentigo.export.graph import Graph
from lentigo.export.graph_model import write_graph_model
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs, OodScore
from lentigo.export.quantise import quantise
from lentigo.export.read_graph_model import read_graph_model
from lentigo.networks.registry import build

MODELS = Path(__file__).resolve().parents[3] / "public" / "models"


@pytest.fixture(scope="module")
def graph() -> Graph:
    torch.manual_seed(1)
    network = build("mobilenet_v2", 3).eval()
    ood = OodScore(torch.randn(4, 1280), torch.randn(3, 4))
    return quantise(export_graph(ClassifierOutputs(network, ood), {"image": torch.zeros(2, 3, 64, 64)}))


@pytest.mark.parametrize("card", sorted(MODELS.glob("*/model.json")), ids=lambda path: path.parent.name)
def test_a_committed_package_is_written_again_byte_for_byte(card: Path, tmp_path: Path) -> None:
    written = write_graph_model(read_graph_model(card.parent), tmp_path)
    for path in written[1:]:
        assert path.read_bytes() == (card.parent / path.name).read_bytes()
    assert read_graph_model(tmp_path).nodes == read_graph_model(card.parent).nodes


def test_an_embedding_is_added_and_changes_nothing_else(graph: Graph, tmp_path: Path) -> None:
    write_graph_model(graph, tmp_path)
    read = read_graph_model(tmp_path)
    features = np.random.default_rng(2).normal(size=(50, 1280)).astype(np.float32)
    fitted = fit_embedding(features, most=8)
    extended = with_embedding(read, fitted.projection, fitted.mean)
    image = torch.rand(3, 3, 64, 64, generator=torch.Generator().manual_seed(3))
    before, after = (ExportedNetwork(g)(image=image) for g in (graph, extended))
    for name in before:
        assert torch.equal(before[name], after[name])
    pooled = Graph(read.inputs, {"pooled": []}, dict(read.nodes), dict(read.constants))
    pooled.add("pooled", "Identity", [pooled_features(read)])
    pooled.prune()
    wanted = fitted(ExportedNetwork(pooled)(image=image)["pooled"].numpy())
    assert extended.outputs[EMBEDDING] == [-1, 8]
    np.testing.assert_allclose(after[EMBEDDING].numpy(), wanted, atol=2e-3)
    again = with_embedding(extended, fitted.projection, fitted.mean)
    assert again.nodes.keys() == extended.nodes.keys()
    write_graph_model(extended, tmp_path)
    assert torch.equal(ExportedNetwork(read_graph_model(tmp_path))(image=image)[EMBEDDING], after[EMBEDDING])


def test_a_folder_without_a_package_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is missing"):
        read_graph_model(tmp_path)
    (tmp_path / "model.json").write_text('{"format": "graph-model", "convertedBy": "something else"}')
    with pytest.raises(ValueError, match="was not written by lentigo"):
        read_graph_model(tmp_path)


def test_a_graph_without_a_score_has_no_known_features() -> None:
    network = ClassifierOutputs(build("mobilenet_v2", 3).eval())
    with pytest.raises(ValueError, match="no out-of-distribution score"):
        pooled_features(export_graph(network, {"image": torch.zeros(2, 3, 64, 64)}))
