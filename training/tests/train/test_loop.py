"""The loop learns, stops in time, resumes, and runs on two processes."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from lentigo.recipe import read_recipe
from lentigo.train.loop import Progress, _Trainer, train
from lentigo.train.run import Run

RECIPE = """
system: D
task: {task}
domain: dermoscopy
network: {network}
data: {data}
augment: {{rotate: 20, zoom: [0.9, 1.1], hue: 0.0, blur: 0.0}}
sampling: {{power: 0.5}}
ema_decay: 0.8
stages:
  - {{size: 32, epochs: 2, lr: 0.003, batch: 16}}
  - {{size: 32, epochs: {last}, lr: 0.002, batch: 16}}
"""
CLASSES = "{sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}"


@pytest.fixture
def recipe_file(tmp_path: Path):
    def write(
        last: int = 3,
        task: str = "classification",
        network: str = "{name: acne_cnn}",
        data: str = CLASSES,
    ):
        path = tmp_path / "small.yaml"
        path.write_text(RECIPE.format(last=last, task=task, network=network, data=data))
        return read_recipe(path)

    return write


def test_learns_made_up_lesions_and_writes_its_run(recipe_file, made_up, made_up_splits, tmp_path) -> None:
    recipe = recipe_file(last=6)
    progress = train(recipe, made_up, tmp_path / "runs", tmp_path, device="cpu", report=lambda _: None)
    run = Run(recipe, tmp_path / "runs")
    assert progress.finished and progress.best_score > 0.8
    curves = run.curves()
    assert [line["stage"] for line in curves] == [0] * 2 + [1] * 6
    assert curves[-1]["loss"] < curves[0]["loss"]
    assert json.loads((run.folder / "config.json").read_text())["split_hashes"].keys() == {"derm"}
    half = torch.load(run.folder / "best.pt", weights_only=True)
    assert {v.dtype for v in half.values() if v.is_floating_point()} == {torch.float16}


class Clock:
    """A clock that ticks each time it is read, so that a deadline does not depend on the machine's load."""

    def __init__(self) -> None:
        self.ticks = 0

    def monotonic(self) -> int:
        self.ticks += 1
        return self.ticks


def test_a_run_that_was_cut_off_resumes_to_the_same_end(
    recipe_file, made_up, made_up_splits, tmp_path, monkeypatch
) -> None:
    recipe, clock = recipe_file(), Clock()
    monkeypatch.setattr("lentigo.train.loop.time", clock)
    whole = train(recipe, made_up, tmp_path / "whole", tmp_path, device="cpu", report=lambda _: None)

    def train_for(ticks: int) -> Progress:
        deadline = clock.ticks + ticks
        return train(
            recipe,
            made_up,
            tmp_path / "cut",
            tmp_path,
            device="cpu",
            deadline=deadline,
            report=lambda _: None,
        )

    assert not train_for(0).finished
    again, calls = train_for(25), 1
    while not again.finished and calls < 20:
        again, calls = train_for(25), calls + 1
    assert 2 < calls < 20 and len(Run(recipe, tmp_path / "cut").curves()) == 5
    assert abs(again.best_score - whole.best_score) < 0.15


def test_a_run_that_continues_with_another_recipe_records_both(
    recipe_file, made_up, made_up_splits, tmp_path
) -> None:
    recipe = recipe_file()
    train(recipe, made_up, tmp_path / "runs", tmp_path, device="cpu", report=lambda _: None)
    run = Run(recipe, tmp_path / "runs")
    run.resume()
    assert "earlier" not in run.config()
    last = recipe.stages[-1].model_copy(update={"epochs": 1})
    longer = recipe.model_copy(update={"stages": (*recipe.stages, last)})
    before = len(run.curves())
    train(longer, made_up, tmp_path / "runs", tmp_path, device="cpu", report=lambda _: None)
    config = Run(longer, tmp_path / "runs").config()
    assert len(run.curves()) == before + 1 and len(config["recipe"]["stages"]) == len(longer.stages)
    assert [len(earlier["recipe"]["stages"]) for earlier in config["earlier"]] == [len(recipe.stages)]
    last = last.model_copy(update={"epochs": 2})
    longer = recipe.model_copy(update={"stages": (*recipe.stages, last)})
    train(longer, made_up, tmp_path / "runs", tmp_path, device="cpu", report=lambda _: None)
    assert len(run.curves()) == before + 2 and len(run.config()["earlier"]) == 2


