"""Functions of `tf.nn` and of the root whose arguments, results or errors TensorFlow 2 changed, found by comparing."""

from facts.vocabulary import error_of, kind_of_error, name_of

_F = [[1.5, -2.0, 3.25], [-0.5, 4.0, 0.25]]


def _matrix(tf):
    return tf.constant(_F)


# Cross entropies


def cross_entropies_are_called_by_name(tf):
    x, nn = _matrix(tf), tf.nn
    functions = [
        nn.softmax_cross_entropy_with_logits,
        nn.sigmoid_cross_entropy_with_logits,
        nn.sparse_softmax_cross_entropy_with_logits,
    ]
    return [[error_of(f, x, x), error_of(f, labels=x), error_of(f, logits=x)] for f in functions]


def cross_entropies_of_logits(tf):
    x, nn = _matrix(tf), tf.nn
    labels = tf.constant([[0.25, 0.5, 0.25], [1.0, 0.0, 0.0]])
    return [
        nn.softmax_cross_entropy_with_logits(labels=labels, logits=x),
        nn.softmax_cross_entropy_with_logits(labels=labels, logits=x, dim=0),
        nn.softmax_cross_entropy_with_logits_v2(labels, x),
        nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=x, axis=0),
        nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=x, dim=0),
        nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=x),
        nn.sparse_softmax_cross_entropy_with_logits(labels=[2, 0], logits=x),
        nn.weighted_cross_entropy_with_logits(labels, x, 2.0),
        nn.weighted_cross_entropy_with_logits(targets=labels, logits=x, pos_weight=2.0),
        nn.softmax_cross_entropy_with_logits(labels=[[0, 1]], logits=[[1.0, 2.0]]),
    ]


def only_v2_lets_the_gradient_into_the_labels(tf):
    labels = tf.get_variable("labels", initializer=tf.constant([[0.25, 0.75]]))
    logits = tf.get_variable("logits", initializer=tf.constant([[1.0, 2.0]]))
    first = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    second = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)
    return [tf.gradients(first, [labels, logits]), tf.gradients(second, [labels, logits])]


def cross_entropies_refuse_other_shapes(tf):
    x, nn = _matrix(tf), tf.nn
    sparse = nn.sparse_softmax_cross_entropy_with_logits
    return [
        error_of(sparse, labels=tf.constant([[1], [2]]), logits=x),
        error_of(sparse, labels=tf.constant([1]), logits=x),
        error_of(sparse, labels=tf.constant(1), logits=tf.constant(1.0)),
        error_of(nn.sigmoid_cross_entropy_with_logits, labels=tf.zeros([2]), logits=x),
    ]


def cross_entropies_refuse_other_dtypes(tf):
    x, nn = _matrix(tf), tf.nn
    sparse = nn.sparse_softmax_cross_entropy_with_logits
    return [
        error_of(sparse, labels=tf.constant([1.0, 1.0]), logits=x),
        error_of(sparse, labels=tf.constant([1, 1], tf.uint8), logits=x),
        error_of(sparse, labels=tf.constant([1, 1]), logits=tf.constant([[1, 2], [3, 4]])),
        error_of(nn.softmax_cross_entropy_with_logits_v2, tf.constant([[1, 0]]), tf.constant([[1, 0]])),
        error_of(nn.sigmoid_cross_entropy_with_logits, labels=tf.constant([1]), logits=tf.constant([1])),
    ]


# Dropout


def dropout_keeps_all_or_scales(tf):
    x = tf.ones([1000])
    kept = tf.nn.dropout(x, 0.5)
    return [
        tf.nn.dropout(x, 1.0)[:2],
        tf.nn.dropout(x, keep_prob=tf.constant(1.0))[:2],
        tf.nn.dropout(x, rate=0.0)[:2],
        tf.reduce_max(kept),
        tf.reduce_min(kept),
        tf.abs(tf.reduce_mean(kept) - 1.0) < 0.2,
    ]


