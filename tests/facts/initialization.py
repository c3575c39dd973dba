"""Initializing variables: the operations that do it, and the questions about it."""

from facts.vocabulary import graph_only, kind_of_error, names_of


def running_the_global_initializer_leaves_the_initial_values(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    with tf.control_dependencies([tf.global_variables_initializer()]):
        return w.read_value()


def the_initializers_may_be_called_without_variables(tf):
    return [
        kind_of_error(initializer)
        for initializer in (
            tf.global_variables_initializer,
            tf.local_variables_initializer,
            tf.tables_initializer,
            lambda: tf.variables_initializer([]),
        )
    ]


def the_initializers_may_stand_in_control_dependencies(tf):
    tf.get_variable("w", [2])
    tf.get_local_variable("v", [2])
    with tf.control_dependencies([tf.global_variables_initializer(), tf.local_variables_initializer()]):
        return tf.constant(1.0)


def the_initializers_may_be_grouped(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    init = tf.group(tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer())
    with tf.control_dependencies([init]):
        return w.read_value()


def variables_initializer_takes_a_list(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    with tf.control_dependencies([tf.variables_initializer([w], name="start")]):
        return w.read_value()


def the_old_names_of_the_initializers_work(tf):
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    old = [tf.initialize_all_variables(), tf.initialize_local_variables(), tf.initialize_variables([w])]
    with tf.control_dependencies(old):
        return w.read_value()


@graph_only("names of operations of a graph")
def the_initializers_are_called_init(tf):
    tf.get_variable("w", [2])
    return names_of(
        [
            tf.global_variables_initializer(),
            tf.global_variables_initializer(),
            tf.local_variables_initializer(),
            tf.variables_initializer([], name="start"),
        ]
    )


@graph_only("a session")
def nothing_is_initialized_before_its_initializer_runs(tf):
    tf.get_variable("w", [1])
    tf.get_local_variable("v", [1])
    report = tf.report_uninitialized_variables()
    with tf.Session() as session:
        seen = [session.run(report)]
        session.run(tf.global_variables_initializer())
        seen.append(session.run(report))
        session.run(tf.local_variables_initializer())
        return seen + [session.run(report)]


@graph_only("a session")
def is_variable_initialized_says_so_in_a_session(tf):
    w = tf.get_variable("w", [1])
    ask = tf.is_variable_initialized(w)
    with tf.Session() as session:
        before = session.run(ask)
        session.run(w.initializer)
        return [before, session.run(ask)]


@graph_only("a session")
def an_initializer_that_reads_another_variable_needs_its_initialized_value(tf):
    w = tf.get_variable("w", initializer=3.0)
    tf.get_variable("v", initializer=w.initialized_value() * 2.0)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return session.run(tf.global_variables())


def report_uninitialized_variables_is_empty_when_all_are(tf):
    tf.get_variable("w", [1])
    return tf.size(tf.report_uninitialized_variables())


def report_uninitialized_variables_without_variables_is_empty(tf):
    return [tf.report_uninitialized_variables(), tf.report_uninitialized_variables([]).dtype]


def assert_variables_initialized_is_content_when_all_are(tf):
    tf.get_variable("w", [1])
    return kind_of_error(tf.assert_variables_initialized)


def assert_variables_initialized_without_variables_is_none(tf):
    return tf.assert_variables_initialized()


def is_variable_initialized_is_true_for_an_initialized_one(tf):
    return tf.is_variable_initialized(tf.get_variable("w", [1]))


def initialized_value_can_be_read_at_any_time(tf):
    return tf.get_variable("w", [2], initializer=tf.ones_initializer()).initialized_value() * 2.0


def the_initial_value_is_not_the_present_value(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    with tf.control_dependencies([tf.assign(w, 5.0)]):
        return w.read_value()
