"""Training of the small models: data, networks and the optimisation loop; needs torch, and nothing at run time."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.models.training.loop import TrainingSettings, as_shipped, restore, train

__all__ = ["TrainingSettings", "as_shipped", "restore", "train"]

__getattr__ = exports(__name__, {"TrainingSettings": "loop", "as_shipped": "loop", "restore": "loop", "train": "loop"})
