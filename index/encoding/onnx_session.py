"""ONNX Runtime sessions: how every model of Talks is run."""

from pathlib import Path
from typing import Any


def session(made: bytes, folder: Path) -> Any:
    """A session on one thread for a graph of `index.encoding.onnx_graph`, whose float32 weights lie in `folder`.

    >>> session(graph(config, folder / WEIGHTS, quick=True), folder).run(None, {"ids": ids})  # doctest: +SKIP
    """
    import onnxruntime  # type: ignore[import-untyped]  # carries no type hints

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # several threads on one question are slower as soon as two questions come
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return onnxruntime.InferenceSession(made, options, providers=["CPUExecutionProvider"])
