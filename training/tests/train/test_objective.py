"""What a batch costs: a teacher sees what its pupil sees, at the size that it knows."""

import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch
from lentigo.networks.ensemble import Ensemble
from lentigo.recipe import read_recipe
from lentigo.train.objective import Objective

SCALE = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


class _Listening(nn.Module):
    """Keeps what it was given; its logits are zero."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[Tensor, ...]] = []
        self.bias = nn.Parameter(torch.zeros(6))

    def forward(self, *inputs: Tensor) -> Tensor:
        self.heard.append(inputs)
        return self.bias.expand(len(inputs[0]), -1)


def _loss(
    recipe_id: str, metadata: Tensor | None, size: int, **loss: object
) -> tuple[_Listening, _Listening]:
    """Pupil and teacher after one batch of two images of 32 pixels."""
    recipe = read_recipe(recipe_id)
    recipe = recipe.model_copy(update={"loss": recipe.loss.model_copy(update=loss)})
    pupil, teacher = _Listening(), _Listening()
    pupil.bias = nn.Parameter(torch.zeros(len(recipe.data.classes)))
    teacher.bias = nn.Parameter(torch.zeros(len(recipe.data.classes)))
    labels = torch.tensor([0, 1])
    objective = Objective(recipe, labels, Ensemble([teacher], [SCALE], SCALE), torch.no_grad)
    batch = Batch(image=torch.rand(2, 3, 32, 32), mask=None, metadata=metadata, labels=labels)
    objective(pupil, batch, size, torch.Generator().manual_seed(0))
    return pupil, teacher


def test_a_teacher_of_a_network_that_reads_answers_reads_them_too() -> None:
    answers = torch.rand(2, 43)
    pupil, teacher = _loss("efficientnet-lite2-phone-symptoms", answers, 32)
    for network in (pupil, teacher):
        assert torch.equal(network.heard[0][1], answers)


def test_a_teacher_gets_the_image_at_its_own_size() -> None:
    pupil, teacher = _loss("efficientnet-b0-ham10000", None, 16, teacher_size=32, mixup=0.0)
    assert pupil.heard[0][0].shape[-1] == 16
    assert teacher.heard[0][0].shape[-1] == 32
