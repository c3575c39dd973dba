"""``tf.contrib.summary``: summaries that a writer writes where they are made, in every mode.

They are written only within ``writer.as_default()`` and ``always_record_summaries()`` or its kind, at the global step
of the graph or pass unless `step` is given. In a graph a session runs them: `all_summary_ops` says which. TensorFlow
kept these functions for itself; we pass them on.
"""

from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

_kept: Any = hooks.first_writers_summaries()

# Which summaries are written
always_record_summaries = _kept.always_record_summaries
never_record_summaries = _kept.never_record_summaries
record_summaries_every_n_global_steps = _kept.record_summaries_every_n_global_steps


def should_record_summaries() -> Any:
    """A boolean tensor: is a writer active, and has recording been asked for (here it isn't by default)?"""
    return hooks.first_writers_record()


# Where
SummaryWriter = _kept.SummaryWriter
create_file_writer = _kept.create_file_writer
create_summary_file_writer = _kept.create_summary_file_writer
eval_dir = _kept.eval_dir
flush = _kept.flush
summary_writer_initializer_op = _kept.summary_writer_initializer_op

# What
audio = _kept.audio
generic = _kept.generic
histogram = _kept.histogram
image = _kept.image
import_event = _kept.import_event
scalar = _kept.scalar

__all__ = [
    "SummaryWriter",
    "always_record_summaries",
    "audio",
    "create_file_writer",
    "create_summary_file_writer",
    "eval_dir",
    "flush",
    "generic",
    "histogram",
    "image",
    "import_event",
    "never_record_summaries",
    "record_summaries_every_n_global_steps",
    "scalar",
    "should_record_summaries",
    "summary_writer_initializer_op",
]

__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
