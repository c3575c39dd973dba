"""Batch normalization: numbers, moving averages, updates."""

from facts.layer_cases import CASES, counted, counting
from facts.vocabulary import collections_of, error_of, graph_only, kind_of_error, name_of, names_of, steps

_PLAIN = CASES["norm"]
_TRAINED = CASES["norm_trained"]
_FUSED = CASES["fused_norm"]
_FUSED_TRAINED = CASES["fused_norm_trained"]


def _averages(tf):
    """The moving averages, read one after the other into a single tensor: evaluating it runs what it waits for once."""
    found = [v for v in tf.global_variables() if not v.trainable and ("moving" in v.name or "renorm" in v.name)]
    return tf.concat([tf.cast(tf.reshape(v.read_value(), [-1]), tf.float32) for v in found], axis=0)


def _updated(tf, y):
    """What a training step shows: the output, and the averages when the updates have run."""
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS) + [y]):
        return [name_of(y), y, names_of(tf.global_variables()), _averages(tf)]


def _x(tf, shape=(6, 3)):
    return tf.constant(counted(list(shape), 0.1)) + tf.constant([0.5, -0.25, 0.125])


# Numbers


def it_normalizes_by_the_moving_averages(tf):
    return [_PLAIN.outputs_and_gradients(tf), names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS))]


def it_normalizes_by_the_batch_while_training(tf):
    return _TRAINED.outputs_and_gradients(tf, epsilon=0.01)


def it_is_fused_where_there_are_four_axes(tf):
    return _FUSED.outputs_and_gradients(tf)


def it_is_fused_while_training(tf):
    return _FUSED_TRAINED.outputs_and_gradients(tf, epsilon=0.01)


def it_need_not_be_fused(tf):
    return _FUSED_TRAINED.outputs_and_gradients(tf, epsilon=0.01, fused=False)


def it_can_do_without_scale_and_shift(tf):
    found = []
    for case in [_TRAINED, _FUSED_TRAINED]:
        x = tf.constant(counted(case.shape, 0.1))
        found.append(tf.layers.batch_normalization(x, center=False, scale=False, training=True))
        found.append(tf.layers.batch_normalization(x, center=False, training=True, gamma_initializer=counting(tf)))
        found.append(tf.layers.batch_normalization(x, scale=False, training=True, beta_initializer=counting(tf)))
    return [found, names_of(tf.global_variables())]


def the_channels_may_come_first(tf):
    x = tf.constant(counted([2, 3, 2, 2], 0.1))
    y = tf.layers.batch_normalization(x, axis=1, fused=False, training=True, gamma_initializer=counting(tf))
    z = tf.layers.batch_normalization(x, axis=1, fused=False, beta_initializer=counting(tf))
    return [y, z, _updated(tf, y)]


def a_fused_layer_with_channels_first_is_built(tf):
    y = tf.layers.batch_normalization(tf.constant(counted([2, 3, 2, 2], 0.1)), axis=1, training=True)
    return [name_of(y), y.shape, [[v.name, v.shape] for v in tf.global_variables()]]


def several_axes_are_normalized_each_by_itself(tf):
    x = tf.constant(counted([4, 3, 2, 3], 0.1))
    y = tf.layers.batch_normalization(x, axis=[1, -1], training=True, gamma_initializer=counting(tf))
    return [[[v.name, v.shape] for v in tf.global_variables()], _updated(tf, y)]


def any_rank_will_do(tf):
    return [
        tf.layers.batch_normalization(tf.constant(counted([4], 0.1)), training=True),
        tf.layers.batch_normalization(tf.constant(counted([2, 3, 4], 0.1)), training=True),
        tf.layers.batch_normalization(tf.constant(counted([2, 2, 2, 2, 2], 0.1)), training=True),
        tf.layers.batch_normalization(tf.constant(counted([2, 3, 4], 0.1)), axis=1, training=True),
    ]


def training_by_a_tensor_decides_when_it_runs(tf):
    found = []
    for case in [_PLAIN, _FUSED]:
        x = tf.constant(counted(case.shape, 0.1))
        yes = tf.less(tf.reduce_sum(x), 1000.0)
        found += [case.call(tf, x, training=yes), case.call(tf, x, training=tf.logical_not(yes))]
    return found


