"""Loss scaling: `tf.train.experimental`."""

from facts.vocabulary import names_of, steps


def _vector(tf, name="w"):
    return tf.get_variable(name, initializer=tf.constant([1.0, 2.0]))


def _train(tf, loss_scale, overflow=False):
    w = _vector(tf)
    optimizer = tf.train.experimental.MixedPrecisionLossScaleOptimizer(
        tf.train.MomentumOptimizer(0.1, 0.9), loss_scale
    )
    step = tf.train.get_or_create_global_step()
    loss = tf.reduce_sum(w * w)
    if overflow:
        loss = loss * tf.cond(tf.equal(step % 2, 0), lambda: 1.0, lambda: float("inf"))
    train = optimizer.minimize(loss, global_step=step)
    return [train, w, step, names_of(tf.global_variables())]


@steps(3)
def a_fixed_scale(tf):
    return _train(tf, 128.0)


@steps(3)
def a_fixed_scale_as_an_object(tf):
    return _train(tf, tf.train.experimental.FixedLossScale(64.0))


@steps(4)
def a_dynamic_scale(tf):
    scale = tf.train.experimental.DynamicLossScale(initial_loss_scale=4.0, increment_period=2, multiplier=2.0)
    return [*_train(tf, scale), scale()]


def names_with_adam_and_a_dynamic_scale(tf):
    w = _vector(tf)
    optimizer = tf.train.experimental.enable_mixed_precision_graph_rewrite(tf.train.AdamOptimizer(0.1))
    tf.train.experimental.disable_mixed_precision_graph_rewrite()
    return [optimizer.minimize(tf.reduce_sum(w * w)), names_of(tf.global_variables()), w]


@steps(4)
def a_dynamic_scale_goes_down_and_skips_the_step(tf):
    w = _vector(tf)
    scale = tf.train.experimental.DynamicLossScale(initial_loss_scale=8.0, increment_period=100, multiplier=2.0)
    optimizer = tf.train.experimental.MixedPrecisionLossScaleOptimizer(tf.train.GradientDescentOptimizer(0.1), scale)
    count = tf.get_variable("count", [], tf.int32, tf.zeros_initializer(), trainable=False)
    factor = tf.where(tf.equal(count % 2, 0), tf.constant(float("inf")), tf.constant(1.0))
    pairs = optimizer.compute_gradients(tf.reduce_sum(w * factor))
    with tf.control_dependencies([g for g, _ in pairs]):
        counted = tf.assign_add(count, 1)
    with tf.control_dependencies([counted]):
        train = optimizer.apply_gradients(pairs)
    return [train, w, scale()]


@steps(2)
def rewriting_the_graph_wraps_the_optimizer(tf):
    w = _vector(tf)
    optimizer = tf.train.experimental.enable_mixed_precision_graph_rewrite(
        tf.train.GradientDescentOptimizer(0.1), loss_scale=128.0
    )
    tf.train.experimental.disable_mixed_precision_graph_rewrite()
    return [type(optimizer).__name__, optimizer.minimize(tf.reduce_sum(w * w)), w]


def rewriting_with_what_is_no_optimizer_raises(tf):
    tf.train.experimental.enable_mixed_precision_graph_rewrite(1)


def scales_and_their_settings(tf):
    dynamic = tf.train.experimental.DynamicLossScale()
    fixed = tf.train.experimental.FixedLossScale(3.0)
    return [dynamic.initial_loss_scale, dynamic.increment_period, dynamic.multiplier, fixed(), dynamic()]


@steps(2)
def scaling_by_hand(tf):
    w = _vector(tf)
    optimizer = tf.train.AdamOptimizer(0.1)
    pairs = optimizer.compute_gradients(tf.reduce_sum(w * w) * 128.0)
    return [optimizer.apply_gradients([(g / 128.0, v) for g, v in pairs]), w]
