"""``tf.contrib.factorization.KMeans``: the graph that finds clusters, on TensorFlow's own operations for it."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.control_flow import cond
from tf1compat_wd._core.variables import Variable

Tensor = Any

SQUARED_EUCLIDEAN_DISTANCE = "squared_euclidean"
COSINE_DISTANCE = "cosine"
RANDOM_INIT = "random"
KMEANS_PLUS_PLUS_INIT = "kmeans_plus_plus"

_ALMOST_NONE = 1e-6  # TF1 divided by the number of points and this, so that a cluster of none goes to zero


class _Trained(NamedTuple):
    """What `KMeans.training_graph` gives."""

    all_scores: tuple[Tensor, ...]
    cluster_index: tuple[Tensor, ...]
    scores: tuple[Tensor, ...]
    cluster_centers_initialized: Any
    init_op: Any
    training_op: Any


class KMeans:
    """Centers of clusters, moved at each step to the points that are nearest (``tf.contrib.factorization.KMeans``).

    Letters: N points, D coordinates, K `num_clusters`.

    Creates, in this order:
        clusters     [K, D]  the centers; [] until they are chosen
        initialized  []      whether they have been
        Variable     [K]     how many points each center stands for, with `use_mini_batch`

    Args:
        inputs: tensor [N, D], or a list of them.
        num_clusters: K.
        initial_clusters: "random" for K of the points, by chance and perhaps one of them twice; "kmeans_plus_plus" for
            points that are far from each other; a tensor [K, D]; or a function of the points and K.
        distance_metric: "squared_euclidean"; or "cosine", which looks at directions only.
        use_mini_batch: move each center to the mean of all points that it was ever nearest to; otherwise of these.
        mini_batch_steps_per_iteration: 1.
        random_seed: for the first centers.
        kmeans_plus_plus_num_retries: how many points are tried for each center.
        kmc2_chain_length: unused.

    Differs from TF 1.15: the first centers are all chosen from one batch; more steps per iteration and "kmc2" raise.
        With `use_mini_batch`, TF 1.15 read how many points a center stood for before or after it had counted the new
        ones, by chance, and gave other numbers in each run; here it is before.

    >>> with tf.Graph().as_default(), tf.Session() as session:
    ...     x = tf.constant([[0.0, 0.0], [0.0, 2.0], [8.0, 8.0]])
    ...     graph = tf.contrib.factorization.KMeans(x, 2, [[0.0, 1.0], [9.0, 9.0]]).training_graph()
    ...     session.run(tf.global_variables_initializer())
    ...     session.run(graph[4])
    ...     session.run(graph[1])[0].tolist()
    0
    [0, 0, 1]

    See also: scikit-learn's ``KMeans`` and ``MiniBatchKMeans``.
    """

    def __init__(
        self,
        inputs: Any,
        num_clusters: int,
        initial_clusters: Any = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        use_mini_batch: bool = False,
        mini_batch_steps_per_iteration: int = 1,
        random_seed: int = 0,
        kmeans_plus_plus_num_retries: int = 2,
        kmc2_chain_length: int = 200,
    ) -> None:
        if isinstance(initial_clusters, str) and initial_clusters not in (RANDOM_INIT, KMEANS_PLUS_PLUS_INIT):
            raise ValueError(f"Unsupported initialization algorithm `{initial_clusters}`")
        if distance_metric not in (SQUARED_EUCLIDEAN_DISTANCE, COSINE_DISTANCE):
            raise ValueError(f"Unsupported distance metric passed to Kmeans {distance_metric}")
        if use_mini_batch and mini_batch_steps_per_iteration != 1:
            raise ValueError(
                f"mini_batch_steps_per_iteration is {mini_batch_steps_per_iteration}; only 1 works here. Take batches "
                "that many times as large instead."
            )
        batches = inputs if isinstance(inputs, list) else [inputs]
        self._inputs = [tf.convert_to_tensor(batch) for batch in batches]
        self._num_clusters = num_clusters
        self._initial_clusters = initial_clusters
        self._is_cosine = distance_metric == COSINE_DISTANCE
        self._use_mini_batch = use_mini_batch
        self._seed = random_seed
        self._num_retries = kmeans_plus_plus_num_retries

    def training_graph(self) -> tuple[Any, ...]:
        """Make what finds the clusters.

        Returns:
            all_scores: for each tensor of inputs, the distances [N, K] to all centers.
            cluster_index: for each, the nearest centers [N], int64.
            scores: for each, the distances [N] to them.
            cluster_centers_initialized: variable, whether there are centers.
            init_op: chooses them, if there are none.
            training_op: moves them.
        """
        dtype = self._inputs[0].dtype
        none = tf.compat.v1.placeholder_with_default(tf.zeros([0], dtype), None)
        centers = Variable(none, dtype=dtype, name="clusters", validate_shape=False)
        is_initialized = Variable(False, dtype=tf.bool, name="initialized")
        counts = None
        if self._use_mini_batch:
            counts = Variable(tf.ones([self._num_clusters], tf.int64), dtype=tf.int64)
        points = [tf.nn.l2_normalize(batch, 1) for batch in self._inputs] if self._is_cosine else self._inputs
        start = cond(is_initialized, lambda: tf.constant(0), lambda: self._start(centers, is_initialized, points))
        nearest = [self._nearest(batch, centers) for batch in points]
        indices = tuple(index for index, _ in nearest)
        all_points, all_indices = tf.concat(points, 0), tf.concat(indices, 0)
        train = self._move(centers, counts, all_points, all_indices)
        return tuple(
            _Trained(
                tuple(self._distances(batch, centers) for batch in points),
                indices,
                tuple(distance for _, distance in nearest),
                is_initialized,
                start,
                train,
            )
        )

    def _start(self, centers: Any, is_initialized: Any, points: list[Tensor]) -> Tensor:
        first = points[0] if len(points) == 1 else tf.concat(points, 0)
        chosen = tf.compat.v1.assign(centers, self._first_centers(first), validate_shape=False)
        with tf.control_dependencies([chosen]):
            done = tf.compat.v1.assign(is_initialized, True)
        with tf.control_dependencies([done]):
            return tf.constant(0)

    def _first_centers(self, points: Tensor) -> Tensor:
        given = self._initial_clusters
        if isinstance(given, str) and given == RANDOM_INIT:
            number = tf.cast(tf.shape(points)[0], tf.int64)
            rows = tf.compat.v1.random_uniform([self._num_clusters], 0, number, tf.int64, seed=self._seed)
            return tf.gather(points, rows)
        if isinstance(given, str):
            return tf.raw_ops.KmeansPlusPlusInitialization(
                points=points,
                num_to_sample=tf.constant(self._num_clusters, tf.int64),
                seed=tf.constant(self._seed, tf.int64),
                num_retries_per_sample=tf.constant(self._num_retries, tf.int64),
            )
        if callable(given):
            given = given(points, tf.constant(self._num_clusters, tf.int64))
        given = tf.convert_to_tensor(given, points.dtype)
        return tf.nn.l2_normalize(given, 1) if self._is_cosine else given

    def _compared(self, centers: Any) -> Tensor:
        values = tf.convert_to_tensor(centers)
        return tf.nn.l2_normalize(values, 1) if self._is_cosine else values

    def _nearest(self, points: Tensor, centers: Any) -> tuple[Tensor, Tensor]:
        index, distance = tf.raw_ops.NearestNeighbors(
            points=points, centers=self._compared(centers), k=tf.constant(1, tf.int64)
        )
        if self._is_cosine:
            distance *= 0.5  # of two vectors of length 1, half the squared distance is 1 - cos
        return tf.squeeze(index, [-1]), tf.squeeze(distance, [-1])

    def _distances(self, points: Tensor, centers: Any) -> Tensor:
        centers = self._compared(centers)
        products = tf.matmul(points, centers, transpose_b=True)
        if self._is_cosine:
            return 1 - products
        lengths = tf.reduce_sum(tf.square(points), 1, keepdims=True)
        return lengths - 2 * products + tf.reduce_sum(tf.square(centers), 1)[None]

    def _move(self, centers: Any, counts: Any, points: Tensor, indices: Tensor) -> Any:
        sums = tf.math.unsorted_segment_sum(points, indices, self._num_clusters)
        new = tf.math.unsorted_segment_sum(tf.ones_like(indices), indices, self._num_clusters)
        if counts is None:
            means = sums / (tf.cast(new, points.dtype) + _ALMOST_NONE)[:, None]
            if self._is_cosine:
                means = tf.nn.l2_normalize(means, 1)
            return tf.compat.v1.assign(centers, means, validate_shape=False)
        before = tf.cast(counts, points.dtype)[:, None]
        after = before + tf.cast(new, points.dtype)[:, None]
        moved = tf.compat.v1.assign(centers, (centers * before + sums) / after, validate_shape=False)
        with tf.control_dependencies([moved]):
            return tf.group(moved, tf.compat.v1.assign_add(counts, new))


hooks.keep_from_autograph(__name__)