def test_a_segmenter_trains_on_masks_that_follow_their_images(
    recipe_file, made_up, made_up_splits, tmp_path
) -> None:
    recipe = recipe_file(last=4, task="segmentation", network="{name: unet_resnet34}",
                         data="{sets: [derm], fit: letterbox}")  # fmt: skip
    progress = train(recipe, made_up, tmp_path / "runs", tmp_path, device="cpu", report=lambda _: None)
    losses = [line["loss"] for line in Run(recipe, tmp_path / "runs").curves()]
    # The discs cover a fifth of an image: "everything is lesion" has a Dice of 0.33.
    assert losses[-1] < 0.8 * losses[0] and progress.best_score > 0.4


# Nothing that a process draws for itself, and no batch norm: then only rounding tells one process from two.
SAME = """
system: D
task: classification
domain: dermoscopy
network: {name: acne_cnn, options: {dropout: 0.0}}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
augment: {flip: false, rotate: 0, zoom: [1, 1], aspect: 0, shift: 0,
          brightness: 0, contrast: 0, saturation: 0, hue: 0, blur: 0}
ema_decay: 0.8
stages:
  - {size: 32, epochs: 4, lr: 0.002, batch: 16}
"""
# The time of the second process is up at once: both must stop, or the first waits for ever. Then both go on.
PROGRAM = """
import math, os, sys
from pathlib import Path
from lentigo.data import splits
from lentigo.recipe import read_recipe
from lentigo.train.loop import train
recipe, data, runs, splits.SPLITS_FOLDER = (Path(path) for path in sys.argv[1:5])
for deadline in (0 if os.environ["RANK"] == "1" else math.inf, math.inf):
    done = train(read_recipe(recipe), data, runs, runs, device="cpu", deadline=deadline)
    sys.stdout.write(f"finished: {done.finished}\\n")
"""


def test_two_processes_stop_together_and_train_what_one_trains(made_up, made_up_splits, tmp_path) -> None:
    path, script = tmp_path / "same.yaml", tmp_path / "two.py"
    path.write_text(SAME)
    script.write_text(PROGRAM)
    recipe = read_recipe(path)
    train(recipe, made_up, tmp_path / "one", tmp_path, device="cpu", report=lambda _: None)
    # `--multi_gpu` means several processes here: its `--cpu` wants MPI. The program itself asks for the CPU.
    how = ["--multi_gpu", "--num_processes", "2", "--num_machines", "1", "--main_process_port", "29611"]
    how += ["--mixed_precision", "bf16", "--num_cpu_threads_per_process", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "accelerate.commands.launch", *how]
        + [str(path) for path in (script, path, made_up, tmp_path / "two", made_up_splits)],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("False") == 2 and done.stdout.count("True") == 2
    one, two = (Run(recipe, tmp_path / name) for name in ("one", "two"))
    first, last = one.curves()[0]["loss"], one.curves()[-1]["loss"]
    assert last < 0.7 * first  # it learns, so that an equal loss says something
    for alone, shared in zip(one.curves(), two.curves(), strict=True):
        assert shared["loss"] == pytest.approx(alone["loss"], rel=0.01)
    # Adam turns the rounding of bfloat16 into steps of full size where a gradient is near zero.
    for name, weights in one.best().items():
        assert (two.best()[name] - weights).norm() < 0.05 * weights.norm(), name


def test_a_batch_that_cannot_be_shared_is_refused(recipe_file, made_up, made_up_splits, tmp_path) -> None:
    recipe = recipe_file()
    three = SimpleNamespace(num_processes=3)
    with pytest.raises(ValueError, match="a batch of 16 cannot be shared by 3 processes"):
        _Trainer(recipe, None, None, tmp_path, three, print)  # type: ignore[arg-type]


def test_larger_batches_learn_faster_by_the_square_root(recipe_file) -> None:
    recipe = recipe_file()
    larger = recipe.with_batches_times(4)
    assert [stage.batch for stage in larger.stages] == [64, 64]
    assert [stage.lr for stage in larger.stages] == pytest.approx([0.006, 0.004])
    with pytest.raises(ValueError, match="at least 1"):
        recipe.with_batches_times(0)