def dropout_takes_a_shape_of_noise(tf):
    kept = tf.nn.dropout(tf.ones([50, 4]), 0.5, [50, 1], seed=3, name="mine")
    return tf.reduce_all(tf.equal(kept, kept[:, :1]))


def dropout_refuses_bad_rates(tf):
    x, dropout = _matrix(tf), tf.nn.dropout
    return [
        error_of(dropout, x),
        error_of(dropout, x, keep_prob=0.5, rate=0.5),
        error_of(dropout, x, keep_prob=0.0),
        error_of(dropout, x, keep_prob=1.5),
        error_of(dropout, x, rate=1.0),
        error_of(dropout, tf.constant([1, 2]), keep_prob=0.5),
    ]


# Moments and batch normalization


def moments_take_old_and_new_names(tf):
    x = _matrix(tf)
    return [
        tf.nn.moments(x, [0]),
        tf.nn.moments(x, axes=[0, 1], keep_dims=True),
        tf.nn.moments(x, [0], None, None, True),
        tf.nn.moments(x, [1], shift=1.0, keepdims=True),
        tf.nn.moments(tf.cast(x, tf.float16), [0]),
        error_of(tf.nn.moments, x, [0], keep_dims=True, keepdims=True),
    ]


def weighted_moments_and_statistics(tf):
    x = _matrix(tf)
    return [
        tf.nn.weighted_moments(x, [0], tf.constant([[1.0], [3.0]])),
        tf.nn.weighted_moments(x, axes=[1], frequency_weights=tf.constant(2.0), keep_dims=True),
        tf.nn.sufficient_statistics(x, [0], shift=1.0, keep_dims=True)[:3],
        tf.nn.normalize_moments(tf.constant(3.0), tf.constant([1.0]), tf.constant([4.0]), None),
    ]


def batch_normalization_of_given_moments(tf):
    x = _matrix(tf)
    mean, variance = tf.constant([0.1, 0.2, 0.3]), tf.constant([1.0, 2.0, 3.0])
    offset, scale = tf.constant([0.5, 0.25, 0.0]), tf.constant([1.0, 2.0, 3.0])
    image = tf.reshape(x, [1, 1, 2, 3])
    old = tf.nn.batch_norm_with_global_normalization
    return [
        tf.nn.batch_normalization(x, mean, variance, offset, scale, 0.001),
        tf.nn.batch_normalization(x, mean, variance, None, None, 0.001),
        tf.nn.batch_normalization(x, mean, variance, None, scale, 0.001, "mine"),
        old(image, mean, variance, offset, scale, 0.001, True),
        old(
            t=image,
            m=mean,
            v=variance,
            beta=offset,
            gamma=scale,
            variance_epsilon=0.001,
            scale_after_normalization=False,
        ),
        tf.nn.fused_batch_norm(image, scale, offset)[:3],
        tf.nn.fused_batch_norm(image, scale, offset, mean, variance, 0.1, is_training=False)[0],
    ]


# Sums and the like, whose arguments had other names


def reductions_take_old_and_new_names(tf):
    x = _matrix(tf)
    found = []
    for f in [tf.reduce_sum, tf.reduce_mean, tf.reduce_max, tf.reduce_min, tf.reduce_prod, tf.reduce_logsumexp]:
        found.append(
            [f(x), f(x, 1, True), f(x, reduction_indices=[0]), f(x, axis=1, keep_dims=True), f(x, keepdims=True)]
        )
    for f in [tf.reduce_all, tf.reduce_any]:
        found.append([f(x > 0), f(x > 0, 1, True), f(x > 0, reduction_indices=0), f(x > 0, keep_dims=True)])
    return found


def reductions_refuse_both_names(tf):
    x = _matrix(tf)
    return [
        error_of(tf.reduce_sum, x, axis=0, reduction_indices=0),
        error_of(tf.reduce_sum, x, keepdims=True, keep_dims=True),
        error_of(tf.argmax, x, axis=1, dimension=1),
        error_of(tf.expand_dims, x, 0, dim=1),
        error_of(tf.expand_dims, x),
        error_of(tf.squeeze, x, axis=0, squeeze_dims=[0]),
    ]


