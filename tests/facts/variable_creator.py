"""`tf.variable_creator_scope`: functions between any new variable and its making."""

from facts.vocabulary import names_of


def a_creator_sees_get_variable_and_tf_variable(tf):
    seen = []

    def creator(create, **kwargs):
        seen.append([kwargs.get("name"), kwargs.get("trainable"), kwargs.get("collections")])
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        tf.get_variable("g", [1])
        tf.Variable(1.0, name="v")
        tf.get_local_variable("l", [1])
    return seen


def a_creator_gets_all_arguments_of_tf_variable(tf):
    missing = set("initial_value trainable collections validate_shape caching_device name variable_def dtype".split())
    missing |= set("expected_shape import_scope constraint use_resource synchronization aggregation shape".split())

    def creator(create, **kwargs):
        missing.difference_update(kwargs)
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        tf.Variable(1.0)
    return missing


def the_innermost_creator_runs_first(tf):
    seen = []

    def creator_called(mark):
        def creator(create, **kwargs):
            seen.append(mark)
            return create(**kwargs)

        return creator

    with tf.variable_creator_scope(creator_called("outer")):
        with tf.variable_creator_scope(creator_called("inner")):
            tf.get_variable("w", [1])
    return seen


def a_creator_is_not_called_on_reuse(tf):
    seen = []

    def creator(create, **kwargs):
        seen.append(kwargs["name"])
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
            for _ in range(2):
                tf.get_variable("w", [1])
    return len(seen) <= 1


def a_creator_is_not_called_after_its_scope(tf):
    seen = []

    def creator(create, **kwargs):
        seen.append(kwargs["name"])
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        pass
    tf.get_variable("w", [1])
    return seen


def a_creator_may_change_the_arguments(tf):
    def creator(create, **kwargs):
        kwargs["trainable"] = False
        kwargs["name"] = "other"
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        w = tf.get_variable("w", [1])
    return [w.name, names_of(tf.trainable_variables()), names_of(tf.global_variables())]


def a_creator_that_renames_does_not_disturb_reuse(tf):
    def creator(create, **kwargs):
        kwargs["name"] = "other"
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        w = tf.get_variable("w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return tf.get_variable("w", [1]) is w


def a_creator_may_return_another_variable(tf):
    shared = tf.Variable([1.0], name="shared")

    def creator(create, **kwargs):
        return shared

    with tf.variable_creator_scope(creator):
        return [tf.get_variable("w", [1]) is shared, tf.Variable([2.0]) is shared, names_of(tf.global_variables())]


def a_creator_sees_each_part_of_a_partitioned_variable(tf):
    seen = []

    def creator(create, **kwargs):
        seen.append(kwargs["name"])
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return seen


def a_creator_may_count_the_parameters(tf):
    sizes = []

    def creator(create, **kwargs):
        variable = create(**kwargs)
        sizes.append(variable.shape.num_elements())
        return variable

    with tf.variable_creator_scope(creator):
        tf.get_variable("w", [2, 3])
        tf.get_variable("b", [3])
    return sizes
