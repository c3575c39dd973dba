"""What programs rarely ask of layers."""

from facts.vocabulary import error_of


def text_needs_an_initializer(tf):
    return [
        error_of(tf.layers.Layer(name="a").add_weight, "w", [], tf.string),
        error_of(tf.layers.Layer(name="b").add_weight, "w", [], tf.complex64),
    ]


def an_input_of_many_numbers_is_many_inputs(tf):
    return error_of(tf.layers.dense, [[1.0, 2.0]], 2)
