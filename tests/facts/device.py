"""Devices, colocation and control of placement around variables."""

from facts.vocabulary import error_of, graph_only, kind_of_error


def a_variable_is_on_the_device_around_it(tf):
    with tf.device("/cpu:0"):
        return tf.get_variable("w", [1]).device[-5:].lower()


def a_device_around_a_scope_counts(tf):
    with tf.device("/cpu:0"):
        with tf.variable_scope("a"):
            return tf.get_variable("w", [1]).device[-5:].lower()


def the_innermost_device_counts(tf):
    with tf.device("/cpu:0"):
        with tf.device("/cpu:1"):
            return tf.get_variable("w", [1]).device[-5:].lower()


def a_device_of_none_ends_the_outer_ones(tf):
    with tf.device("/cpu:0"):
        with tf.device(None):
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    return w


@graph_only("a function of operations is a placement in a graph")
def a_device_may_be_a_function_of_the_operation(tf):
    seen = []

    def place(op):
        seen.append(op.type)
        return "/cpu:0"

    with tf.device(place):
        w = tf.get_variable("w", [1])
    return [len(seen) > 0, w.device[-5:].lower()]


def a_device_that_is_a_function_changes_no_values(tf):
    with tf.device(tf.train.replica_device_setter(ps_tasks=0)), tf.device(lambda op: "/cpu:0"):
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
        return [w.name, w * 2.0]


def a_reused_variable_stays_on_its_device(tf):
    with tf.device("/cpu:0"):
        tf.get_variable("w", [1])
    with tf.device("/cpu:1"):
        with tf.variable_scope(tf.get_variable_scope(), reuse=True):
            return tf.get_variable("w", [1]).device[-5:].lower()


def a_bad_device_is_refused(tf):
    def place():
        with tf.device("/nothing:here"):
            tf.get_variable("w", [1])

    return kind_of_error(place)


def colocation_with_a_variable_works(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    with tf.colocate_with(w):
        v = tf.get_variable("v", [], initializer=tf.ones_initializer())
    return [w + v, v.name]


@graph_only("colocation groups are attributes of a graph's operations")
def colocation_is_seen_on_the_operation(tf):
    w = tf.get_variable("w", [1])
    with tf.colocate_with(w):
        tensor = tf.constant(1.0)
    return [group.decode() for group in tensor.op.colocation_groups()]


@graph_only("replica_device_setter places the operations of a graph")
def replica_device_setter_puts_variables_on_the_parameter_servers(tf):
    with tf.device(tf.train.replica_device_setter(ps_tasks=2)):
        variables = [tf.get_variable("w%d" % i, [1]) for i in range(3)]
    return [variable.device for variable in variables]


def control_dependencies_of_none_end_the_outer_ones(tf):
    with tf.control_dependencies([tf.constant(1.0)]):
        with tf.control_dependencies(None):
            return tf.get_variable("w", [], initializer=tf.ones_initializer())


def control_dependencies_around_creation_do_not_hinder_it(tf):
    first = tf.constant(1.0)
    with tf.control_dependencies([first]):
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    return w


def control_dependencies_take_variables(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    with tf.control_dependencies([w]):
        return tf.identity(w)


def an_error_inside_control_dependencies_ends_them(tf):
    def broken():
        with tf.control_dependencies([tf.constant(1.0)]):
            raise KeyError("mine")

    return [error_of(broken), tf.get_variable("w", [], initializer=tf.ones_initializer())]


def init_scope_makes_variables_as_usual(tf):
    with tf.init_scope():
        return tf.get_variable("w", [], initializer=tf.ones_initializer()).name
