"""
Deep Q network with a target network and a replay memory, on a corridor of 6 cells.
"""
import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.set_random_seed(1)


class Corridor:
    n_actions, n_features = 2, 6

    def reset(self):
        self.at = 2
        return self._obs()

    def _obs(self):
        return np.eye(6)[self.at]

    def step(self, action):
        self.at = min(max(self.at + (1 if action else -1), 0), 5)
        done = self.at in (0, 5)
        return self._obs(), 1.0 if self.at == 5 else -0.1, done


class DeepQNetwork:
    def __init__(self, n_actions, n_features, learning_rate=0.01, reward_decay=0.9, e_greedy=0.9,
                 replace_target_iter=20, memory_size=50, batch_size=8):
        self.n_actions = n_actions
        self.n_features = n_features
        self.lr = learning_rate
        self.gamma = reward_decay
        self.epsilon = e_greedy
        self.replace_target_iter = replace_target_iter
        self.memory_size = memory_size
        self.batch_size = batch_size
        self.learn_step_counter = 0
        self.memory = np.zeros((self.memory_size, n_features * 2 + 2))
        self._build_net()
        t_params = tf.get_collection('target_net_params')
        e_params = tf.get_collection('eval_net_params')
        self.replace_target_op = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())
        self.cost_his = []

    def _build_net(self):
        self.s = tf.placeholder(tf.float32, [None, self.n_features], name='s')
        self.q_target = tf.placeholder(tf.float32, [None, self.n_actions], name='Q_target')
        rng = np.random.RandomState(5)

        def net(inputs, c_names):
            w_initializer = lambda *shape: tf.constant_initializer(rng.normal(0., 0.3, size=shape))
            b_initializer = tf.constant_initializer(0.1)
            with tf.variable_scope('l1'):
                w1 = tf.get_variable('w1', [self.n_features, 10], initializer=w_initializer(self.n_features, 10),
                                     collections=c_names)
                b1 = tf.get_variable('b1', [1, 10], initializer=b_initializer, collections=c_names)
                l1 = tf.nn.relu(tf.matmul(inputs, w1) + b1)
            with tf.variable_scope('l2'):
                w2 = tf.get_variable('w2', [10, self.n_actions], initializer=w_initializer(10, self.n_actions),
                                     collections=c_names)
                b2 = tf.get_variable('b2', [1, self.n_actions], initializer=b_initializer, collections=c_names)
                return tf.matmul(l1, w2) + b2

        with tf.variable_scope('eval_net'):
            self.q_eval = net(self.s, ['eval_net_params', tf.GraphKeys.GLOBAL_VARIABLES])
        with tf.variable_scope('loss'):
            self.loss = tf.reduce_mean(tf.squared_difference(self.q_target, self.q_eval))
        with tf.variable_scope('train'):
            self._train_op = tf.train.RMSPropOptimizer(self.lr).minimize(self.loss)
        self.s_ = tf.placeholder(tf.float32, [None, self.n_features], name='s_')
        with tf.variable_scope('target_net'):
            self.q_next = net(self.s_, ['target_net_params', tf.GraphKeys.GLOBAL_VARIABLES])

    def store_transition(self, s, a, r, s_):
        if not hasattr(self, 'memory_counter'):
            self.memory_counter = 0
        self.memory[self.memory_counter % self.memory_size, :] = np.hstack((s, [a, r], s_))
        self.memory_counter += 1

    def choose_action(self, observation):
        observation = observation[np.newaxis, :]
        if np.random.uniform() < self.epsilon:
            actions_value = self.sess.run(self.q_eval, feed_dict={self.s: observation})
            return np.argmax(actions_value)
        return np.random.randint(0, self.n_actions)

    def learn(self):
        if self.learn_step_counter % self.replace_target_iter == 0:
            self.sess.run(self.replace_target_op)
        if self.memory_counter > self.memory_size:
            sample_index = np.random.choice(self.memory_size, size=self.batch_size)
        else:
            sample_index = np.random.choice(self.memory_counter, size=self.batch_size)
        batch = self.memory[sample_index, :]
        q_next, q_eval = self.sess.run([self.q_next, self.q_eval],
                                       feed_dict={self.s_: batch[:, -self.n_features:],
                                                  self.s: batch[:, :self.n_features]})
        q_target = q_eval.copy()
        batch_index = np.arange(self.batch_size, dtype=np.int32)
        eval_act_index = batch[:, self.n_features].astype(np.int)
        reward = batch[:, self.n_features + 1]
        q_target[batch_index, eval_act_index] = reward + self.gamma * np.max(q_next, axis=1)
        _, self.cost = self.sess.run([self._train_op, self.loss],
                                     feed_dict={self.s: batch[:, :self.n_features], self.q_target: q_target})
        self.cost_his.append(self.cost)
        self.learn_step_counter += 1


if __name__ == "__main__":
    env = Corridor()
    RL = DeepQNetwork(env.n_actions, env.n_features)
    step = 0
    for episode in range(15):
        observation = env.reset()
        total = 0.
        while True:
            action = RL.choose_action(observation)
            observation_, reward, done = env.step(action)
            RL.store_transition(observation, action, reward, observation_)
            total += reward
            if (step > 10) and (step % 2 == 0):
                RL.learn()
            observation = observation_
            step += 1
            if done or step > 400:
                break
        print("episode %d: %d steps so far, return %.2f" % (episode, step, total))
    print("cost", " ".join("%.5f" % c for c in RL.cost_his[::5]))
    print("Q", RL.sess.run(RL.q_eval, {RL.s: np.eye(6)}).round(4).tolist())
