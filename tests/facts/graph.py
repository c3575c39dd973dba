"""`tf.Graph`: the default one, names of operations, finding things by name."""

from facts.vocabulary import graph_only, kind_of_error, names_of


@graph_only("names of tensors and operations of a graph")
def tensors_and_operations_are_found_by_their_names(tf):
    with tf.variable_scope("a"):
        tf.identity(tf.get_variable("w", [1]), name="t")
    graph = tf.get_default_graph()
    return [
        graph.get_tensor_by_name("a/t:0").name,
        graph.get_operation_by_name("a/t").name,
        graph.as_graph_element("a/t:0").name,
    ]


@graph_only("a placeholder")
def a_placeholder_has_a_name_and_a_shape(tf):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    return [x.name, x.shape, tf.placeholder(tf.int32).name]


@graph_only("names of operations of a graph")
def the_operations_of_a_variable_are_these(tf):
    tf.get_variable("w", [1], initializer=tf.ones_initializer())
    return sorted(op.name for op in tf.get_default_graph().get_operations())[:3]


@graph_only("a graph that is finalized")
def a_finalized_graph_cannot_be_changed(tf):
    graph = tf.get_default_graph()
    graph.finalize()
    return [graph.finalized, kind_of_error(tf.constant, 1.0), kind_of_error(tf.get_variable, "w", [1])]


@graph_only("a session")
def a_graph_may_be_run_by_a_session_of_its_own(tf):
    with tf.Graph().as_default() as graph:
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())
        with tf.Session(graph=graph) as session:
            session.run(tf.global_variables_initializer())
            return session.run(w)


@graph_only("a session")
def a_placeholder_is_fed(tf):
    x = tf.placeholder(tf.float32, [2])
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return session.run(x * w, feed_dict={x: [3.0, 4.0]})


def a_graph_of_its_own_leaves_the_default_one_alone(tf):
    outer = tf.get_default_graph()
    with tf.Graph().as_default() as inner:
        tf.get_variable("w", [1])
        seen = [tf.get_default_graph() is inner, inner is outer]
    return seen + [tf.get_default_graph() is outer, names_of(tf.global_variables())]


def a_graph_of_its_own_starts_with_no_names_taken(tf):
    tf.get_variable("w", [1])
    with tf.Graph().as_default():
        return [tf.get_variable("w", [1]).name, tf.Variable(1.0, name="w").name]


@graph_only("the default graph of a thread")
def reset_default_graph_is_refused_inside_a_graph(tf):
    return kind_of_error(tf.reset_default_graph)


def a_graph_seed_does_not_change_names(tf):
    tf.set_random_seed(3)
    return tf.get_variable("w", [1]).name


@graph_only("operations of a graph")
def gradients_of_something_unrelated_are_none(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    return tf.gradients(tf.constant(1.0) * 2.0, w)
