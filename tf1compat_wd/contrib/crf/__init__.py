"""``tf.contrib.crf``: linear-chain conditional random fields."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.crf._crf import (
    crf_binary_score,
    crf_decode,
    crf_log_likelihood,
    crf_log_norm,
    crf_multitag_sequence_score,
    crf_sequence_score,
    crf_unary_score,
    viterbi_decode,
)

__all__ = [
    "crf_binary_score",
    "crf_decode",
    "crf_log_likelihood",
    "crf_log_norm",
    "crf_multitag_sequence_score",
    "crf_sequence_score",
    "crf_unary_score",
    "viterbi_decode",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
