"""The global step: `tf.train.create_global_step` and its kin."""

from facts.vocabulary import collections_of, error_of, graph_only, kind_of_error, names_of, steps


def create_global_step_makes_a_long_integer_called_global_step(tf):
    step = tf.train.create_global_step()
    return [step.name, step.dtype.base_dtype, step.shape, step, step.trainable]


def create_global_step_adds_it_to_two_collections(tf):
    tf.train.create_global_step()
    return collections_of(tf)


def create_global_step_twice_is_refused(tf):
    tf.train.create_global_step()
    tf.train.create_global_step()


def get_or_create_global_step_gives_the_same_one(tf):
    first = tf.train.get_or_create_global_step()
    return [tf.train.get_or_create_global_step() is first, tf.train.get_global_step() is first]


def get_or_create_global_step_finds_the_created_one(tf):
    first = tf.train.create_global_step()
    return tf.train.get_or_create_global_step() is first


def get_global_step_without_one_is_none(tf):
    return tf.train.get_global_step()


def a_variable_scope_is_in_its_name_and_a_name_scope_is_not(tf):
    with tf.variable_scope("a"):
        with tf.name_scope("n"):
            return tf.train.get_or_create_global_step().name


def one_made_in_a_scope_is_found_outside(tf):
    with tf.variable_scope("a"):
        step = tf.train.get_or_create_global_step()
    return tf.train.get_or_create_global_step() is step


def it_takes_the_scopes_regularizer_but_not_its_dtype(tf):
    def regularizer(v):
        return tf.cast(v, tf.float32, name="loss")

    with tf.variable_scope("a", regularizer=regularizer, dtype=tf.float64):
        step = tf.train.get_or_create_global_step()
    return [step.dtype.base_dtype, names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))]


def it_does_not_take_the_scopes_initializer(tf):
    with tf.variable_scope("a", initializer=tf.constant_initializer(5)):
        return tf.train.get_or_create_global_step()


def it_does_not_take_the_scopes_partitioner(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        return tf.train.get_or_create_global_step().name


def a_variable_called_global_step_is_found_by_its_name(tf):
    w = tf.get_variable("w", initializer=1.0)
    tf.Variable(7, name="global_step", trainable=False)
    step = tf.train.get_global_step()
    train = tf.train.GradientDescentOptimizer(0.5).minimize(w * w, global_step=tf.train.get_or_create_global_step())
    return [step.name, step.dtype.base_dtype, train, tf.train.get_global_step(), collections_of(tf).get("global_step")]


def a_shared_variable_called_global_step_is_found_by_its_name(tf):
    tf.get_variable("global_step", [], tf.int32, initializer=tf.zeros_initializer(), trainable=False)
    return [tf.train.get_or_create_global_step().name, error_of(tf.train.create_global_step)]


def a_variable_called_global_step_that_is_no_integer_is_refused(tf):
    tf.Variable(0.0, name="global_step", trainable=False)
    return kind_of_error(tf.train.get_or_create_global_step)


def a_variable_called_global_step_stops_creation(tf):
    tf.Variable(0, name="global_step", trainable=False, dtype=tf.int64)
    tf.train.create_global_step()


def a_variable_of_that_name_in_a_scope_is_not_found(tf):
    with tf.variable_scope("a"):
        tf.get_variable("global_step", [], dtype=tf.int64, initializer=tf.zeros_initializer(), trainable=False)
    return tf.train.get_global_step()


def a_variable_in_the_collection_is_found_whatever_its_name(tf):
    step = tf.Variable(7, name="mine", trainable=False, dtype=tf.int64)
    tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, step)
    return [tf.train.get_global_step() is step, tf.train.get_or_create_global_step() is step]


def two_in_the_collection_is_none(tf):
    for name in ["one", "two"]:
        tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, tf.Variable(0, name=name, trainable=False, dtype=tf.int64))
    return tf.train.get_global_step()


def one_that_is_no_integer_is_refused(tf):
    tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, tf.Variable(0.0, name="global_step", trainable=False))
    return error_of(tf.train.get_global_step)


def one_that_is_no_scalar_is_refused(tf):
    tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, tf.Variable([0, 0], name="global_step", trainable=False))
    return error_of(tf.train.get_global_step)


def assert_global_step_accepts_integers_only(tf):
    good = tf.Variable(0, name="good", trainable=False)
    bad = tf.Variable([0.0], name="bad", trainable=False)
    return [error_of(tf.train.assert_global_step, good), error_of(tf.train.assert_global_step, bad)]


def a_number_is_no_global_step(tf):
    tf.train.assert_global_step(3)


@graph_only("a session")
def global_step_reads_it_in_a_session(tf):
    step = tf.train.create_global_step()
    with tf.Session() as session:
        session.run(step.initializer)
        session.run(tf.assign_add(step, 5))
        return tf.train.global_step(session, step)


@steps(3)
def it_counts_the_steps(tf):
    return tf.assign_add(tf.train.get_or_create_global_step(), 1)


def the_graph_may_be_named(tf):
    graph = tf.Graph()
    with graph.as_default():
        step = tf.train.create_global_step()
    return [tf.train.get_global_step(graph) is step, tf.train.get_global_step()]