def training_by_a_number_counts(tf):
    x = _x(tf)
    return [tf.layers.batch_normalization(x, training=1), tf.layers.batch_normalization(x, training=0)]


def other_precisions_have_variables_of_float32_at_least(tf):
    return _PLAIN.other_precisions(tf)


def fused_half_precision_has_variables_of_float32(tf):
    return _FUSED.other_precisions(tf, ["float16"])


def double_precision_is_normalized_by_the_batch(tf):
    x = tf.constant(counted([6, 3], 0.1), tf.float64)
    y = tf.layers.batch_normalization(x, training=True, momentum=0.9)
    return [y.dtype, [[v.name, v.dtype.base_dtype] for v in tf.global_variables()], _updated(tf, y)]


def half_precision_is_normalized_by_the_batch(tf):
    found = []
    for shape in [[8, 2], [2, 2, 2, 2]]:
        x = tf.constant(counted(shape, 1.0) % 2, tf.float16)  # 0 and 1: mean and variance are exact
        y = tf.layers.batch_normalization(x, training=True, epsilon=0.75)
        found.append([y.dtype, tf.round(tf.cast(y, tf.float32) * 64)])
    return [found, [v.dtype.base_dtype for v in tf.global_variables()]]


@graph_only("an unknown batch size")
def the_batch_size_need_not_be_known(tf):
    return [case.unknown_batch(tf) for case in [_PLAIN, _TRAINED, _FUSED, _FUSED_TRAINED]]


# Variables, names, collections


def it_makes_its_variables_in_this_order(tf):
    return _TRAINED.variables_and_collections(tf)


def fused_it_makes_the_same_variables(tf):
    return _FUSED_TRAINED.variables_and_collections(tf)


def it_is_counted_in_each_variable_scope(tf):
    return _TRAINED.names_without_a_name(tf)


def it_is_shared_by_name(tf):
    x = _x(tf)
    options = {"gamma_regularizer": tf.nn.l2_loss, "beta_regularizer": tf.nn.l2_loss, "name": "bn", "training": True}
    outputs = [tf.layers.batch_normalization(x, reuse=reuse, **options) for reuse in [None, True, tf.AUTO_REUSE]]
    return [names_of(outputs), outputs[0] - outputs[2], collections_of(tf)]


def it_is_shared_as_an_object(tf):
    layer = tf.layers.BatchNormalization(gamma_regularizer=tf.nn.l2_loss)
    with tf.variable_scope("s"):
        outputs = [layer(_x(tf), training=True), layer(_x(tf)), layer(_x(tf), training=True)]
    return [
        [layer.name, layer.scope_name, layer.dtype, layer.count_params(), layer.axis],
        [names_of(outputs), outputs[0] - outputs[2]],
        [names_of(layer.trainable_weights), names_of(layer.non_trainable_weights)],
        [names_of(layer.updates), names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)), layer.losses],
    ]


def a_frozen_layer_has_no_updates(tf):
    y = tf.layers.batch_normalization(_x(tf), training=True, trainable=False)
    return [collections_of(tf), _updated(tf, y)]


def updates_depend_on_the_inputs(tf):
    x, other = _x(tf), _x(tf)
    layer = tf.layers.BatchNormalization()
    layer(x, training=True)
    return [
        names_of(layer.get_updates_for(x)),
        names_of(layer.get_updates_for(None)),
        names_of(layer.get_updates_for(other)),
    ]


def moving_averages_are_never_partitioned(tf):
    with tf.variable_scope("s", partitioner=tf.fixed_size_partitioner(3)):
        tf.layers.batch_normalization(_x(tf), training=True)
        return [names_of(tf.global_variables()), tf.get_variable_scope().partitioner is not None]


def the_scopes_regularizer_takes_all_four(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss):
        tf.layers.batch_normalization(_x(tf))
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


# Moving averages


