"""`tf.contrib.factorization.KMeans`; the numbers are those that TF 1.15.5 gave."""

import importlib

import numpy as np
import pytest

import tf1compat_wd as tf

POINTS = np.random.RandomState(0).rand(9, 2).astype(np.float32)
KMeans = tf.contrib.factorization.KMeans


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def run(session, steps=3, **options):
    """The graph, its input, and the centers after each of `steps` on seven points each."""
    x = tf.placeholder(tf.float32, [None, 2])
    graph = KMeans(x, 2, **options).training_graph()
    session.run(tf.global_variables_initializer())
    assert not session.run(graph[3])
    session.run(graph[4], {x: POINTS})
    assert session.run(graph[3])
    centers = [session.run(tf.global_variables()[0])]
    for step in range(steps):
        session.run(graph[5], {x: POINTS[step : step + 7]})
        centers.append(session.run(tf.global_variables()[0]))
    return graph, x, centers


def test_the_mean_of_the_nearest_points(session):
    graph, x, centers = run(session)
    np.testing.assert_allclose(centers[0], POINTS[[1, 7]])
    np.testing.assert_allclose(centers[1][1], [0, 0], atol=1e-6)  # of no points
    np.testing.assert_allclose(centers[3], [[0.5341487, 0.7013699], [0.07103599, 0.08712922]], rtol=1e-5)
    [distances], [indices], [scores] = session.run(graph[:3], {x: POINTS[:7]})
    assert distances.shape == (7, 2)
    assert indices.tolist() == [0] * 7
    np.testing.assert_allclose(scores, distances[:, 0], atol=1e-6)
    assert [v.name for v in tf.global_variables()] == ["clusters:0", "initialized:0"]


def test_points_that_are_far_from_each_other(session):
    _, _, centers = run(session, initial_clusters="kmeans_plus_plus")
    np.testing.assert_allclose(centers[0], [[0.5488135, 0.71518934], [0.0202184, 0.83261985]], rtol=1e-5)


def test_given_centers(session):
    _, _, centers = run(session, initial_clusters=np.float32([[0, 0], [1, 1]]))
    np.testing.assert_allclose(centers[3], [[0.07103599, 0.08712922], [0.5341487, 0.7013699]], rtol=1e-5)


def test_centers_that_a_function_chooses(session):
    _, _, centers = run(session, steps=0, initial_clusters=lambda points, number: points[:2])
    np.testing.assert_allclose(centers[0], POINTS[:2])


def test_directions(session):
    graph, x, centers = run(session, distance_metric="cosine")
    np.testing.assert_allclose(centers[3], [[0.8852245, 0.46516398], [0.4451963, 0.89543295]], rtol=1e-5)
    [distances], [indices], [scores] = session.run(graph[:3], {x: POINTS})
    np.testing.assert_allclose(scores, distances[np.arange(9), indices], atol=1e-6)


def test_the_mean_of_all_points_so_far(session):
    _, _, centers = run(session, use_mini_batch=True, distance_metric="cosine")
    np.testing.assert_allclose(centers[3], [[0.8341671, 0.5319281], [0.5046335, 0.8483461]], rtol=1e-5)
    counts = tf.global_variables()[2]
    assert (counts.name, session.run(counts).tolist()) == ("Variable:0", [9, 14])


def test_starting_again_changes_nothing(session):
    graph, x, centers = run(session)
    session.run(graph[4], {x: POINTS})
    np.testing.assert_array_equal(session.run(tf.global_variables()[0]), centers[-1])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"initial_clusters": "kmc2"}, "Unsupported initialization algorithm `kmc2`"),
        ({"distance_metric": "l1"}, "Unsupported distance metric passed to Kmeans l1"),
        ({"use_mini_batch": True, "mini_batch_steps_per_iteration": 2}, "mini_batch_steps_per_iteration is 2; only 1"),
    ],
)
def test_what_is_not_offered_says_so(options, said):
    with pytest.raises(ValueError, match=said):
        KMeans(tf.zeros([3, 2]), 2, **options)


def test_its_file_in_tf1():
    clustering_ops = importlib.import_module("tf1compat_wd.contrib.factorization.python.ops.clustering_ops")
    assert clustering_ops.KMeans is KMeans
    assert (clustering_ops.RANDOM_INIT, clustering_ops.KMEANS_PLUS_PLUS_INIT) == ("random", "kmeans_plus_plus")
    assert clustering_ops.SQUARED_EUCLIDEAN_DISTANCE == "squared_euclidean"
    assert clustering_ops.COSINE_DISTANCE == "cosine"
