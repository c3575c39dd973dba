"""Custom getters: functions between `tf.get_variable` and the variable."""

from facts.vocabulary import collections_of, entering, error_of, names_of


def _watch(seen, mark):
    def watch(getter, name, *args, **kwargs):
        seen.append(mark + " asks for " + name)
        variable = getter(name + mark, *args, **kwargs)
        seen.append(mark + " has it")
        return variable

    return watch


def the_innermost_getter_runs_first_and_calls_the_outer_one(tf):
    seen = []
    with tf.variable_scope("s", custom_getter=_watch(seen, "A")):
        with tf.variable_scope("t", custom_getter=_watch(seen, "B")):
            return [tf.get_variable("w", [1]).name, seen]


def a_getter_of_its_own_replaces_the_scopes(tf):
    seen = []
    with tf.variable_scope("s", custom_getter=_watch(seen, "A")):
        return [tf.get_variable("w", [1], custom_getter=_watch(seen, "B")).name, seen]


def a_getter_is_inherited_by_inner_scopes(tf):
    seen = []
    with tf.variable_scope("s", custom_getter=_watch(seen, "A")):
        with tf.variable_scope("t"):
            return [tf.get_variable("w", [1]).name, seen]


def a_scope_object_entered_with_a_getter_calls_its_own_one_after_it(tf):
    seen = []
    with tf.variable_scope("s", custom_getter=_watch(seen, "A")) as scope:
        pass
    with tf.variable_scope(scope, custom_getter=_watch(seen, "B")):
        return [tf.get_variable("w", [1]).name, seen]


def a_scope_object_keeps_its_getter(tf):
    seen = []
    with tf.variable_scope("s", custom_getter=_watch(seen, "A")) as scope:
        pass
    with tf.variable_scope(scope):
        return [tf.get_variable("w", [1]).name, seen]


def a_scope_object_entered_inside_another_getter_does_not_use_that_one(tf):
    seen = []
    with tf.variable_scope("s") as scope:
        pass
    with tf.variable_scope("t", custom_getter=_watch(seen, "A")):
        with tf.variable_scope(scope):
            return [tf.get_variable("w", [1]).name, seen]


def three_getters_are_called_from_the_inside_out(tf):
    seen = []
    with tf.variable_scope("s", custom_getter=_watch(seen, "A")):
        with tf.variable_scope("t", custom_getter=_watch(seen, "B")):
            with tf.variable_scope("u", custom_getter=_watch(seen, "C")):
                return [tf.get_variable("w", [1]).name, seen]


def a_getter_gets_everything_by_keyword(tf):
    seen = []

    def watch(getter, *args, **kwargs):
        seen.append([len(args), sorted(kwargs)])
        return getter(*args, **kwargs)

    tf.get_variable("w", [1], custom_getter=watch)
    return seen


def a_getter_of_an_inner_scope_gets_the_same_keywords_as_a_single_one(tf):
    seen = []

    def watch(getter, *args, **kwargs):
        seen.append([len(args), sorted(kwargs)])
        return getter(*args, **kwargs)

    with tf.variable_scope("a", custom_getter=watch):
        with tf.variable_scope("b", custom_getter=watch):
            tf.get_variable("w", [1])
    return seen


def a_getters_first_argument_must_be_called_getter(tf):
    tf.get_variable("w", [1], custom_getter=lambda get, **kwargs: get(**kwargs))


def a_getter_sees_the_scopes_defaults(tf):
    seen = []

    def watch(getter, **kwargs):
        seen.append([kwargs["name"], kwargs["dtype"], kwargs["regularizer"] is tf.nn.l2_loss, kwargs["reuse"]])
        return getter(**kwargs)

    with tf.variable_scope("a", custom_getter=watch, dtype=tf.float64, regularizer=tf.nn.l2_loss):
        tf.get_variable("w", [1])
    return seen


def a_getter_sees_these_values_when_nothing_is_said(tf):
    seen = []

    def watch(getter, **kwargs):
        seen.append(
            {key: kwargs[key] for key in kwargs if key not in ("use_resource", "synchronization", "aggregation")}
        )
        return getter(**kwargs)

    tf.get_variable("w", [1], custom_getter=watch)
    return seen


def a_getter_is_called_on_reuse_too(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append(kwargs["reuse"])
        return getter(name, *args, **kwargs)

    for reuse in [None, True, tf.AUTO_REUSE]:
        with tf.variable_scope("a", reuse=reuse, custom_getter=watch):
            tf.get_variable("w", [1])
    return [seen, names_of(tf.global_variables())]


def a_getter_may_change_the_reuse(tf):
    def sharing(getter, name, *args, **kwargs):
        kwargs["reuse"] = tf.AUTO_REUSE
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=sharing):
        return tf.get_variable("w", [1]) is tf.get_variable("w", [1])


def a_getter_may_change_the_regularizer(tf):
    def regularizing(getter, name, *args, **kwargs):
        kwargs["regularizer"] = tf.nn.l2_loss
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=regularizing):
        tf.get_variable("w", [1])
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_getter_may_change_trainable_collections_and_dtype(tf):
    def changing(getter, name, *args, **kwargs):
        kwargs.update(trainable=False, collections=["mine"], dtype=tf.float64)
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=changing):
        w = tf.get_variable("w", [1])
    return [w.dtype.base_dtype, collections_of(tf)]


