"""TF1's names that `tf1compat_wd` doesn't offer: why, and what to use instead.

Written by hand. A row speaks for a name and for everything below it, unless a longer row does. A row is looked at only
when a name isn't found anywhere, so a package of ours needs no change here to appear; but a row that no missing name
needs any longer makes a test fail, so that nothing stale stays. Another test tries every ``tf.`` and ``tf2.`` name
in the advice (``tf`` is `tf1compat_wd` there, ``tf2`` is `tensorflow`).
"""

from typing import Literal, NamedTuple


class NotOffered(NamedTuple):
    """Why a name of TF1 is missing."""

    status: Literal["gone", "later"]
    """``later``: wanted and not written yet. ``gone``: no plan to."""
    reason: str
    """A sentence without its subject: "<name> ..."."""
    instead: str
    """A sentence saying what to use; empty if there is nothing."""


def _gone(reason: str, instead: str = "") -> NotOffered:
    return NotOffered("gone", reason, instead)


def _later(instead: str = "") -> NotOffered:
    return NotOffered("later", "isn't written yet in this version of tf1compat_wd", instead)


def _slim_imports(names: str, instead: str) -> dict[str, NotOffered]:
    row = _gone("was never slim's: slim only imported it for its own use", instead)
    return {f"tf.contrib.slim.{name}": row for name in names.split()}


_TPU = "drove TPUs through tf.estimator's sessions, and TensorFlow 2 drives them in another way"
_SCIKIT_LEARN = "Use scikit-learn, or tf.contrib.factorization.KMeans in a loop of your own."
_PROBABILITY = "moved to the package tensorflow_probability"
_ADDONS = "went to the package tensorflow_addons, whose development has ended"
_UNUSED = "was an experiment that ended with tf.contrib"
_KERAS_LOOP = "Write a training loop, or use tf.keras and its fit()."

