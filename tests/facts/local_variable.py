"""`tf.get_local_variable`: a variable like any other, in another collection and not trained."""

from facts.vocabulary import collections_of, names_of


def it_is_in_the_local_variables_only(tf):
    variable = tf.get_local_variable("w", [1])
    return [variable.name, variable.trainable, collections_of(tf)]


def it_shares_the_names_of_get_variable(tf):
    tf.get_variable("w", [1])
    tf.get_local_variable("w", [1])


def it_is_reused_like_any_other(tf):
    variable = tf.get_local_variable("w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return [tf.get_local_variable("w", [1]) is variable, tf.get_variable("w", [1]) is variable, collections_of(tf)]


def trainable_is_ignored(tf):
    variable = tf.get_local_variable("w", [1], trainable=True)
    return [variable.trainable, collections_of(tf)]


def further_collections_are_added_to_the_local_ones(tf):
    tf.get_local_variable("w", [1], collections=["mine"])
    return collections_of(tf)


def it_takes_the_scopes_name_initializer_and_dtype(tf):
    with tf.variable_scope("a", initializer=tf.constant_initializer(2), dtype=tf.int32):
        variable = tf.get_local_variable("w", [2])
    return [variable.name, variable.dtype.base_dtype, variable]


def it_takes_the_scopes_regularizer(tf):
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        tf.get_local_variable("w", [1])
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_regularizer_of_its_own_counts(tf):
    tf.get_local_variable("w", [1], regularizer=tf.nn.l2_loss)
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def it_takes_the_scopes_custom_getter(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append([name, kwargs["collections"], kwargs["trainable"]])
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=watch):
        tf.get_local_variable("w", [1])
    return seen


def it_may_be_partitioned(tf):
    tf.get_local_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return collections_of(tf)


def the_scope_lists_it(tf):
    with tf.variable_scope("a") as scope:
        tf.get_local_variable("w", [1])
        tf.get_variable("v", [1])
    return [names_of(scope.local_variables()), names_of(scope.global_variables())]


def the_first_arguments_are_those_of_get_variable(tf):
    variable = tf.get_local_variable("w", [2], tf.int32, tf.ones_initializer())
    return [variable.dtype.base_dtype, variable]


def it_is_initialized_by_the_local_initializer_only(tf):
    tf.get_local_variable("w", [1])
    tf.get_variable("v", [1])
    return [names_of(tf.local_variables()), names_of(tf.global_variables())]


def a_missing_one_says_the_same_as_get_variable(tf):
    with tf.variable_scope("a", reuse=True):
        tf.get_local_variable("w", [1])
