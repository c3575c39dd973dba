"""`tf.contrib.training.bucket` and its kind, in sessions; the batches, names and sentences are TF 1.15.5's."""

import pytest

import tf1compat_wd as tf

bucket = tf.contrib.training.bucket
by_length = tf.contrib.training.bucket_by_sequence_length


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def numbers(count):
    return tf.train.range_input_producer(count, num_epochs=1, shuffle=False).dequeue()


def batches(fetches):
    """What the queues give until the input ends, in any order of the buckets."""
    found = []
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        with pytest.raises(tf.errors.OutOfRangeError):
            while True:
                found.append(tf.nest.map_structure(lambda value: value.tolist(), session.run(fetches)))
        coordinator.request_stop()
        coordinator.join(threads)
    return sorted(found, key=str)


@pytest.mark.parametrize("allow_smaller_final_batch", [False, True])
def test_sequences_of_about_a_length_are_padded_together(allow_smaller_final_batch):
    number = numbers(10)
    length, (sequence, text) = by_length(
        number + 1,
        [tf.range(number + 1), tf.as_string(number)],
        2,
        [3, 6],
        dynamic_pad=True,
        allow_smaller_final_batch=allow_smaller_final_batch,
    )
    assert sequence.shape.as_list() == [None if allow_smaller_final_batch else 2, None]
    assert length.name == "bucket_by_sequence_length/bucket/dequeue_top:1"
    expected = [
        [[1, 2], [[0, 0], [0, 1]], [b"0", b"1"]],
        [[3, 4], [[0, 1, 2, 0], [0, 1, 2, 3]], [b"2", b"3"]],
        [[6, 7], [[0, 1, 2, 3, 4, 5, 0], [0, 1, 2, 3, 4, 5, 6]], [b"5", b"6"]],
        [[8, 9], [[0, 1, 2, 3, 4, 5, 6, 7, 0], [0, 1, 2, 3, 4, 5, 6, 7, 8]], [b"7", b"8"]],
    ]
    if allow_smaller_final_batch:
        expected += [[[10], [list(range(10))], [b"9"]], [[5], [[0, 1, 2, 3, 4]], [b"4"]]]
    assert batches([length, sequence, text]) == sorted(expected, key=str)


def test_buckets_have_sizes_of_their_own_and_pass_over_what_is_not_kept():
    number = numbers(10)
    example = {"x": number, "y": tf.stack([number, number])}
    which, batch = bucket(example, number % 2, [2, 3], 2, keep_input=number > 1, name="mine", capacity=4)
    assert [batch["x"].shape.as_list(), batch["y"].shape.as_list()] == [[None], [None, 2]]
    assert batches([which, batch]) == [
        [0, {"x": [2, 4], "y": [[2, 2], [4, 4]]}],
        [0, {"x": [6, 8], "y": [[6, 6], [8, 8]]}],
        [1, {"x": [3, 5, 7], "y": [[3, 3], [5, 5], [7, 7]]}],
    ]


def test_collections():
    bucket([tf.constant(3)], tf.constant(0), 2, 2)
    runners = tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)
    assert [runner.name for runner in runners] == ["bucket/bucket_queue_0", "bucket/top_queue"]
    assert [each.name for each in tf.get_collection(tf.GraphKeys.SUMMARIES)] == [
        "bucket/bucket/bucket/bucket_queue_0/size:0",
        "bucket/bucket/bucket/bucket_queue_1/size:0",
        "bucket/bucket/bucket/top_queue/fraction_of_32_full:0",
    ]


def test_what_the_batch_looks_like():
    x = tf.constant(3)
    assert bucket([x], x, 2, 4)[1].shape.as_list() == [2]
    assert bucket({"x": x}, x, 2, 4)[1]["x"].shape.as_list() == [2]
    assert by_length(x, [x], 3, [5])[1][0].shape.as_list() == [3]
    assert by_length(x, [x], [1, 2], [5])[1][0].shape.as_list() == [None]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda x: bucket([x], x, [2], 2), ValueError, "If batch_size is a list it must have num_buckets elements"),
        (lambda x: bucket([], x, 2, 2), ValueError, r"Expected at least one tensor in bucket\(\)."),
        (
            lambda x: bucket([x], x, 2, 2, bucket_capacities=[3]),
            ValueError,
            r"The list bucket_capacities \(\[3\]\) must have exactly num_buckets \(2\) elements.",
        ),
        (lambda x: by_length(x, [x], 2, []), ValueError, "bucket_boundaries must not be empty"),
        (lambda x: by_length(x, [x], 2, 3), TypeError, "bucket_boundaries must be a list or tuple, but received: 3"),
        (
            lambda x: by_length(x, [x], 2, [3, 2]),
            ValueError,
            "Buckets must contain sequential increasing lengths, but saw: 3 before 2",
        ),
        (
            lambda x: by_length(x, [x], 2, [3, 2.0]),
            TypeError,
            "bucket boundaries must be integers, but saw: 3 and 2.0",
        ),
        (
            lambda x: bucket([x], x, 2, 2, keep_input=tf.constant([True])),
            ValueError,
            "`keep_input` cannot be a vector when `enqueue_many=False`.",
        ),
        (
            lambda x: bucket([tf.placeholder(tf.int32, [None])], x, 2, 2),
            ValueError,
            "All shapes must be fully defined",
        ),
        (lambda x: bucket([x], x, 2, 2, shapes=[[2]]), ValueError, r"Shapes \(\) and \(2,\) are incompatible"),
    ],
)
def test_what_is_refused(call, error, says):
    with pytest.raises(error, match=says):
        call(tf.constant(3))