NOT_OFFERED: dict[str, NotOffered] = {
    # ------------------------------------------------------------------ outside tf.contrib
    "tf.config.experimental_list_devices": _gone(
        "went with the devices' string names", "Use tf2.config.list_logical_devices(); each has a name."
    ),
    "tf.data.experimental.CheckpointInputPipelineHook": _gone(
        "went with tf.estimator", "Save the iterator in a tf.train.Checkpoint."
    ),
    "tf.data.experimental.MapVectorizationOptions": _gone("set an optimization that was dropped", "Leave it out."),
    "tf.data.experimental.StatsAggregator": _gone("collected statistics that were dropped", "Use tf2.profiler."),
    "tf.data.experimental.StatsOptions": _gone("collected statistics that were dropped", "Use tf2.profiler."),
    "tf.data.experimental.bytes_produced_stats": _gone("collected statistics that were dropped", "Use tf2.profiler."),
    "tf.data.experimental.latency_stats": _gone("collected statistics that were dropped", "Use tf2.profiler."),
    "tf.estimator": _later(
        "Give a model function of your own to tf.estimator.Estimator: tf.feature_column.input_layer, tf.layers and "
        "tf.losses are what the ready-made ones are built of."
    ),
    "tf.layers": _later(),
    "tf.layers.experimental": _gone("chose between TF1's and Keras's naming of layers; here it is always TF1's"),
    "tf.lite.experimental.get_potentially_supported_ops": _gone("was dropped from TensorFlow Lite"),
    "tf.lite.experimental.nn": _gone(
        "built recurrent cells for TensorFlow Lite's old converter", "The converter of today takes ordinary cells."
    ),
    "tf.pywrap_tensorflow": _gone(
        "was the generated interface to TensorFlow's C++, which is private and looks different today",
        "To read checkpoints, use tf.train.NewCheckpointReader.",
    ),
    "tf.tpu.experimental.AdagradParameters": _gone(_TPU, "Use tf2.tpu.experimental.embedding.Adagrad."),
    "tf.tpu.experimental.AdamParameters": _gone(_TPU, "Use tf2.tpu.experimental.embedding.Adam."),
    "tf.tpu.experimental.StochasticGradientDescentParameters": _gone(_TPU, "Use tf2.tpu.experimental.embedding.SGD."),
    # --------------------------------------------------------- tf.contrib: to be written
    "tf.contrib.crf": _gone(
        "had cells that its functions used themselves", "Call tf.contrib.crf.crf_decode or tf.contrib.crf.crf_log_norm."
    ),
    "tf.contrib.framework": _later("Much of it has moved to tf.train and tf.nest."),
    **{
        f"tf.contrib.{package}.{target}": _gone(
            "described the labels to tf.contrib.learn's estimators", f"Use tf.losses.{loss}."
        )
        for package in ("layers", "slim")
        for target, loss in (
            ("multi_class_target", "sparse_softmax_cross_entropy"),
            ("regression_target", "mean_squared_error"),
        )
    },
    **{
        f"tf.contrib.{name}": _gone(
            "was a layer of one field, image compression", "Use the package tensorflow_compression."
        )
        for name in ("layers.GDN", "layers.gdn", "slim.GDN", "slim.gdn", "slim.layers.GDN", "slim.layers.gdn")
    },
    **{
        f"tf.contrib.{package}.RevBlock": _gone("was a layer of the old Keras", "Use tf.contrib.layers.rev_block.")
        for package in ("layers", "slim")
    },
    **{
        f"tf.contrib.layers.{file}": _gone("was only the file of some layers", "Use tf.contrib.layers, which has them.")
        for file in ("feature_column", "summaries")
    },
    "tf.contrib.losses.metric_learning.cluster_loss": _gone(
        "searched for clusters step by step, and no program we counted uses it",
        "Use tf.contrib.losses.metric_learning.npairs_loss or another loss there.",
    ),
    "tf.contrib.metrics": _gone(
        "has some metrics that no program we counted uses", "Use one of tf.metrics, or compute it with NumPy."
    ),
    "tf.contrib.metrics.streaming_concat": _gone(
        "kept all values in a variable that grew", "Collect the values of each step in a list."
    ),
    "tf.contrib.opt": _gone(
        "has some optimizers that no program we counted uses",
        "Use one of tf.train, or tf.contrib.opt.AdamWOptimizer or tf.contrib.opt.LARSOptimizer.",
    ),
    **{
        f"tf.contrib.opt.{name}": _gone(
            "kept workers and parameter servers apart by hand", "Use tf.distribute, with an optimizer of tf.train."
        )
        for name in (
            "AGNCustomGetter",
            "AGNOptimizer",
            "DropStaleGradientOptimizer",
            "ElasticAverageCustomGetter",
            "ElasticAverageOptimizer",
            "ModelAverageCustomGetter",
            "ModelAverageOptimizer",
        )
    },
    "tf.contrib.opt.ExternalOptimizerInterface": _gone(
        "ran a session from inside another library's optimizer",
        "Give scipy.optimize.minimize a function that runs the session for tf.gradients(loss, variable).",
    ),
    "tf.contrib.opt.ScipyOptimizerInterface": _gone(
        "ran a session from inside scipy.optimize",
        "Give scipy.optimize.minimize a function that runs the session for tf.gradients(loss, variable).",
    ),
    "tf.contrib.slim.DataFrameColumn": _gone(
        "took a column from tf.contrib.learn's data frames", "Use tf.contrib.layers.real_valued_column."
    ),
    "tf.contrib.slim.InputLayer": _gone(
        "was a layer of tf.feature_column that slim only imported", "Use tf.contrib.layers.input_from_feature_columns."
    ),
    "tf.contrib.slim.ProblemType": _gone(
        "told tf.contrib.learn's estimators regression and classification apart", "Choose a loss of tf.losses."
    ),
    "tf.contrib.slim.binary_svm_target": _gone(
        "described the labels to tf.contrib.learn's estimators", "Use tf.losses.hinge_loss."
    ),
    "tf.contrib.slim.get_default_binary_metrics_for_eval": _gone(
        "gave the metrics of tf.contrib.learn's binary classifiers",
        "Use tf.metrics.accuracy, tf.metrics.auc, tf.metrics.precision_at_thresholds and "
        "tf.metrics.recall_at_thresholds.",
    ),
    "tf.contrib.slim.make_all": _gone(
        "was never slim's: slim imported the function that writes a module's __all__", "Write __all__ as a list."
    ),
    "tf.contrib.summary.create_db_writer": _gone(
        "wrote summaries into a database", "Use tf.contrib.summary.create_file_writer."
    ),
    "tf.contrib.summary.graph": _gone("takes a graph in TensorFlow 2 where it took a tensor", "Use tf2.summary.graph."),
    "tf.contrib.training": _gone(
        "filled batches through queues", "Use tf.data: Dataset.batch, tf.data.experimental.bucket_by_sequence_length."
    ),
    "tf.contrib.training.rejection_sample": _gone(
        "filled batches through queues", "Use tf.data.experimental.rejection_resample."
    ),
    "tf.contrib.training.resample_at_rate": _gone(
        "filled batches through queues", "Use tf.data.experimental.rejection_resample."
    ),
    "tf.contrib.training.stratified_sample": _gone(
        "filled batches through queues", "Use tf.data.experimental.rejection_resample."
    ),
    "tf.contrib.training.weighted_resample": _gone(
        "filled batches through queues", "Use tf.data.experimental.rejection_resample."
    ),
    # -------------------------------------------------------- tf.contrib: gone, by package
    "tf.contrib.autograph": _gone("moved to tf.autograph", "Use tf.autograph."),
    "tf.contrib.bayesflow": _gone(_PROBABILITY, "Use tensorflow_probability."),
    "tf.contrib.boosted_trees": _gone(
        "was replaced by the package tensorflow_decision_forests", "Use tensorflow_decision_forests."
    ),
    "tf.contrib.checkpoint": _gone(
        "became a matter of course: tf.Module and tf.train.Checkpoint follow lists and dictionaries by themselves",
        "Assign plain lists and dictionaries, and use tf.train.Checkpoint.",
    ),
    "tf.contrib.cloud": _gone("read from services of Google's cloud", "Use the package tensorflow-io."),
    "tf.contrib.compiler": _gone("was an early way to use XLA", "Use tf2.function(jit_compile=True)."),
    "tf.contrib.constrained_optimization": _gone("is a package of its own", "Use tensorflow_constrained_optimization."),
    "tf.contrib.copy_graph": _gone(
        "copied single operations between graphs", "Use tf.graph_util.extract_sub_graph and tf.import_graph_def."
    ),
    "tf.contrib.cudnn_rnn": _gone(
        "translated cuDNN's opaque variable into the variables of a checkpoint, and back",
        "Here tf.contrib.cudnn_rnn.CudnnLSTM and its kind have the variables of the checkpoint themselves; use "
        "tf.train.Saver.",
    ),
    "tf.contrib.data": _gone("moved to tf.data and tf.data.experimental, or was dropped", "Look there for the name."),
    "tf.contrib.data.CheckpointInputPipelineHook": _gone(
        "went with tf.estimator", "Save the iterator in a tf.train.Checkpoint."
    ),
    "tf.contrib.data.LMDBDataset": _gone("is part of the package tensorflow-io", "Use tensorflow-io."),
    "tf.contrib.data.assert_element_shape": _gone("was dropped", "Use dataset.map with tf.ensure_shape."),
    "tf.contrib.data.read_batch_features": _gone(
        "was renamed", "Use tf.data.experimental.make_batched_features_dataset."
    ),
    "tf.contrib.data.reduce_dataset": _gone("became a method", "Use dataset.reduce."),
    "tf.contrib.data.sliding_window_batch": _gone("became a method", "Use dataset.window and dataset.flat_map."),
    "tf.contrib.deprecated": _gone("was the summary API of TensorFlow 0.x", "Use tf.summary."),
    "tf.contrib.distribute": _gone("moved to tf.distribute and changed on the way", "Use tf.distribute."),
    "tf.contrib.distribute.AllReduceCrossDeviceOps": _gone(
        "was split", "Use tf.distribute.NcclAllReduce or tf.distribute.HierarchicalCopyAllReduce."
    ),
    "tf.contrib.distribute.CollectiveAllReduceStrategy": _gone(
        "was renamed", "Use tf2.distribute.MultiWorkerMirroredStrategy."
    ),
    "tf.contrib.distribute.MirroredStrategy": _gone(
        "took num_gpus= where its successor takes devices=", "Use tf.distribute.MirroredStrategy."
    ),
    "tf.contrib.distribute.ParameterServerStrategy": _gone(
        "changed its arguments", "Use tf.distribute.experimental.ParameterServerStrategy."
    ),
    "tf.contrib.distributions": _gone(
        _PROBABILITY, "tf.distributions has the commonest; for the others, use tensorflow_probability."
    ),
    "tf.contrib.eager": _gone(
        "was eager execution before it was finished", "Use tf.GradientTape, tf.function and tf.train.Checkpoint."
    ),
    **{
        f"tf.contrib.eager.{name}": _gone("saved and restored a Network", "Use tf.train.Checkpoint.")
        for name in ("restore_network_checkpoint", "restore_variables_on_create", "save_network_checkpoint")
    },
    **{
        f"tf.contrib.eager.{name}": _gone(
            "looked at each operation after it had run", "Use tf2.debugging.enable_check_numerics."
        )
        for name in (
            "ExecutionCallback",
            "add_execution_callback",
            "clear_execution_callbacks",
            "errstate",
            "inf_callback",
            "inf_nan_callback",
            "nan_callback",
            "seterr",
        )
    },
    **{
        f"tf.contrib.eager.{name}": _gone(
            "was for TensorFlow's own tests",
            "Write two tests: one as it is, and one inside of `with tf.Graph().as_default(), self.session():`.",
        )
        for name in ("run_all_tests_in_graph_and_eager_modes", "run_test_in_graph_and_eager_modes")
    },
    "tf.contrib.eager.EagerVariableStore": _gone(
        "kept the variables of tf.get_variable in eager mode", "Use tf.tracking.VariableTrackingScope."
    ),
    "tf.contrib.eager.Sequential": _gone("was replaced before TensorFlow 1.15", "Use tf.keras.Sequential."),
    "tf.contrib.eager.list_devices": _gone(
        "went with the devices' string names", "Use tf2.config.list_logical_devices(); each has a name."
    ),
    "tf.contrib.estimator": _gone("went with tf.estimator", _KERAS_LOOP),
    **{
        f"tf.contrib.factorization.{name}": _gone(
            "was one of tf.contrib's estimators for clustering and factorization, or a part of one", _SCIKIT_LEARN
        )
        for name in ("GMM", "GmmAlgorithm", "gmm", "KMeansClustering", "WALSMatrixFactorization", "WALSModel")
    },
    "tf.contrib.factorization.python": _gone("called kernels of its own, which went with tf.contrib", _SCIKIT_LEARN),
    "tf.contrib.feature_column": _gone("moved to tf.feature_column", "Use tf.feature_column."),
    "tf.contrib.feature_column.sequence_input_layer": _gone(
        "became a layer of the old Keras", "Use tf.feature_column's other columns, or tf.keras.layers.Embedding."
    ),
    "tf.contrib.ffmpeg": _gone("called ffmpeg", "Use tf.audio.decode_wav, or the package tensorflow-io."),
    "tf.contrib.gdr": _gone("needed network hardware that TensorFlow no longer supports", "Use tf.distribute."),
    "tf.contrib.graph_editor": _gone(
        "rewired finished graphs through private parts of TensorFlow that have changed",
        "Build the graph anew with tf.import_graph_def(..., input_map=...).",
    ),
    "tf.contrib.grid_rnn": _gone(_UNUSED, "Use the cells of tf.nn.rnn_cell."),
    "tf.contrib.image": _gone(_ADDONS, "Use tf.contrib.image.transform, OpenCV in tf.py_func, or scipy.ndimage."),
    "tf.contrib.input_pipeline": _gone(_UNUSED, "Use tf.data."),
    "tf.contrib.integrate": _gone(_PROBABILITY, "Use scipy.integrate, or tensorflow_probability's math.ode."),
    "tf.contrib.keras": _gone("moved to tf.keras", "Use tf.keras."),
    "tf.contrib.kernel_methods": _gone(_UNUSED, "Use scikit-learn's kernel_approximation."),
    "tf.contrib.labeled_tensor": _gone(_UNUSED, "Use the package xarray."),
    "tf.contrib.learn": _gone(
        "was tf.estimator's predecessor, deprecated in TensorFlow 1.4; there is no tf.estimator in TensorFlow 2.16 and "
        "later either",
        _KERAS_LOOP,
    ),
    "tf.contrib.linear_optimizer": _gone(_UNUSED, "Use tf.train.FtrlOptimizer, or scikit-learn's linear models."),
    "tf.contrib.lookup": _gone("moved to tf.lookup and changed on the way", "Use tf.lookup."),
    "tf.contrib.lookup.IdTableWithHashBuckets": _gone("was renamed", "Use tf.lookup.StaticVocabularyTable."),
    "tf.contrib.lookup.MutableHashTable": _gone("moved", "Use tf2.lookup.experimental.MutableHashTable."),
    "tf.contrib.memory_stats.BytesLimit": _gone(
        "asked the allocator how much it may use", "Use tf2.config.get_logical_device_configuration."
    ),
    "tf.contrib.mixed_precision": _gone(
        "was replaced", "Use tf.train.experimental.enable_mixed_precision_graph_rewrite."
    ),
    "tf.contrib.model_pruning": _gone("is a package of its own", "Use tensorflow_model_optimization."),
    "tf.contrib.mpi": _gone("needed a special build of TensorFlow", "Use tf.distribute, or the package horovod."),
    "tf.contrib.nccl": _gone("became private before TensorFlow 1.15", "Use tf.distribute.NcclAllReduce."),
    "tf.contrib.nn": _gone("held losses and activations that never moved to tf.nn", "Write it with tf.nn's functions."),
    "tf.contrib.nn.deprecated_flipped_sigmoid_cross_entropy_with_logits": _gone(
        "swapped two arguments", "Use tf.nn.sigmoid_cross_entropy_with_logits(labels=targets, logits=logits)."
    ),
    "tf.contrib.nn.deprecated_flipped_softmax_cross_entropy_with_logits": _gone(
        "swapped two arguments", "Use tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)."
    ),
    "tf.contrib.nn.deprecated_flipped_sparse_softmax_cross_entropy_with_logits": _gone(
        "swapped two arguments", "Use tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)."
    ),
    "tf.contrib.nn.nth_element": _gone("is an operation without a public name", "Use tf.nn.top_k or tf.sort."),
    "tf.contrib.optimizer_v2": _gone(
        "was a step between TF1's optimizers and Keras's", "Use the optimizer of the same name in tf.train."
    ),
    "tf.contrib.periodic_resample": _gone(_UNUSED, "Use tf.nn.depth_to_space, or tf.gather with computed indices."),
    "tf.contrib.predictor": _gone("served saved models from Python", "Use tf2.saved_model.load."),
    "tf.contrib.quantization": _gone("moved to tf.quantization", "Use tf.quantization."),
    "tf.contrib.quantize": _gone(
        "rewrote finished graphs through private parts of TensorFlow that have changed",
        "Use tensorflow_model_optimization, or tf.quantization.fake_quant_with_min_max_vars.",
    ),
    "tf.contrib.receptive_field": _gone("is a package of its own", "Use google-research's receptive_field."),
    "tf.contrib.recurrent": _gone(_UNUSED, "Use tf.nn.dynamic_rnn or tf.scan."),
    "tf.contrib.reduce_slice_ops": _gone(_UNUSED, "Use tf.math.segment_sum and its kind."),
    "tf.contrib.remote_fused_graph": _gone("needed hardware that is no longer supported", "Use tf.lite."),
    "tf.contrib.resampler": _gone(_ADDONS, "Use tf.gather_nd at the four neighbours and weigh them."),
    "tf.contrib.rpc": _gone("called servers from inside a graph", "Use grpc in tf.py_function."),
    "tf.contrib.saved_model": _gone("moved to Keras", "Use tf.keras.models.load_model and a model's save()."),
    "tf.contrib.solvers": _gone(_UNUSED, "Use tf2.linalg.experimental.conjugate_gradient, or tf.linalg.lstsq."),
    "tf.contrib.sparsemax": _gone(_ADDONS, "Write it with tf.sort and tf.cumsum."),
    "tf.contrib.specs": _gone(_UNUSED, "Write the layers out."),
    "tf.contrib.stat_summarizer": _gone("was a private part of TensorFlow's C++", "Use tf.profiler."),
    "tf.contrib.tensor_forest": _gone(
        "was replaced by the package tensorflow_decision_forests", "Use tensorflow_decision_forests."
    ),
    "tf.contrib.tensorboard": _gone(
        "moved to the package tensorboard", "Use tensorboard.plugins; here is tf.contrib.tensorboard.plugins.projector."
    ),
    "tf.contrib.testing": _gone("was for tf.contrib's own tests", "Use tf.test."),
    "tf.contrib.tfprof": _gone("moved to tf.profiler", "Use tf.profiler."),
    "tf.contrib.timeseries": _gone("went with tf.estimator", "Use tensorflow_probability's sts."),
    "tf.contrib.tpu": _gone(
        _TPU,
        "Without a TPU, write the training loop on the CPU or GPU. With one, use tf2.distribute.TPUStrategy.",
    ),
    "tf.contrib.util": _gone("was a drawer of small helpers", "Use tf.load_op_library and tf.resource_loader."),
    "tf.contrib.verbs": _gone("needed network hardware that TensorFlow no longer supports", "Use tf.distribute."),
    # ------------------------------------------------ modules that slim only imported
    **_slim_imports(
        "array_ops clip_ops control_flow_ops dtypes init_ops math_ops nn nn_ops ops random_ops "
        "resource_variable_ops sparse_ops sparse_tensor sparse_tensor_py string_ops tensor_shape variable_scope "
        "variables vars_ vs",
        "The public names are in tf.",
    ),
    **_slim_imports("checkpoint_utils optimizer_ train", "Use tf.train."),
    **_slim_imports("deprecation logging", "Use tf.logging."),
    **_slim_imports("experimental", "Leave the decorator out."),
    **_slim_imports("loader resource_loader", "Use tf.load_op_library and tf.resource_loader."),
    **_slim_imports("lookup", "Use tf.lookup."),
    **_slim_imports("moving_averages", "Use tf.train.ExponentialMovingAverage."),
    **_slim_imports("parsing_ops", "Use tf.io."),
    **_slim_imports("summary", "Use tf.summary."),
    **_slim_imports(
        "bucketization_op contrib_sparse_ops embedding_ops fc fc_core feature_column feature_column_ops "
        "gen_sparse_feature_cross_op rev_block_lib sparse_feature_cross_op target_column",
        "Use tf.feature_column and tf.nn.",
    ),
    **_slim_imports(
        "evaluation.evaluation evaluation.monitored_session evaluation.summary evaluation.tf_saver learning.training",
        "Use tf.train.",
    ),
    **_slim_imports("loss_ops", "Use tf.losses."),
    **_slim_imports("metric_ops", "Use tf.metrics."),
    **_slim_imports(
        "nets.alexnet.array_ops nets.alexnet.init_ops nets.alexnet.nn_ops nets.alexnet.variable_scope "
        "nets.overfeat.array_ops nets.overfeat.init_ops nets.overfeat.nn_ops nets.overfeat.variable_scope "
        "nets.resnet_utils.array_ops nets.resnet_utils.nn_ops nets.resnet_utils.ops nets.resnet_utils.variable_scope "
        "nets.resnet_v1.math_ops nets.resnet_v1.nn_ops nets.resnet_v1.variable_scope "
        "nets.resnet_v2.math_ops nets.resnet_v2.nn_ops nets.resnet_v2.variable_scope "
        "nets.vgg.array_ops nets.vgg.init_ops nets.vgg.nn_ops nets.vgg.variable_scope "
        "summaries.logging_ops summaries.nn summaries.ops summaries.summary",
        "The public names are in tf, tf.nn and tf.summary.",
    ),
    **_slim_imports(
        "parallel_reader.data_flow_ops parallel_reader.gfile parallel_reader.io_ops parallel_reader.math_ops "
        "parallel_reader.ops parallel_reader.queue_runner parallel_reader.summary parallel_reader.tf_dtypes "
        "parallel_reader.tf_input prefetch_queue.data_flow_ops prefetch_queue.math_ops prefetch_queue.ops "
        "prefetch_queue.queue_runner prefetch_queue.summary queues.coordinator queues.ops",
        "The public names are in tf, tf.gfile, tf.queue and tf.train.",
    ),
    **_slim_imports(
        "learning.clip_ops learning.config_pb2 learning.constant_op learning.control_flow_ops learning.errors "
        "learning.file_io learning.logging learning.lookup_ops learning.math_ops learning.ops learning.summary "
        "learning.supervisor learning.sync_replicas_optimizer learning.tf_optimizer learning.tf_saver "
        "learning.timeline learning.training_util learning.variables",
        "The public names are in tf and tf.train.",
    ),
    **_slim_imports(
        "tfexample_decoder.array_ops tfexample_decoder.control_flow_ops tfexample_decoder.dtypes "
        "tfexample_decoder.image_ops tfexample_decoder.map_fn tfexample_decoder.math_ops "
        "tfexample_decoder.parsing_ops tfexample_decoder.sparse_ops tfexample_decoder.sparse_tensor",
        "The public names are in tf, tf.image and tf.io.",
    ),
}

