try:
    import tensorflow.compat.v1 as tf
except ImportError:
    import tensorflow as tf
import numpy as np

from recommender import factors, shapes as s
from recommender.factors import normalized

tf.enable_eager_execution()
tf.set_random_seed(2)
users, items = tf.constant([0, 1, 3]), tf.constant([4, 2, 2])
ratings = tf.to_float([1, 0, 1])
with tf.GradientTape() as tape:
    predicted = factors.factorize(users, items)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    loss = tf.losses.mean_squared_error(ratings, predicted) + tf.add_n(losses)
variables = tf.trainable_variables()
gradients = tape.gradient(loss, variables)
print(len(losses), [v.name for v in variables])
print(np.round([tf.reduce_sum(tf.abs(tf.convert_to_tensor(g))).numpy() for g in gradients], 4).tolist())
print("%.5f" % loss.numpy(), np.round(normalized(predicted).numpy(), 4).tolist(), s.dynamic()(predicted).numpy())
print(np.array([1, 2]).astype(np.int).tolist(), "{:.3f}".format(tf.exp(1.0).numpy()), f"{tf.sqrt(4.0).numpy():.1f}")
