"""TF1's names that need a session, and those that do something else in some mode.

Written by `python -m tests.guide.differs` from `tests/differences.toml`, whose rows are tests, and from what the
functions of the namespace ask for. The whole list of differences is migration_guide/known_differences.md.
"""

NEED_A_SESSION: frozenset[str] = frozenset(
    {
        "tf.InteractiveSession",
        "tf.Session",
        "tf.contrib.slim.evaluation.evaluate_once",
        "tf.contrib.slim.evaluation.evaluation_loop",
        "tf.contrib.slim.learning.train",
        "tf.contrib.slim.parallel_reader.parallel_read",
        "tf.contrib.slim.parallel_reader.single_pass_read",
        "tf.contrib.slim.prefetch_queue.prefetch_queue",
        "tf.contrib.training.evaluate_once",
        "tf.contrib.training.evaluate_repeatedly",
        "tf.contrib.training.train",
        "tf.placeholder",
        "tf.sparse.placeholder",
        "tf.sparse_placeholder",
        "tf.train.MonitoredSession",
        "tf.train.MonitoredTrainingSession",
        "tf.train.QueueRunner",
        "tf.train.SingularMonitoredSession",
        "tf.train.Supervisor",
        "tf.train.SyncReplicasOptimizer",
        "tf.train.batch",
        "tf.train.batch_join",
        "tf.train.input_producer",
        "tf.train.limit_epochs",
        "tf.train.match_filenames_once",
        "tf.train.maybe_batch",
        "tf.train.maybe_batch_join",
        "tf.train.maybe_shuffle_batch",
        "tf.train.maybe_shuffle_batch_join",
        "tf.train.queue_runner.QueueRunner",
        "tf.train.queue_runner.start_queue_runners",
        "tf.train.range_input_producer",
        "tf.train.shuffle_batch",
        "tf.train.shuffle_batch_join",
        "tf.train.slice_input_producer",
        "tf.train.start_queue_runners",
        "tf.train.string_input_producer",
    }
)
"""They raise outside graph mode."""

_HOW = (
    "tf.__version__ and tf.VERSION are those of the TensorFlow 2 that is installed: look at what follows "
    "from comparing it: for TensorFlow 1's branch, leave the question out",
    "eagerly nothing is known of the operations that have run, so that there is nothing to check "
    "afterwards: call tf.debugging.enable_check_numerics() once at the start, or run the step under "
    "tf.function",
    "eagerly the branch that isn't taken doesn't run, so its variables aren't made: make the variables "
    "before tf.cond, or build the model in a tf.function, which traces both branches",
    "eagerly the tensors are computed already, and nothing was kept to derive them by: use "
    "VariableTrackingScope(tape=True), or build the step in a tf.function",
    "an eager tensor doesn't know which operation made it, so that all activations get the general "
    "summary: call tf.contrib.layers.summarize_activations in a tf.function",
    "eagerly the tensors are computed already, and nothing was kept to derive them by: minimize(loss) in "
    "a VariableTrackingScope(tape=True), or with a function as the loss; or build the step in a "
    "tf.function",
    "eagerly there are no operations in a graph to look at; its collections are there: build the model in "
    "a tf.function or a tf.Graph to look at its operations",
    "eagerly the tensors are computed already, and nothing was kept to derive them by: use "
    "VariableTrackingScope(tape=True), where it derives by variables; or a tf.function",
    "eagerly the tensors are computed already, and nothing was kept to derive them by: use "
    "VariableTrackingScope(tape=True), or a tf.function",
    "without a session nothing can be fed, and it is its default: `tf1compat-wd run`, or a function "
    "argument with a default",
    "TF 1.15 seeds each random operation by the number of operations before it, TensorFlow 2 by other "
    "counts: `tf1compat-wd run` counts as TF 1.15 did, in graph mode; elsewhere compare with random "
    "operations off or aligned (trusting_a_migration.md)",
)

DIFFERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tf.VERSION": (_HOW[0], ("eager", "function", "graph")),
    "tf.add_check_numerics_ops": (_HOW[1], ("eager",)),
    "tf.case": (_HOW[2], ("eager",)),
    "tf.cond": (_HOW[2], ("eager",)),
    "tf.contrib.layers.optimize_loss": (_HOW[3], ("eager",)),
    "tf.contrib.layers.summarize_activation": (_HOW[4], ("eager",)),
    "tf.contrib.layers.summarize_activations": (_HOW[4], ("eager",)),
    "tf.contrib.opt.AdaMaxOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.AdamGSOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.AdamWOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.AddSignOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.LARSOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.LazyAdamGSOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.LazyAdamOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.MomentumWOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.MovingAverageOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.NadamOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.PowerSignOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.RegAdagradOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.opt.VariableClippingOptimizer": (_HOW[5], ("eager",)),
    "tf.contrib.slim.learning.create_train_op": (_HOW[3], ("eager",)),
    "tf.contrib.slim.optimize_loss": (_HOW[3], ("eager",)),
    "tf.contrib.slim.optimizers.optimize_loss": (_HOW[3], ("eager",)),
    "tf.contrib.slim.summarize_activation": (_HOW[4], ("eager",)),
    "tf.contrib.slim.summarize_activations": (_HOW[4], ("eager",)),
    "tf.contrib.training.create_train_op": (_HOW[3], ("eager",)),
    "tf.get_default_graph": (_HOW[6], ("eager",)),
    "tf.gradients": (_HOW[7], ("eager",)),
    "tf.hessians": (_HOW[8], ("eager",)),
    "tf.placeholder_with_default": (_HOW[9], ("eager", "function")),
    "tf.random.set_random_seed": (_HOW[10], ("eager", "function", "graph")),
    "tf.set_random_seed": (_HOW[10], ("eager", "function", "graph")),
    "tf.train.AdadeltaOptimizer": (_HOW[5], ("eager",)),
    "tf.train.AdagradDAOptimizer": (_HOW[5], ("eager",)),
    "tf.train.AdagradOptimizer": (_HOW[5], ("eager",)),
    "tf.train.AdamOptimizer": (_HOW[5], ("eager",)),
    "tf.train.FtrlOptimizer": (_HOW[5], ("eager",)),
    "tf.train.GradientDescentOptimizer": (_HOW[5], ("eager",)),
    "tf.train.MomentumOptimizer": (_HOW[5], ("eager",)),
    "tf.train.Optimizer": (_HOW[5], ("eager",)),
    "tf.train.ProximalAdagradOptimizer": (_HOW[5], ("eager",)),
    "tf.train.ProximalGradientDescentOptimizer": (_HOW[5], ("eager",)),
    "tf.train.RMSPropOptimizer": (_HOW[5], ("eager",)),
    "tf.version.VERSION": (_HOW[0], ("eager", "function", "graph")),
}
"""By full name, how it differs, and in which modes."""
