"""``tf.train.queue_runner``, TF1's other place for what starts the threads that fill queues."""

from tf1compat_wd import _namespace
from tf1compat_wd.train._session_loops import QueueRunner, start_queue_runners

__all__ = ["QueueRunner", "start_queue_runners"]

__getattr__, __dir__ = _namespace.names_of(__name__)