def other_functions_take_old_and_new_names(tf):
    x = _matrix(tf)
    return [
        tf.argmax(x, dimension=1),
        tf.argmax(x, 1),
        tf.argmin(x, dimension=0, output_type=tf.int32),
        tf.arg_max(x, 1),
        tf.expand_dims(x, dim=1),
        tf.squeeze(tf.expand_dims(x, 0), squeeze_dims=[0]),
        tf.norm(x, axis=1, keep_dims=True),
        tf.norm(x, 1),
        tf.count_nonzero(x, keep_dims=True, reduction_indices=[1]),
        tf.nn.softmax(x, dim=0),
        tf.nn.log_softmax(x, dim=0),
        tf.nn.l2_normalize(x, dim=1),
        tf.concat(values=[x, x], axis=1),
        tf.reverse_sequence(x, [2, 3], seq_dim=1, batch_dim=0),
        tf.split(value=x, num_or_size_splits=[1, 2], axis=1),
        tf.matmul(x, x, False, True),
    ]


def concat_takes_the_values_first(tf):
    return kind_of_error(tf.concat, 0, [_matrix(tf), _matrix(tf)])


def casts_that_became_tf_cast(tf):
    x = tf.constant([1.75, -2.5])
    casts = [tf.to_float, tf.to_double, tf.to_int32, tf.to_int64, tf.to_complex64, tf.to_complex128, tf.to_bfloat16]
    results = [cast(x) for cast in casts]
    return [
        [result.dtype, tf.cast(tf.real(result) if result.dtype.is_complex else result, tf.float32)]
        for result in results
    ]