def _train(tf, shape, **options):
    x = tf.get_variable("x", initializer=tf.constant(counted(shape, 0.1)), trainable=False)
    y = tf.layers.batch_normalization(x * x + x, training=True, name="bn", **options)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS) + [y]):
        moved = tf.assign(x, x * 1.05 + 0.01)
    with tf.control_dependencies([moved]):
        return [names_of(tf.global_variables()), _averages(tf)]


@steps(10)
def ten_training_steps_move_the_averages(tf):
    return _train(tf, [6, 3])


@steps(10)
def ten_fused_training_steps_move_the_averages(tf):
    return _train(tf, [2, 3, 2, 3], momentum=0.9)


@steps(10)
def ten_training_steps_of_four_axes_unfused(tf):
    return _train(tf, [2, 3, 2, 3], momentum=0.9, fused=False)


@steps(10)
def ten_training_steps_with_renorm(tf):
    return _train(tf, [6, 3], momentum=0.9, renorm=True, renorm_momentum=0.8)


@steps(10)
def ten_training_steps_with_clipped_renorm(tf):
    return _train(tf, [2, 3, 2, 3], renorm=True, renorm_clipping={"rmax": 1.5, "rmin": 0.7, "dmax": 0.4})


@steps(10)
def ten_training_steps_with_virtual_batches(tf):
    return _train(tf, [6, 3], momentum=0.9, virtual_batch_size=2)


@steps(10)
def ten_training_steps_with_tensors_for_training(tf):
    x = tf.constant(counted([6, 3], 0.1))
    count = tf.get_variable("count", initializer=0.0, trainable=False)
    even = tf.equal(tf.math.floormod(count, 2.0), 0.0)
    plain = tf.layers.batch_normalization(x, training=even, momentum=0.5, name="plain")
    fused = tf.layers.batch_normalization(tf.reshape(x, [3, 2, 1, 3]), training=even, momentum=0.5, name="fused")
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS) + [plain, fused]):
        counted_on = tf.assign_add(count, 1.0)
    with tf.control_dependencies([counted_on]):
        return _averages(tf)


@steps(3)
def shared_layers_update_once_for_each_call(tf):
    options = {"training": True, "name": "bn", "momentum": 0.5}
    tf.layers.batch_normalization(_x(tf), **options)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        tf.layers.batch_normalization(_x(tf), reuse=True, **options)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        return _averages(tf)


# Renorm, virtual batches, adjustment


def renorm_corrects_by_its_own_averages(tf):
    x = tf.get_variable("x", initializer=counted([6, 3], 0.1))
    y = tf.layers.batch_normalization(
        x,
        training=True,
        renorm=True,
        gamma_initializer=counting(tf),
        moving_mean_initializer=counting(tf),
        moving_variance_initializer=tf.constant_initializer(4.0),
    )
    gradients = tf.gradients(tf.reduce_sum(tf.square(y)), tf.trainable_variables())
    variables = [[v.name, v.shape, v.trainable] for v in tf.global_variables()]
    return [gradients, variables, _updated(tf, y)]


def renorm_is_clipped(tf):
    clipping = {"rmax": 1.1, "rmin": 0.9, "dmax": 0.1}
    x = _x(tf)
    outputs = [
        tf.layers.batch_normalization(x, training=True, renorm=True, renorm_clipping={key: clipping[key]})
        for key in sorted(clipping)
    ]
    return _updated(tf, tf.stack(outputs))[1:]


def renorm_updates_as_well(tf):
    y = tf.layers.batch_normalization(_x(tf), training=True, renorm=True, momentum=0.5, renorm_momentum=0.25)
    return [names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS)), _updated(tf, y)]


def renorm_takes_the_moving_averages_otherwise(tf):
    y = tf.layers.batch_normalization(_x(tf), renorm=True, moving_mean_initializer=counting(tf))
    return [y, names_of(tf.get_collection(tf.GraphKeys.UPDATE_OPS))]


def renorm_by_a_tensor_for_training(tf):
    x = _x(tf)
    yes = tf.less(tf.reduce_sum(x), 1000.0)
    outputs = [
        tf.layers.batch_normalization(x, training=yes, renorm=True),
        tf.layers.batch_normalization(x, training=tf.logical_not(yes), renorm=True),
    ]
    return _updated(tf, tf.stack(outputs))[1:]


