"""`tf.contrib.memory_stats`, which asks GPUs: TF 1.15.5, too, raises NotFoundError where there is none."""

import pytest
import tensorflow as tf2

import tf1compat_wd as tf

HAS_GPU = bool(tf2.config.list_physical_devices("GPU"))


@pytest.mark.skipif(not HAS_GPU, reason="asks a GPU")
def test_a_gpu_says_how_much_is_in_use():
    with tf2.device("GPU:0"):
        kept = tf2.ones([1000])
    assert tf.contrib.memory_stats.MaxBytesInUse() >= tf.contrib.memory_stats.BytesInUse() >= kept.numpy().nbytes


@pytest.mark.skipif(HAS_GPU, reason="is about having none")
@pytest.mark.parametrize("name", ["BytesInUse", "MaxBytesInUse"])
def test_without_a_gpu_it_says_so(name):
    with pytest.raises(tf.errors.NotFoundError, match="wants a GPU"):
        getattr(tf.contrib.memory_stats, name)()
    with tf.Graph().as_default(), tf.Session() as session:
        made = getattr(tf.contrib.memory_stats, name)()
        assert (made.dtype, made.shape) == (tf.int64, [])
        with pytest.raises(tf.errors.OpError):
            session.run(made)
