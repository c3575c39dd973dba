"""Variational autoencoder, sklearn-like interface; the noise is fed."""
import numpy as np
import tensorflow as tf

np.random.seed(0)


def xavier_init(fan_in, fan_out, constant=1):
    low = -constant*np.sqrt(6.0/(fan_in + fan_out))
    high = constant*np.sqrt(6.0/(fan_in + fan_out))
    return np.random.uniform(low, high, (fan_in, fan_out)).astype('float32')


class VariationalAutoencoder:
    def __init__(self, network_architecture, transfer_fct=tf.nn.softplus, learning_rate=0.001, batch_size=20):
        self.network_architecture = network_architecture
        self.transfer_fct = transfer_fct
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.x = tf.placeholder(tf.float32, [None, network_architecture["n_input"]])
        self.eps = tf.placeholder(tf.float32, [None, network_architecture["n_z"]])
        self._create_network()
        self._create_loss_optimizer()
        init = tf.initialize_all_variables()
        self.sess = tf.InteractiveSession()
        self.sess.run(init)

    def _create_network(self):
        network_weights = self._initialize_weights(**self.network_architecture)
        self.z_mean, self.z_log_sigma_sq = \
            self._recognition_network(network_weights["weights_recog"], network_weights["biases_recog"])
        self.z = tf.add(self.z_mean, tf.mul(tf.sqrt(tf.exp(self.z_log_sigma_sq)), self.eps)
                        if hasattr(tf, "mul") else tf.multiply(tf.sqrt(tf.exp(self.z_log_sigma_sq)), self.eps))
        self.x_reconstr_mean = \
            self._generator_network(network_weights["weights_gener"], network_weights["biases_gener"])

    def _initialize_weights(self, n_hidden, n_input, n_z):
        all_weights = dict()
        all_weights['weights_recog'] = {
            'h1': tf.Variable(xavier_init(n_input, n_hidden)),
            'out_mean': tf.Variable(xavier_init(n_hidden, n_z)),
            'out_log_sigma': tf.Variable(xavier_init(n_hidden, n_z))}
        all_weights['biases_recog'] = {
            'b1': tf.Variable(tf.zeros([n_hidden], dtype=tf.float32)),
            'out_mean': tf.Variable(tf.zeros([n_z], dtype=tf.float32)),
            'out_log_sigma': tf.Variable(tf.zeros([n_z], dtype=tf.float32))}
        all_weights['weights_gener'] = {
            'h1': tf.Variable(xavier_init(n_z, n_hidden)),
            'out_mean': tf.Variable(xavier_init(n_hidden, n_input))}
        all_weights['biases_gener'] = {
            'b1': tf.Variable(tf.zeros([n_hidden], dtype=tf.float32)),
            'out_mean': tf.Variable(tf.zeros([n_input], dtype=tf.float32))}
        return all_weights

    def _recognition_network(self, weights, biases):
        layer_1 = self.transfer_fct(tf.add(tf.matmul(self.x, weights['h1']), biases['b1']))
        z_mean = tf.add(tf.matmul(layer_1, weights['out_mean']), biases['out_mean'])
        z_log_sigma_sq = tf.add(tf.matmul(layer_1, weights['out_log_sigma']), biases['out_log_sigma'])
        return (z_mean, z_log_sigma_sq)

    def _generator_network(self, weights, biases):
        layer_1 = self.transfer_fct(tf.add(tf.matmul(self.z, weights['h1']), biases['b1']))
        return tf.nn.sigmoid(tf.add(tf.matmul(layer_1, weights['out_mean']), biases['out_mean']))

    def _create_loss_optimizer(self):
        reconstr_loss = \
            -tf.reduce_sum(self.x * tf.log(1e-10 + self.x_reconstr_mean)
                           + (1-self.x) * tf.log(1e-10 + 1 - self.x_reconstr_mean), 1)
        latent_loss = -0.5 * tf.reduce_sum(1 + self.z_log_sigma_sq - tf.square(self.z_mean)
                                           - tf.exp(self.z_log_sigma_sq), reduction_indices=1)
        self.cost = tf.reduce_mean(reconstr_loss + latent_loss)
        self.optimizer = tf.train.AdamOptimizer(learning_rate=self.learning_rate).minimize(self.cost)

    def partial_fit(self, X):
        eps = np.random.normal(size=(len(X), self.network_architecture["n_z"]))
        opt, cost = self.sess.run((self.optimizer, self.cost), feed_dict={self.x: X, self.eps: eps})
        return cost

    def transform(self, X):
        return self.sess.run(self.z_mean, feed_dict={self.x: X})

    def generate(self, z_mu):
        return self.sess.run(self.x_reconstr_mean, feed_dict={self.z: z_mu})


vae = VariationalAutoencoder(dict(n_hidden=16, n_input=30, n_z=2))
data = (np.random.rand(100, 30) > 0.5).astype(np.float32)
for epoch in range(4):
    avg_cost = 0.
    for i in range(5):
        batch_xs = data[20 * i:20 * (i + 1)]
        cost = vae.partial_fit(batch_xs)
        avg_cost += cost / 100 * 20
    print("Epoch:", '%04d' % (epoch+1), "cost=", f"{avg_cost:.9f}")
print(np.round(vae.transform(data[:3]), 5).tolist())
print(np.round(vae.generate([[0.5, -0.5]])[0, :6], 5).tolist())