def virtual_batches_are_normalized_each_by_itself(tf):
    x = tf.get_variable("x", initializer=counted([6, 3], 0.1))
    y = tf.layers.batch_normalization(x, training=True, virtual_batch_size=2, gamma_initializer=counting(tf))
    gradients = tf.gradients(tf.reduce_sum(tf.square(y)), tf.trainable_variables())
    return [name_of(y), y, gradients, [[v.name, v.shape] for v in tf.global_variables()]]


def virtual_batches_of_images(tf):
    y = tf.layers.batch_normalization(_x(tf, [4, 2, 2, 3]), training=True, virtual_batch_size=2)
    return [[v.shape for v in tf.global_variables()], _updated(tf, y)]


def virtual_batches_play_no_part_otherwise(tf):
    return tf.layers.batch_normalization(_x(tf), virtual_batch_size=3, moving_mean_initializer=counting(tf))


def an_adjustment_is_applied_while_training(tf):
    def adjustment(shape):
        scale = 1.0 + tf.cast(tf.range(shape[0]), tf.float32)[:, None] / 10.0
        return scale, scale / 2.0

    x = _x(tf)
    yes = tf.less(tf.reduce_sum(x), 1000.0)
    options = {"adjustment": adjustment, "gamma_initializer": counting(tf), "beta_initializer": counting(tf)}
    return [
        tf.layers.batch_normalization(x, training=True, **options),
        tf.layers.batch_normalization(x, **options),
        tf.layers.batch_normalization(x, training=yes, **options),
        tf.layers.batch_normalization(x, training=tf.logical_not(yes), **options),
    ]


# Errors


@graph_only("unknown shapes")
def rank_and_depth_must_be_known(tf):
    return [
        kind_of_error(tf.layers.batch_normalization, tf.placeholder(tf.float32)),
        kind_of_error(tf.layers.batch_normalization, tf.placeholder(tf.float32, [2, None])),
    ]


def axes_have_their_errors(tf):
    x, image = tf.ones([4, 3]), tf.ones([2, 2, 2, 2])
    return [
        error_of(tf.layers.batch_normalization, x, axis=2),
        error_of(tf.layers.batch_normalization, x, axis=-3),
        error_of(tf.layers.batch_normalization, image, axis=[1, 1]),
        error_of(tf.layers.batch_normalization, image, axis="a"),
        error_of(tf.layers.batch_normalization, image, axis=(1, 3)),
    ]


def virtual_batches_have_their_errors(tf):
    def adjustment(shape):
        return 1.0, 0.0

    x = tf.ones([4, 3])
    return [
        error_of(tf.layers.batch_normalization, x, virtual_batch_size=0),
        error_of(tf.layers.batch_normalization, x, virtual_batch_size=2, axis=0),
        error_of(tf.layers.batch_normalization, x, virtual_batch_size=2, adjustment=adjustment),
    ]


def clipping_has_three_keys(tf):
    tf.layers.batch_normalization(tf.ones([2, 2]), renorm=True, renorm_clipping={"max": 1})


def integers_are_not_normalized(tf):
    return kind_of_error(tf.layers.batch_normalization, tf.ones([2, 3], tf.int32), training=True)


def an_object_called_with_another_depth_raises(tf):
    layer = tf.layers.BatchNormalization()
    layer(tf.ones([2, 3]))
    layer(tf.ones([2, 4]))


def sharing_with_another_depth_raises(tf):
    tf.layers.batch_normalization(tf.ones([2, 3]), name="bn")
    tf.layers.batch_normalization(tf.ones([2, 4]), name="bn", reuse=True)


# Configuration


def a_configuration_has_the_arguments(tf):
    return [
        tf.layers.BatchNormalization(axis=1, momentum=0.5, name="bn").get_config(),
        tf.layers.BatchNormalization(renorm=True, virtual_batch_size=4, name="bn").get_config(),
        tf.layers.BatchNormalization().compute_output_shape(tf.TensorShape([None, 3])).as_list(),
    ]
