"""The tutorial's digits come in the order in which TF 1.15 gave them."""

import gzip
import struct

import numpy as np
import pytest

import tf1compat_wd as tf
from tf1compat_wd.examples.tutorials.mnist import input_data, mnist


@pytest.fixture
def folder(tmp_path):
    """A training set of 57 images and a test set of 13: the files with which TF 1.15 was observed."""
    rng = np.random.RandomState(0)
    for part, count in (("train", 57), ("t10k", 13)):
        labels = rng.randint(0, 10, size=count).astype(np.uint8)
        images = rng.randint(0, 256, size=(count, 28, 28)).astype(np.uint8)
        with gzip.open(tmp_path / f"{part}-images-idx3-ubyte.gz", "wb") as file:
            file.write(struct.pack(">4i", 2051, count, 28, 28) + images.tobytes())
        with gzip.open(tmp_path / f"{part}-labels-idx1-ubyte.gz", "wb") as file:
            file.write(struct.pack(">2i", 2049, count) + labels.tobytes())
    return tmp_path


def labels_of(dataset, count, **options):
    return [dataset.next_batch(20, **options)[1].tolist() for _ in range(count)]


def test_batches_come_in_tf1s_order(folder):
    # Recorded on TF 1.15.5, three batches of 20 out of 57: the last one reaches into the second epoch.
    digits = input_data.read_data_sets(folder, validation_size=0, seed=5, dtype=tf.uint8)
    assert labels_of(digits.train, 3) == [
        [4, 9, 3, 1, 5, 3, 4, 0, 5, 3, 0, 3, 7, 3, 0, 7, 9, 7, 1, 5],
        [9, 8, 9, 7, 8, 0, 9, 0, 7, 4, 3, 4, 8, 8, 5, 2, 0, 6, 8, 6],
        [3, 2, 6, 8, 5, 5, 2, 3, 1, 3, 2, 4, 7, 0, 7, 1, 3, 5, 0, 9],
    ]
    assert digits.train.epochs_completed == 1
    assert digits.train.images.dtype == np.uint8


def test_without_shuffling_they_come_as_they_are(folder):
    digits = input_data.read_data_sets(folder, validation_size=10, seed=5, one_hot=True, reshape=False)
    images, labels = digits.validation.next_batch(20, shuffle=False)
    assert images.shape == (20, 28, 28, 1)
    assert labels.argmax(1).tolist() == [5, 0, 3, 3, 7, 9, 3, 5, 2, 4] * 2
    assert images.max() <= 1


def test_fake_data_needs_no_files():
    digits = input_data.read_data_sets("nowhere", fake_data=True, one_hot=True)
    images, labels = digits.train.next_batch(2, fake_data=True)
    assert (digits.train.num_examples, len(images[0]), labels) == (10000, 784, [[1] + [0] * 9] * 2)


def test_missing_files_are_named_together(folder):
    (folder / "t10k-images-idx3-ubyte.gz").unlink()
    (folder / "train-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError) as info:
        input_data.read_data_sets(folder)
    text = str(info.value)
    assert text.startswith("there is no train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz in ")
    assert "https://storage.googleapis.com/cvdf-datasets/mnist/train-labels-idx1-ubyte.gz" in text


def test_bad_arguments_have_tf1s_errors(folder):
    with pytest.raises(ValueError, match=r"^Validation size should be between 0 and 57\. Received: 5000\.$"):
        input_data.read_data_sets(folder)
    with pytest.raises(TypeError, match="^Invalid image dtype .*int32.*, expected uint8 or float32"):
        input_data.read_data_sets(folder, validation_size=2, dtype=tf.int32)


def test_unpacked_files_are_read_too(folder):
    for path in list(folder.iterdir()):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path.unlink()
    assert input_data.read_data_sets(folder, validation_size=7).train.num_examples == 50


def test_the_tutorials_network_learns():
    rng = np.random.RandomState(0)
    with tf.Graph().as_default(), tf.Session() as session:
        images = tf.constant(rng.rand(8, mnist.IMAGE_PIXELS), tf.float32)
        labels = tf.constant(rng.randint(10, size=8))
        logits = mnist.inference(images, 16, 8)
        loss = mnist.loss(logits, labels)
        step, right = mnist.training(loss, 0.1), mnist.evaluation(logits, labels)
        session.run(tf.global_variables_initializer())
        before = session.run(loss)
        for _ in range(5):
            session.run(step)
        assert session.run(loss) < before
        assert 0 <= session.run(right) <= 8
