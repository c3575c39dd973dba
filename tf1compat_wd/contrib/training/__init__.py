"""``tf.contrib.training``: hyperparameters, training steps, buckets, and loops of sessions that train and evaluate."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.slim._train_op import add_gradients_summaries, clip_gradient_norms, multiply_gradients
from tf1compat_wd.contrib.slim.evaluation import checkpoints_iterator, wait_for_new_checkpoint
from tf1compat_wd.contrib.training._bucketing import bucket, bucket_by_sequence_length
from tf1compat_wd.contrib.training._devices import (
    GreedyLoadBalancingStrategy,
    RandomStrategy,
    byte_size_load_fn,
)
from tf1compat_wd.contrib.training._evaluation import (
    StopAfterNEvalsHook,
    SummaryAtEndHook,
    evaluate_once,
    evaluate_repeatedly,
    get_or_create_eval_step,
)
from tf1compat_wd.contrib.training._hparams import HParams, parse_values
from tf1compat_wd.contrib.training._training import clip_gradient_norms_fn, create_train_op, train

__all__ = [
    # Hyperparameters
    "HParams",
    "parse_values",
    # A training step, and its loop
    "add_gradients_summaries",
    "clip_gradient_norms",
    "clip_gradient_norms_fn",
    "create_train_op",
    "multiply_gradients",
    "train",
    # Evaluating checkpoints
    "StopAfterNEvalsHook",
    "SummaryAtEndHook",
    "checkpoints_iterator",
    "evaluate_once",
    "evaluate_repeatedly",
    "get_or_create_eval_step",
    "wait_for_new_checkpoint",
    # Batches of sequences that are about as long
    "bucket",
    "bucket_by_sequence_length",
    # Where variables are kept
    "GreedyLoadBalancingStrategy",
    "RandomStrategy",
    "byte_size_load_fn",
]

python = _internal_paths.python_of("training")

__getattr__, __dir__ = _namespace.names_of(__name__)
