"""``tensorflow.examples``, of which programs used the digits: `tutorials.mnist`."""
