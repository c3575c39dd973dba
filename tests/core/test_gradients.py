"""`tf.gradients` in all modes; in eager mode on the tape of the pass."""

import pytest
import tensorflow

import tf1compat_wd as tf
from core.models import collected_losses, decay


@pytest.fixture
def taped():
    return tf.tracking.VariableTrackingScope("net", tape=True)


def weight(name="w", value=3.0, **arguments):
    return tf.get_variable(name, [], initializer=tf.constant_initializer(value), **arguments)


def test_first_and_second_derivatives(taped, way):
    @way
    def step():
        with taped:
            w = weight()
            y = w * w * w
            first = tf.gradients(y, w)[0]
            return first, tf.gradients(first, w)[0]

    for _ in range(2):
        assert [float(x) for x in step()] == [27.0, 18.0]


def test_derivatives_of_the_regularization_losses(taped, way):
    @way
    def step():
        with taped:
            weight("w", regularizer=decay)
            weight("v", 5.0, regularizer=decay)
            return tf.gradients(tf.add_n(collected_losses()), tf.trainable_variables())

    assert [float(x) for x in step()] == [1.5, 2.5]


def test_derivatives_of_intermediate_results(taped, way):
    @way
    def step():
        with taped:
            h = weight() * 2.0
            return tf.gradients(h * h, [h])

    assert [float(x) for x in step()] == [12.0]


def test_several_ys_are_summed_and_grad_ys_weigh_them(taped, way):
    @way
    def step():
        with taped:
            w = weight()
            ys = [w * w, w * 5.0]
            return tf.gradients(ys, [w]), tf.gradients(ys, [w], grad_ys=[tf.constant(10.0), tf.constant(1.0)])

    assert [float(x[0]) for x in step()] == [11.0, 65.0]


def test_what_is_not_connected_is_none_or_zero(taped, way):
    def step():
        with taped:
            w, v = weight("w"), weight("v")
            none = tf.gradients(w * w, [v])
            zero = tf.gradients(w * w, [v], unconnected_gradients=tf.UnconnectedGradients.ZERO)
            return none[0] is None, zero[0]

    none, zero = way(step)()
    assert bool(none)
    assert float(zero) == 0.0


def test_xs_may_be_one_tensor_and_the_answer_is_a_list(taped, way):
    @way
    def step():
        with taped:
            w = weight()
            return tf.gradients(w * w, w)

    assert [float(x) for x in step()] == [6.0]


def test_the_tape_sees_variables_of_earlier_passes(taped):
    with taped:
        weight()
    with taped, tf.variable_scope("", reuse=True):
        w = tf.get_variable("w")
        assert [float(x) for x in tf.gradients(w * w, [w])] == [6.0]


def test_eagerly_without_a_tape_the_error_says_how_to_get_one(net):
    first = r"^tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
    with net, pytest.raises(RuntimeError, match=first) as raised:
        tf.gradients(weight() * 2.0, net.variables)
    assert "VariableTrackingScope(tape=True), or under tf.function" in str(raised.value)


def test_eagerly_without_a_scope_the_error_says_how_to_get_a_tape(ambient):
    with pytest.raises(RuntimeError, match=r"VariableTrackingScope\(tape=True\)"):
        tf.gradients(tf.constant(1.0), tf.constant(1.0))


def test_what_is_stopped_counts_as_a_constant_whatever_lies_before_it(taped, way):
    def pass_():
        with taped:
            w = weight()
            a = w * w
            b = a * w + a
            c = b * a * w
            return [
                tf.gradients([c * b, c * w], [w, a, b, c], stop_gradients=stops, grad_ys=[tf.constant(2.0), None])
                for stops in ([a], [b, a], [a, b, c], [c, w])
            ]

    found = [[float(0.0 if d is None else d) for d in row] for row in way(pass_)()]
    # With w = 3: a = 9, b = 36, c = 972; y = 2 c b + c w.
    of_c, of_b = 2 * 36 + 3, 2 * 972 + (2 * 36 + 3) * 27  # the latter by way of c, too
    direct_w = 972 + of_c * 36 * 9
    assert found == [
        [direct_w + of_b * 9, of_c * 36 * 3 + of_b * 4, of_b, of_c],
        [direct_w, of_c * 36 * 3, of_b, of_c],
        [972, 0, 2 * 972, of_c],
        [972 + 2 * 972 * (9 + 4 * 6), 2 * 972 * 4, 2 * 972, of_c],
    ]


def test_a_tape_ends_with_its_pass(taped):
    with taped:
        w = weight()
        y = w * w
    with taped, tf.variable_scope("", reuse=True):
        assert tf.gradients(y, [tf.get_variable("w")]) == [None]


def test_a_tape_outside_the_pass_works_beside_that_of_the_pass(taped):
    with tensorflow.GradientTape() as outer, taped:
        w = weight()
        y = w * w
        inside = tf.gradients(y, w)[0]
        z = inside * 2.0
    assert float(inside) == 6.0
    assert float(outer.gradient(z, w)) == 4.0
