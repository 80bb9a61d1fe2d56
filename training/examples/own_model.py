"""The worked example of docs/model-package.md: your own PyTorch network as a model package.

    cd training && .venv/bin/python examples/own_model.py my-models

writes my-models/red-or-blue/, which the Models screen of Lentigo opens.
"""

import json
import sys
from pathlib import Path

import torch
from torch import Tensor, nn

from lentigo.export.lower import export_graph
from lentigo.export.package import write_package
from lentigo.export.quantise import quantise

CARD = Path(__file__).with_name("own_model_card.json")


class RedOrBlue(nn.Module):
    """Tells red images from blue images: a convolution separates the colours, and a layer weighs them."""

    def __init__(self) -> None:
        super().__init__()
        self.colours = nn.Conv2d(3, 4, 3, padding=1)
        self.classes = nn.Linear(4, 2)
        with torch.no_grad():  # instead of training
            for parameter in self.parameters():
                parameter.zero_()
            for channel, colour in ((0, 0), (1, 2)):  # red, blue
                self.colours.weight[channel, colour] = 1 / 9
            self.classes.weight.copy_(torch.tensor([[3.0, -3.0, 0, 0], [-3.0, 3.0, 0, 0]]))

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """image [n, 3, h, w], normalised by the card's mean and std -> the graph's outputs by name."""
        features = torch.relu(self.colours(image))
        return {"logits": self.classes(features.mean((2, 3)))}


def main(models: Path) -> None:
    models.mkdir(parents=True, exist_ok=True)
    # Everything except `files` and `golden`, which come from the exported files.
    card = json.loads(CARD.read_text(encoding="utf-8"))
    size = card["input"]["height"]
    graph = quantise(export_graph(RedOrBlue().eval(), {"image": torch.zeros(2, 3, size, size)}))
    written = write_package(models, card, graph)
    print(f"{models / card['id']}: {len(written['files'])} files and card.json")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "my-models"))
