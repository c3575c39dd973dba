"""The few lines that every TF1 project has: weight decay by `get_variable(regularizer=)` and `get_collection`."""

from facts.vocabulary import names_of, steps


def the_losses_of_two_regularizers_are_added_to_the_loss(tf):
    with tf.variable_scope("net"):
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
        tf.get_variable("u", [4], initializer=tf.ones_initializer(), regularizer=lambda v: 0.5 * tf.reduce_sum(v * v))
    regularization_losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [len(regularization_losses), tf.add_n(regularization_losses) + tf.reduce_sum(w)]


def the_gradient_goes_through_the_collected_loss(tf):
    w = tf.get_variable("w", [], initializer=tf.constant_initializer(3.0), regularizer=tf.nn.l2_loss)
    loss = tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)) + w
    return tf.gradients(loss, w)


@steps(2)
def the_collected_loss_is_that_of_the_present_value(tf):
    w = tf.get_variable("w", [], initializer=tf.constant_initializer(3.0), regularizer=tf.nn.l2_loss)
    loss = tf.identity(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)[0])
    with tf.control_dependencies([loss]):
        return [loss, tf.assign(w, 1.0)]


@steps(3)
def three_steps_have_one_loss_each_time(tf):
    with tf.variable_scope("net"):
        w = tf.get_variable("w", [2], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    total = tf.add_n(losses)
    with tf.control_dependencies([total]):
        return [len(losses), names_of(losses), total, tf.assign_add(w, [1.0, 1.0])]


def the_snippet_of_the_project_as_it_stands(tf):
    weight_decay = 0.01

    def regularizer(tensor):
        with tf.name_scope(None, default_name="l2_regularizer", values=[tensor]):
            l2_weight = tf.convert_to_tensor(weight_decay, dtype=tensor.dtype.base_dtype, name="weight_decay")
            return tf.multiply(l2_weight, tf.nn.l2_loss(tensor), name="value")

    w = tf.get_variable("w", [4, 3], initializer=tf.ones_initializer(), regularizer=regularizer)
    loss = tf.reduce_sum(tf.matmul(tf.ones([2, 4]), w))
    regularization_losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    loss = tf.add_n(regularization_losses) + loss
    return [names_of(regularization_losses), loss]