BEFORE_1_0: dict[str, str] = {
    "tf.all_candidate_sampler": "tf.nn.all_candidate_sampler",
    "tf.audio_summary": "tf.summary.audio",
    "tf.batch_cholesky": "tf.cholesky",
    "tf.batch_cholesky_solve": "tf.cholesky_solve",
    "tf.batch_fft": "tf.fft",
    "tf.batch_ifft": "tf.ifft",
    "tf.batch_matmul": "tf.matmul",
    "tf.batch_matrix_band_part": "tf.matrix_band_part",
    "tf.batch_matrix_determinant": "tf.matrix_determinant",
    "tf.batch_matrix_diag": "tf.matrix_diag",
    "tf.batch_matrix_diag_part": "tf.matrix_diag_part",
    "tf.batch_matrix_inverse": "tf.matrix_inverse",
    "tf.batch_matrix_set_diag": "tf.matrix_set_diag",
    "tf.batch_matrix_solve": "tf.matrix_solve",
    "tf.batch_matrix_solve_ls": "tf.matrix_solve_ls",
    "tf.batch_matrix_transpose": "tf.matrix_transpose",
    "tf.batch_matrix_triangular_solve": "tf.matrix_triangular_solve",
    "tf.batch_self_adjoint_eig": "tf.self_adjoint_eig",
    "tf.batch_svd": "tf.svd",
    "tf.complex_abs": "tf.abs",
    "tf.concat_v2": "tf.concat",
    "tf.histogram_summary": "tf.summary.histogram",
    "tf.image.per_image_whitening": "tf.image.per_image_standardization",
    "tf.image_summary": "tf.summary.image",
    "tf.inv": "tf.reciprocal",
    "tf.listdiff": "tf.setdiff1d",
    "tf.merge_all_summaries": "tf.summary.merge_all",
    "tf.merge_summary": "tf.summary.merge",
    "tf.mul": "tf.multiply",
    "tf.neg": "tf.negative",
    "tf.nn.bidirectional_rnn": "tf.nn.static_bidirectional_rnn",
    "tf.nn.deconv2d": "tf.nn.conv2d_transpose",
    "tf.nn.rnn": "tf.nn.static_rnn",
    "tf.nn.seq2seq": "tf.contrib.legacy_seq2seq",
    "tf.nn.state_saving_rnn": "tf.nn.static_state_saving_rnn",
    "tf.pack": "tf.stack",
    "tf.scalar_summary": "tf.summary.scalar",
    "tf.select": "tf.where",
    "tf.sparse_split_v2": "tf.sparse_split",
    "tf.split_v": "tf.split",
    "tf.sub": "tf.subtract",
    "tf.train.SummaryWriter": "tf.summary.FileWriter",
    "tf.unpack": "tf.unstack",
}
"""Names that TensorFlow 1.0 renamed: programs that still mention them usually ask for the version first."""


def reason_for(full_name: str) -> tuple[str, NotOffered] | None:
    """The row that speaks for `full_name`, and its name: `full_name` itself or the nearest module above it with one."""
    name = full_name
    while name:
        if name in NOT_OFFERED:
            return name, NOT_OFFERED[name]
        name = name.rpartition(".")[0]
    return None
