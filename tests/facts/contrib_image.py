"""``tf.contrib.image``: images rotated, moved and warped."""

from facts.vocabulary import error_of


def _images(tf):
    return tf.reshape(tf.range(2 * 4 * 5 * 2, dtype=tf.float32), [2, 4, 5, 2])


def rotated(tf):
    images = _images(tf)
    rotate = tf.contrib.image.rotate
    return [rotate(images, 0.7), rotate(images, [0.3, -1.2]), rotate(images, 0.5, "BILINEAR"), rotate(images[0], 1.5), rotate(images[0, :, :, 0], 3.0)]


def moved(tf):
    images = _images(tf)
    translate = tf.contrib.image.translate
    return [translate(images, [1, 2]), translate(images, [[1.5, 0.0], [-1.0, -2.0]], "BILINEAR"), translate(images[0, :, :, 0], [2.0, 0.0])]


def warped(tf):
    images = _images(tf)
    transform = tf.contrib.image.transform
    by = [1.1, 0.2, -0.5, 0.1, 0.9, 0.3, 0.01, -0.02]
    smaller = transform(images, by, "BILINEAR", output_shape=[3, 2])
    return [transform(images, by), transform(images, [by, by[::-1]]), smaller, smaller.shape.as_list(), transform(tf.cast(images, tf.uint8), by).dtype.name]


def transformations(tf):
    image = tf.contrib.image
    a, b = [1.1, 0.2, -0.5, 0.1, 0.9, 0.3, 0.01, -0.02], [0.9, 0.1, 2.0, -0.3, 1.2, 1.0, 0.0, 0.05]
    return [
        image.angles_to_projective_transforms(0.5, 4, 5),
        image.angles_to_projective_transforms([0.1, 0.2], 4, 5),
        image.translations_to_projective_transforms([3, 4]),
        image.compose_transforms(a, b),
        image.compose_transforms([a, b], b, a),
        image.flat_transforms_to_matrices(tf.constant(a)),
        image.matrices_to_flat_transforms(tf.constant([[2.0, 0.0, 1.0], [0.0, 4.0, 1.0], [0.0, 0.0, 2.0]])),
    ]


def what_is_wrong(tf):
    image = tf.contrib.image
    return [
        error_of(image.angles_to_projective_transforms, [[0.1]], 4, 5),
        error_of(image.translations_to_projective_transforms, 3.0),
        error_of(image.transform, tf.zeros([2]), [1.0] * 8),
        error_of(image.transform, tf.zeros([2, 2]), 1.0),
    ]


def gradients_of_a_rotation(tf):
    images = _images(tf)[:1, :, :, :1] * tf.get_variable("w", [], initializer=tf.ones_initializer())
    return tf.gradients(tf.reduce_sum(tf.square(tf.contrib.image.rotate(images, 0.4, "BILINEAR"))), tf.trainable_variables())


DISTANCES = [[0.5, 0.1, 0.8], [0.3, 0.2, 0.15]]


def bipartite_match_takes_the_smallest_distance_first(tf):
    match = tf.contrib.image.bipartite_match(DISTANCES, -1)
    return match.row_to_col_match_indices, match.col_to_row_match_indices, match[0].shape.as_list()


def bipartite_match_leaves_rows_out(tf):
    return tuple(tf.contrib.image.bipartite_match(DISTANCES, 1.0)), tuple(tf.contrib.image.bipartite_match(DISTANCES, [0]))


def bipartite_match_stops_after_top_k(tf):
    return tuple(tf.contrib.image.bipartite_match(DISTANCES, 2, top_k=1))


def bipartite_match_of_nothing(tf):
    return tuple(tf.contrib.image.bipartite_match(tf.zeros([0, 3]), 0))


def bipartite_match_of_many(tf):
    values = [[((3 * i + 5 * j) % 11) / 11 - 0.3 for j in range(6)] for i in range(4)]
    return tuple(tf.contrib.image.bipartite_match(values, 3)), tuple(
        tf.contrib.image.bipartite_match(tf.transpose(values), 6)
    )
