"""Slim's readers and queues: a data set of TFRecords, end to end, in a session."""

import pytest
import tensorflow

import tf1compat_wd as tf

slim = tf.contrib.slim


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def records(tmp_path):
    """Two files with three examples each: a raw image of 2 x 2 pixels that are all `label`, and the label."""
    for number in range(2):
        with tensorflow.io.TFRecordWriter(str(tmp_path / f"part-{number}.tfrecord")) as writer:
            for label in range(3 * number, 3 * number + 3):
                features = {
                    "image/encoded": tf.train.Feature(bytes_list=tf.train.BytesList(value=[bytes([label]) * 12])),
                    "image/format": tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"raw"])),
                    "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
                }
                example = tf.train.Example(features=tf.train.Features(feature=features))
                writer.write(example.SerializeToString())
    return str(tmp_path / "part-*")


def dataset_of(records):
    handlers = slim.tfexample_decoder
    decoder = handlers.TFExampleDecoder(
        {
            "image/encoded": tf.FixedLenFeature((), tf.string, default_value=""),
            "image/format": tf.FixedLenFeature((), tf.string, default_value="raw"),
            "label": tf.FixedLenFeature([], tf.int64),
        },
        {"image": handlers.Image(shape=[2, 2, 3]), "label": handlers.Tensor("label")},
    )
    return slim.dataset.Dataset(records, tf.TFRecordReader, decoder, 6, {"image": "Pixels.", "label": "A number."})


def evaluated(tensors, times):
    """The values of `tensors`, some times."""
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        with slim.queues.QueueRunners(session):
            return [session.run(tensors) for _ in range(times)]


@pytest.mark.parametrize("shuffle", [False, True])
def test_a_provider_gives_each_example_once_an_epoch(records, shuffle):
    provider = slim.dataset_data_provider.DatasetDataProvider(
        dataset_of(records), num_readers=2, shuffle=shuffle, num_epochs=1, common_queue_capacity=10, common_queue_min=1
    )
    assert sorted(provider.list_items()) == ["image", "label", "record_key"]
    assert provider.num_samples() == 6
    image, label = provider.get(["image", "label"])
    assert image.shape.as_list() == [2, 2, 3]
    seen = evaluated([image, label], 6)
    assert all((pixels == number).all() for pixels, number in seen)
    assert sorted(number for _, number in seen) == [0, 1, 2, 3, 4, 5]


def test_records_have_keys(records):
    provider = slim.dataset_data_provider.DatasetDataProvider(dataset_of(records), shuffle=False)
    [(key, label)] = evaluated(provider.get(["record_key", "label"]), 1)
    assert key.decode().endswith(f"part-{label // 3}.tfrecord:0")


def test_the_key_needs_a_name_of_its_own(records):
    with pytest.raises(ValueError, match="cannot also be used for a dataset item: label"):
        slim.dataset_data_provider.DatasetDataProvider(dataset_of(records), record_key="label")


def test_epochs_end(records):
    provider = slim.dataset_data_provider.DatasetDataProvider(dataset_of(records), shuffle=False, num_epochs=1)
    [label] = provider.get(["label"])
    with pytest.raises(tf.errors.OutOfRangeError):
        evaluated(label, 7)


def test_files_are_read_once_one_after_the_other(records):
    _, value = slim.parallel_reader.single_pass_read(sorted(tf.gfile.Glob(records)), tf.TFRecordReader)
    label = tf.parse_single_example(value, {"label": tf.FixedLenFeature([], tf.int64)})["label"]
    assert evaluated(label, 6) == [0, 1, 2, 3, 4, 5]


def test_batches_are_prefetched(records):
    provider = slim.dataset_data_provider.DatasetDataProvider(dataset_of(records), shuffle=False)
    image, label = provider.get(["image", "label"])
    images, labels = tf.train.batch([image, label], batch_size=3)
    queue = slim.prefetch_queue.prefetch_queue({"images": images, "labels": labels}, capacity=2)
    batch = queue.dequeue()
    assert batch["images"].shape.as_list() == [3, 2, 2, 3]
    tags = [summary.name for summary in tf.get_collection(tf.GraphKeys.SUMMARIES)]
    assert any("fraction_of_2_full" in tag for tag in tags)
    for values in evaluated(batch, 4):
        assert (values["images"][:, 0, 0, 0] == values["labels"]).all()


def test_patterns_and_lists_of_files(records):
    files = sorted(tf.gfile.Glob(records))
    assert sorted(slim.parallel_reader.get_data_files(records)) == files
    assert slim.parallel_reader.get_data_files(files[0]) == files[:1]
    assert sorted(slim.parallel_reader.get_data_files([files[1], files[0]])) == files
    with pytest.raises(ValueError, match="No data files found in /no/such/\\*"):
        slim.parallel_reader.get_data_files("/no/such/*")


def test_queue_runners_do_not_nest():
    with (
        tf.Session() as session,
        slim.queues.QueueRunners(session),
        pytest.raises(slim.queues.NestedQueueRunnerError),
        slim.queues.QueueRunners(session),
    ):
        pass
    with tf.Session() as session, slim.queues.QueueRunners(session):
        pass


def test_training_on_a_data_set(records, tmp_path):
    provider = slim.dataset_data_provider.DatasetDataProvider(dataset_of(records), shuffle=False)
    image, label = provider.get(["image", "label"])
    images, labels = tf.train.batch([tf.cast(image, tf.float32) / 5.0, label], batch_size=6)
    logits = slim.fully_connected(slim.flatten(images), 1, activation_fn=None)
    loss = slim.losses.mean_squared_error(tf.squeeze(logits, [1]), tf.cast(labels, tf.float32) / 5.0)
    train_op = slim.learning.create_train_op(loss, tf.train.AdamOptimizer(0.05))
    final = slim.learning.train(train_op, str(tmp_path / "train"), number_of_steps=60, log_every_n_steps=0)
    assert final < 0.05
