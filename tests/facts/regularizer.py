"""Regularizers of variables: when they run, under which name, and what becomes of their losses."""

import numpy as np

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of


def _losses(tf):
    return tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)


def _named(tf, name, weight=1.0):
    return lambda v: tf.multiply(weight, tf.nn.l2_loss(v), name=name)


# When it runs


def it_runs_once_however_often_the_variable_is_reused(tf):
    seen = []

    def regularizer(v):
        seen.append(v.name)
        return tf.nn.l2_loss(v)

    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        for _ in range(3):
            tf.get_variable("w", [1], regularizer=regularizer)
    return [seen, names_of(_losses(tf))]


def it_does_not_run_when_a_variable_without_one_is_reused(tf):
    seen = []

    def regularizer(v):
        seen.append(v.name)
        return tf.nn.l2_loss(v)

    with tf.variable_scope("a"):
        tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w", [1], regularizer=regularizer)
    return [seen, names_of(_losses(tf))]


def another_one_on_reuse_is_ignored(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [1], regularizer=_named(tf, "first"))
        tf.get_variable("w", [1], regularizer=_named(tf, "second"))
    return names_of(_losses(tf))


def reading_the_losses_does_not_run_it_again(tf):
    seen = []

    def regularizer(v):
        seen.append(v.name)
        return tf.nn.l2_loss(v)

    tf.get_variable("w", [1], regularizer=regularizer)
    before = len(seen)
    for loss in _losses(tf):
        tf.identity(loss)
    tf.losses.get_regularization_loss()
    return [before, len(seen)]


def it_gets_the_variable_itself(tf):
    seen = []

    def regularizer(v):
        seen.append(v)
        return tf.nn.l2_loss(v)

    w = tf.get_variable("w", [1], regularizer=regularizer)
    return [v is w for v in seen]


def it_runs_after_the_variable_is_in_its_collections(tf):
    seen = []

    def regularizer(v):
        seen.append([names_of(tf.global_variables()), names_of(tf.trainable_variables())])
        return tf.nn.l2_loss(v)

    tf.get_variable("w", [1], regularizer=regularizer)
    return seen


def it_may_reuse_the_variable_it_regularizes(tf):
    same = []

    def regularizer(v):
        with tf.variable_scope(tf.get_variable_scope(), reuse=True):
            same.append(tf.get_variable("w", [1]) is v)
        return tf.nn.l2_loss(v)

    tf.get_variable("w", [1], regularizer=regularizer)
    return same


def it_may_make_a_variable_of_its_own(tf):
    def regularizer(v):
        rate = tf.get_variable("rate", [], initializer=tf.constant_initializer(3.0), regularizer=tf.no_regularizer)
        return rate * tf.nn.l2_loss(v)

    with tf.variable_scope("a"):
        tf.get_variable("w", [], initializer=tf.constant_initializer(2.0), regularizer=regularizer)
    return [collections_of(tf)["variables"], _losses(tf)]


# Names


