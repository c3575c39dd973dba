"""Networks of many layers, trained for some steps."""

from facts.networks import images_and_labels, resnet20
from facts.vocabulary import names_of, steps


def _loss(tf, logits, labels):
    entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_mean(entropy) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_resnet20_has_these_variables_and_losses(tf):
    images, _ = images_and_labels()
    logits = resnet20(tf, tf.constant(images), True, width=2)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [
        [[v.name, v.shape] for v in tf.global_variables()],
        len(tf.trainable_variables()),
        len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        names_of(losses),
        tf.add_n(losses),
        logits,
    ]


@steps(3)
def a_resnet20_is_trained(tf):
    images, labels = images_and_labels()
    loss = _loss(tf, resnet20(tf, tf.constant(images), True, width=2), tf.constant(labels))
    weights = tf.trainable_variables()
    gradients = tf.gradients(loss, weights)
    with tf.control_dependencies(gradients + tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        trained = [tf.assign_sub(w, 0.002 * gradient) for w, gradient in zip(weights, gradients)]
    with tf.control_dependencies(trained + [loss]):
        averages = [v.read_value() for v in tf.global_variables() if "moving" in v.name]
        sums = [tf.reduce_sum(tf.abs(w.read_value())) for w in weights]
        return tf.concat([tf.stack([loss] + sums)] + averages, axis=0)


def a_trained_resnet20_is_shared_for_evaluation(tf):
    images, _ = images_and_labels()
    resnet20(tf, tf.constant(images), False, width=2)
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        logits = resnet20(tf, tf.constant(images[:2]), False, width=2)
    return [logits, len(tf.global_variables()), len(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))]