def division_of_integers(tf):
    a, b = tf.constant([7, -7]), tf.constant([2, 2])
    return [tf.div(a, b), tf.floordiv(a, b), tf.truediv(a, b), tf.truncatediv(a, b), tf.mod(a, b), a / b, a // b, a % b]


def multinomial_draws_the_likely_class(tf):
    logits = tf.constant([[0.0, -200.0, -200.0], [-200.0, -200.0, 0.0]])
    return [
        tf.multinomial(logits, 3),
        tf.multinomial(logits=logits, num_samples=2, seed=1, output_dtype=tf.int32),
        tf.random.categorical(logits, 1).dtype,
    ]


# Results that TensorFlow 2 changed


def a_constant_repeats_its_last_value(tf):
    return [
        tf.constant([1, 2], shape=[2, 2]),
        tf.constant([1, 2], tf.float64, [3]),
        tf.constant(["a", "b"], shape=[3]),
        tf.constant([], shape=[2]),
        tf.constant(1.5, shape=[2, 1]),
        tf.constant([[1, 2], [3, 4]], shape=[4]),
        tf.constant(True, shape=[2]),
    ]


def a_constant_of_another_shape_is_refused_if_asked(tf):
    return [
        kind_of_error(tf.constant, [1, 2], shape=[3], verify_shape=True),
        kind_of_error(tf.constant, [1, 2, 3], shape=[2]),
    ]


def angles_of_real_numbers_are_0(tf):
    return [
        tf.angle(tf.constant([-2.0, 3.0])),
        tf.angle(tf.constant([-2, 3])),
        tf.math.angle(tf.constant([1 + 1j, -1j])),
    ]


def bincount_counts(tf):
    return [
        tf.bincount([1, 1, 2]),
        tf.bincount([[1, 1], [0, 5]]),
        tf.bincount(tf.constant([1, 1, 2]), minlength=5, maxlength=7),
        tf.bincount([1, 1, 2], weights=[0.5, 1.0, 2.0]),
        tf.bincount([1, 1, 2], dtype=tf.float32, maxlength=2),
        tf.math.bincount([True, False, True]),
    ]


def images_keep_their_dtype_when_standardized(tf):
    image = tf.reshape(tf.range(12) * 3, [2, 2, 3])
    results = [
        tf.image.per_image_standardization(tf.cast(image, dtype))
        for dtype in (tf.float32, tf.float64, tf.int32, tf.uint8, tf.int64)
    ]
    return [[result.dtype, tf.cast(result, tf.float32)] for result in results]


def parallel_stack_stacks(tf):
    return tf.parallel_stack([tf.constant([1, 2]), tf.constant([3, 4])])


# Pooling and convolution, whose arguments have several forms


def convolutions_and_pools_take_their_arguments_by_name(tf):
    image = tf.reshape(tf.range(2 * 4 * 4 * 3) % 17, [2, 4, 4, 3])
    image = tf.cast(image, tf.float32) / 17.0
    kernel = tf.ones([2, 2, 3, 2]) * 0.5
    nn = tf.nn
    return [
        nn.conv2d(input=image, filter=kernel, strides=[1, 2, 2, 1], padding="VALID", use_cudnn_on_gpu=True),
        nn.conv2d(image, kernel, [1, 2, 2, 1], "SAME", True, "NHWC"),
        nn.conv2d_transpose(value=image, filter=tf.ones([2, 2, 2, 3]), output_shape=[2, 8, 8, 2], strides=[1, 2, 2, 1])[
            :, :2
        ],
        nn.depthwise_conv2d(image, kernel, [1, 2, 2, 1], "SAME"),
        nn.separable_conv2d(image, kernel[..., :1], tf.ones([1, 1, 3, 2]), [1, 2, 2, 1], "SAME"),
        nn.atrous_conv2d(image, kernel, 2, "SAME")[:, :2],
        nn.max_pool(value=image, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME"),
        nn.avg_pool(value=image, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID", data_format="NHWC"),
        nn.pool(image, [2, 2], "MAX", "SAME", strides=[2, 2]),
        nn.convolution(input=image, filter=kernel, padding="VALID", strides=[2, 2]),
        nn.bias_add(value=image, bias=tf.constant([1.0, 2.0, 3.0]))[:, :1],
        nn.lrn(image, 2, bias=1.0, alpha=0.5, beta=0.75)[:, :1],
    ]


# Names of before 1.0


def upsampling_convolutions_have_the_shape_that_was_asked_for(tf):
    image = tf.placeholder_with_default(tf.ones([4, 2, 2, 3]), [None, 2, 2, 3])
    kernel = tf.ones([3, 3, 5, 3])
    row = tf.placeholder_with_default(tf.ones([4, 2, 3]), [None, 2, 3])
    results = [
        tf.nn.conv2d_transpose(image, kernel, [4, 4, 4, 5], [1, 2, 2, 1]),
        tf.nn.conv2d_transpose(image, kernel, tf.constant([4, 4, 4, 5]), [1, 2, 2, 1]),
        tf.nn.conv2d_backprop_input([4, 4, 4, 5], kernel, image, [1, 2, 2, 1], "SAME"),
        tf.nn.conv1d_transpose(row, tf.ones([3, 5, 3]), [4, 4, 5], 2),
        tf.nn.atrous_conv2d_transpose(tf.ones([1, 4, 4, 3]), kernel, [1, 4, 4, 5], 2, "SAME"),
    ]
    return [result.shape.as_list() for result in results], [tf.reduce_sum(result) for result in results]


def names_of_before_1_0_are_gone(tf):
    old = "histogram_summary scalar_summary merge_summary image_summary merge_all_summaries pack unpack mul sub neg "
    old += "batch_matmul select complex_abs inv concat_v2 listdiff batch_cholesky"
    of_nn = "rnn bidirectional_rnn deconv2d state_saving_rnn seq2seq"
    return [
        [name for name in old.split() if hasattr(tf, name)],
        [name for name in of_nn.split() if hasattr(tf.nn, name)],
        hasattr(tf.train, "SummaryWriter"),
    ]


def names_of_before_1_0_that_1_15_kept_work(tf):
    v = tf.get_variable("v", [], initializer=tf.ones_initializer())
    return [
        [v.name for v in tf.all_variables()],
        tf.arg_min(_matrix(tf), 1),
        tf.lin_space(0.0, 1.0, 3),
        tf.initialize_variables([v]),
        tf.initialize_local_variables(),
    ]