def its_operations_are_under_the_variables_name(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
    return names_of(_losses(tf))


def name_scopes_around_do_not_count(tf):
    with tf.name_scope("n"):
        with tf.variable_scope("a"):
            with tf.name_scope("m"):
                tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
    return names_of(_losses(tf))


def its_operations_are_under_the_variables_name_in_a_scope_opened_again(tf):
    with tf.variable_scope("a"):
        pass
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
        return [name_of(tf.identity(w, name="t")), names_of(_losses(tf))]


def its_operations_go_by_the_key_where_the_name_was_taken(tf):
    tf.constant(1.0, name="w")
    w = tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
    return [w.name, names_of(_losses(tf))]


def it_sees_its_own_name_scope(tf):
    def regularizer(v):
        with tf.name_scope("mine") as scope:
            return tf.multiply(2.0, tf.nn.l2_loss(v), name=scope)

    with tf.variable_scope("a"):
        tf.get_variable("w", [1], regularizer=regularizer)
    return names_of(_losses(tf))


def the_name_scope_idiom_of_contrib_names_the_loss_value(tf):
    def regularizer(tensor):
        with tf.name_scope(None, default_name="l2_regularizer", values=[tensor]):
            weight = tf.convert_to_tensor(0.5, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(weight, tf.nn.l2_loss(tensor), name="value")

    w = tf.get_variable("w", [4, 3], initializer=tf.ones_initializer(), regularizer=regularizer)
    return [w.name, names_of(_losses(tf)), _losses(tf)]


def it_sees_the_variable_scope_of_the_caller(tf):
    seen = []

    def regularizer(v):
        seen.append(tf.get_variable_scope().name)
        return tf.nn.l2_loss(v)

    with tf.variable_scope("a"):
        tf.get_variable("w", [1], regularizer=regularizer)
    return seen


def a_loss_that_is_the_variable_keeps_its_name(tf):
    tf.get_variable("w", [], regularizer=lambda v: v)
    return [len(_losses(tf)), names_of(_losses(tf))]


# What it returns


def none_adds_nothing(tf):
    tf.get_variable("w", [1], regularizer=lambda v: None)
    return [_losses(tf), names_of(tf.global_variables())]


def a_loss_need_not_be_a_scalar(tf):
    tf.get_variable("w", [3], regularizer=lambda v: v * v)
    return [loss.shape for loss in _losses(tf)]


def a_python_number_is_refused(tf):
    tf.get_variable("w", [1], regularizer=lambda v: 0.5)


def a_list_is_refused(tf):
    tf.get_variable("w", [1], regularizer=lambda v: [tf.nn.l2_loss(v)])


def text_and_arrays_are_refused(tf):
    errors = [error_of(tf.get_variable, "v", [1], regularizer=lambda v: "text")]
    return errors + [kind_of_error(tf.get_variable, "w%d" % i, [1], regularizer=lambda v: np.ones([i])) for i in (0, 1)]


def after_a_refused_number_the_variable_is_there_and_the_loss_is_not(tf):
    error_of(tf.get_variable, "w", [1], regularizer=lambda v: 0.5)
    return collections_of(tf)


def one_that_raises_leaves_the_variable_in_its_collections(tf):
    def broken(v):
        raise KeyError("mine")

    return [error_of(tf.get_variable, "w", [1], regularizer=broken), collections_of(tf)]


def one_that_raises_leaves_the_variable_to_be_reused(tf):
    def broken(v):
        raise KeyError("mine")

    error_of(tf.get_variable, "w", [1], regularizer=broken)
    again = error_of(tf.get_variable, "w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return [again, tf.get_variable("w", [1]) is tf.global_variables()[0], len(_losses(tf))]


def one_that_is_not_callable_is_refused(tf):
    tf.get_variable("w", [1], regularizer=3)


def one_that_is_not_callable_is_refused_after_the_variable_was_made(tf):
    error_of(tf.get_variable, "w", [1], regularizer="l2")
    return names_of(tf.global_variables())


def the_loss_is_a_tensor(tf):
    tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
    loss = _losses(tf)[0]
    return [bool(tf.is_tensor(loss)), loss.dtype, loss.shape]


def the_loss_has_the_dtype_of_the_variable(tf):
    tf.get_variable("w", [2], dtype=tf.float64, initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    return [_losses(tf)[0].dtype, _losses(tf)]


def one_that_adds_to_a_collection_itself(tf):
    def regularizer(v):
        tf.add_to_collection("mine", tf.nn.l2_loss(v))

    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=regularizer)
    return [_losses(tf), names_of(tf.get_collection("mine")), tf.get_collection("mine")]


def one_that_adds_to_the_losses_and_returns_nothing(tf):
    def regularizer(v):
        tf.losses.add_loss(tf.nn.l2_loss(v), tf.GraphKeys.REGULARIZATION_LOSSES)

    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=regularizer)
    return _losses(tf)


# Which variables


def variables_that_are_not_trained_are_regularized_too(tf):
    tf.get_variable("w", [1], trainable=False, regularizer=tf.nn.l2_loss)
    return names_of(_losses(tf))


def variables_in_no_collection_are_regularized_too(tf):
    tf.get_variable("w", [1], trainable=False, collections=[], regularizer=tf.nn.l2_loss)
    return names_of(_losses(tf))


def local_variables_are_regularized_too(tf):
    tf.get_local_variable("w", [1], regularizer=tf.nn.l2_loss)
    return names_of(_losses(tf))


def tf_variable_is_never_regularized(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        tf.Variable(1.0)
    return _losses(tf)


def each_part_of_a_partitioned_variable_has_its_loss(tf):
    tf.get_variable(
        "w",
        [4, 2],
        initializer=tf.ones_initializer(),
        regularizer=tf.nn.l2_loss,
        partitioner=tf.fixed_size_partitioner(2),
    )
    return [names_of(_losses(tf)), _losses(tf)]


# Scopes


def the_scopes_is_inherited_and_overridden(tf):
    with tf.variable_scope("a", regularizer=_named(tf, "ra")):
        tf.get_variable("w1", [1])
        tf.get_variable("w2", [1], regularizer=_named(tf, "rb"))
        with tf.variable_scope("b"):
            tf.get_variable("w3", [1])
        with tf.variable_scope("c", regularizer=_named(tf, "rb")):
            tf.get_variable("w4", [1])
        with tf.variable_scope("d", regularizer=tf.no_regularizer):
            tf.get_variable("w5", [1])
        tf.get_variable("w6", [1], regularizer=tf.no_regularizer)
    tf.get_variable("w7", [1])
    return names_of(_losses(tf))


def no_regularizer_is_inherited_until_another_one(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        with tf.variable_scope("b", regularizer=tf.no_regularizer):
            with tf.variable_scope("c"):
                tf.get_variable("w1", [1])
            with tf.variable_scope("d", regularizer=tf.nn.l2_loss):
                tf.get_variable("w2", [1])
        tf.get_variable("w3", [1])
    return names_of(_losses(tf))


def no_regularizer_returns_none(tf):
    return tf.no_regularizer(tf.ones([2]))


def none_as_argument_does_not_stop_the_scopes(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        with tf.variable_scope("b", regularizer=None):
            tf.get_variable("w", [1], regularizer=None)
    return names_of(_losses(tf))


def false_does_stop_the_scopes(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        tf.get_variable("w", [1], regularizer=False)
        with tf.variable_scope("b", regularizer=False):
            tf.get_variable("w", [1])
    return names_of(_losses(tf))


def a_scope_opened_with_reuse_and_a_regularizer_adds_nothing(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True, regularizer=tf.nn.l2_loss):
        tf.get_variable("w", [1])
    return _losses(tf)


def closures_in_a_loop_keep_their_own_weight(tf):
    def decay(weight):
        return lambda v: weight * tf.nn.l2_loss(v)

    for i in range(3):
        tf.get_variable("w%d" % i, [2], initializer=tf.ones_initializer(), regularizer=decay(10.0**i))
    return _losses(tf)


def a_late_bound_weight_is_the_one_at_creation(tf):
    weight = [1.0]
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=lambda v: weight[0] * tf.nn.l2_loss(v))
    weight[0] = 5.0
    return _losses(tf)


def it_may_use_a_tensor_from_outside(tf):
    rate = tf.constant(3.0)
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=lambda v: rate * tf.nn.l2_loss(v))
    return _losses(tf)


def it_may_use_another_variable(tf):
    rate = tf.get_variable("rate", initializer=3.0)
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=lambda v: rate * tf.nn.l2_loss(v))
    return [_losses(tf), names_of(_losses(tf))]


def it_may_be_a_method_or_an_object(tf):
    class Decay(object):
        def __init__(self, weight):
            self.weight = weight

        def __call__(self, v):
            return self.weight * tf.nn.l2_loss(v)

        def loss(self, v):
            return tf.nn.l2_loss(v)

    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=Decay(3.0))
    tf.get_variable("v", [2], initializer=tf.ones_initializer(), regularizer=Decay(3.0).loss)
    return _losses(tf)


def the_keras_regularizers_work(tf):
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.keras.regularizers.l2(0.5))
    return _losses(tf)


# The losses


def the_losses_are_in_the_order_of_creation(tf):
    for name in ["z", "a", "m"]:
        tf.get_variable(name, [1], regularizer=tf.nn.l2_loss)
    return names_of(_losses(tf))


def a_list_read_earlier_does_not_grow(tf):
    tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
    earlier = _losses(tf)
    tf.get_variable("v", [1], regularizer=tf.nn.l2_loss)
    return [len(earlier), len(_losses(tf))]


def no_losses_is_an_empty_list(tf):
    tf.get_variable("w", [1])
    return _losses(tf)


def add_n_of_no_losses_raises(tf):
    tf.add_n(_losses(tf))


def the_losses_can_be_added_up_with_another_one(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    tf.get_variable("v", [4], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    return tf.add_n(_losses(tf)) + tf.reduce_sum(w)


def the_losses_may_be_filtered_by_scope(tf):
    for name in ["a", "b"]:
        with tf.variable_scope(name):
            tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    return [
        names_of(tf.losses.get_regularization_losses()),
        names_of(tf.losses.get_regularization_losses("a")),
        names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES, "b/")),
        len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES, "c/")),
    ]


def a_loss_may_be_taken_out_of_the_list(tf):
    tf.get_variable("w", [1], regularizer=tf.nn.l2_loss)
    tf.get_variable("v", [1], regularizer=tf.nn.l2_loss)
    del tf.get_collection_ref(tf.GraphKeys.REGULARIZATION_LOSSES)[:1]
    return names_of(_losses(tf))


def a_loss_of_ones_own_stands_among_the_others(tf):
    tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, tf.constant(5.0))
    tf.get_variable("v", [4], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    return _losses(tf)


def the_loss_is_that_of_the_value_at_the_time(tf):
    w = tf.get_variable("w", [], initializer=tf.constant_initializer(3.0), regularizer=tf.nn.l2_loss)
    loss = tf.identity(tf.losses.get_regularization_loss())
    with tf.control_dependencies([loss]):
        return [loss, tf.assign(w, 1.0)]


def the_gradient_of_the_loss_is_the_variable(tf):
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer(3.0), regularizer=tf.nn.l2_loss)
    return tf.gradients(tf.losses.get_regularization_loss(), w)