def a_getter_may_change_the_initializer_and_the_shape(tf):
    def changing(getter, name, shape=None, initializer=None, **kwargs):
        return getter(name, shape=[3], initializer=tf.ones_initializer(), **kwargs)

    with tf.variable_scope("a", custom_getter=changing):
        return tf.get_variable("w", [1])


def a_getter_may_name_a_variable_outside_the_scope(tf):
    def elsewhere(getter, name, *args, **kwargs):
        return getter("b/v", *args, **kwargs)

    with tf.variable_scope("a", custom_getter=elsewhere):
        w = tf.get_variable("w", [1])
    with tf.variable_scope("b", reuse=True):
        return [w.name, tf.get_variable("v", [1]) is w]


def a_getter_may_return_a_tensor(tf):
    def doubled(getter, name, *args, **kwargs):
        return getter(name, *args, **kwargs) * 2.0

    with tf.variable_scope("a", custom_getter=doubled):
        tensor = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    return [tensor, collections_of(tf)]


def a_getter_that_returns_a_tensor_does_not_disturb_reuse(tf):
    def doubled(getter, name, *args, **kwargs):
        return getter(name, *args, **kwargs) * 2.0

    with tf.variable_scope("a", reuse=tf.AUTO_REUSE, custom_getter=doubled):
        first = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        second = tf.get_variable("w", [2])
    return [first, second, names_of(tf.global_variables())]


def a_getter_may_return_anything(tf):
    with tf.variable_scope("a", custom_getter=lambda getter, name, *args, **kwargs: "no " + name):
        return [tf.get_variable("w", [1]), collections_of(tf)]


def a_getter_may_make_two_variables(tf):
    def twice(getter, name, *args, **kwargs):
        return getter(name + "_g", *args, **kwargs) * getter(name + "_v", *args, **kwargs)

    with tf.variable_scope("a", custom_getter=twice, initializer=tf.constant_initializer(3.0)):
        tensor = tf.get_variable("w", [1])
    return [tensor, names_of(tf.trainable_variables())]


def a_getter_may_call_get_variable_of_another_scope(tf):
    def own(getter, name, *args, **kwargs):
        with tf.variable_scope("extra", custom_getter=lambda getter, *args, **kwargs: getter(*args, **kwargs)):
            pass
        return getter(name, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=own):
        return tf.get_variable("w", [1]).name


def a_getter_may_keep_averages_in_place_of_the_variables(tf):
    averages = {}

    def averaged(getter, name, *args, **kwargs):
        variable = getter(name, *args, **kwargs)
        averages[name] = averages.get(name, variable)
        return averages[name]

    with tf.variable_scope("a"):
        w = tf.get_variable("w", [1])
    with tf.variable_scope("a", reuse=True, custom_getter=averaged):
        return [tf.get_variable("w", [1]) is w, sorted(averages)]


def a_getter_that_raises_leaves_no_variable(tf):
    def broken(getter, name, *args, **kwargs):
        raise KeyError(name)

    with tf.variable_scope("a", custom_getter=broken):
        return [error_of(tf.get_variable, "w", [1]), collections_of(tf)]


def a_getter_that_is_not_callable_is_refused(tf):
    tf.get_variable("w", [1], custom_getter=3)


def a_scopes_getter_that_is_not_callable_is_refused_when_used(tf):
    with tf.variable_scope("a", custom_getter=3):
        return error_of(tf.get_variable, "w", [1])


def a_scopes_getter_that_is_not_callable_is_not_refused_before(tf):
    return error_of(lambda: entering(tf.variable_scope("a", custom_getter=3)))


def a_getter_is_called_for_local_variables(tf):
    seen = []
    with tf.variable_scope("a", custom_getter=_watch(seen, "A")):
        tf.get_local_variable("w", [1])
    return seen


def a_getter_is_not_called_for_tf_variable(tf):
    seen = []
    with tf.variable_scope("a", custom_getter=_watch(seen, "A")):
        tf.Variable(1.0)
    return seen


def a_getter_is_called_once_for_a_partitioned_variable(tf):
    seen = []
    with tf.variable_scope("a", custom_getter=_watch(seen, "A"), partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("w", [4])
    return [seen, names_of(tf.global_variables())]


def a_getter_is_called_before_the_variable_creators(tf):
    seen = []

    def creator(create, **kwargs):
        seen.append("creator of " + kwargs["name"])
        return create(**kwargs)

    with tf.variable_creator_scope(creator):
        with tf.variable_scope("a", custom_getter=_watch(seen, "A")):
            tf.get_variable("w", [1])
    return seen


def a_regularizer_gets_the_variable_not_what_the_getter_returns(tf):
    def doubled(getter, name, *args, **kwargs):
        return getter(name, *args, **kwargs) * 2.0

    with tf.variable_scope("a", custom_getter=doubled, regularizer=tf.nn.l2_loss):
        tf.get_variable("w", [], initializer=tf.constant_initializer(2.0))
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [names_of(losses), losses]
