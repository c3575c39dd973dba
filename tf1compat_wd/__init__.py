"""TensorFlow 1's API on today's TensorFlow: ``import tf1compat_wd as tf``.

Below stands what is ours at the root, by topic. All else that TF1 had comes on demand (`_namespace` says from where):
modules such as `tf.train`, and what `tensorflow.compat.v1` still does as TF1 did. The one name that TF1 didn't have is
`tf.tracking`: start reading there.

`tf.VERSION` and `tf.__version__` are those of the TensorFlow installed, as in `tensorflow.compat.v1`: programs ask for
them to choose between ways of calling TensorFlow, and it is TensorFlow which will be called. Our own is
``importlib.metadata.version("tf1compat-wd")``.
"""

# The version of TensorFlow
from tensorflow.compat.v1 import __compiler_version__ as __compiler_version__
from tensorflow.compat.v1 import __cxx11_abi_flag__ as __cxx11_abi_flag__
from tensorflow.compat.v1 import __git_version__ as __git_version__
from tensorflow.compat.v1 import __monolithic_build__ as __monolithic_build__
from tensorflow.compat.v1 import __version__ as __version__

from tf1compat_wd import _namespace

# What is ours and not TF1's
from tf1compat_wd import tracking as tracking

# Checking for NaN and infinity
from tf1compat_wd._check_numerics import add_check_numerics_ops as add_check_numerics_ops

# Branches, and loops whose body is built once
from tf1compat_wd._core.control_flow import case as case
from tf1compat_wd._core.control_flow import cond as cond
from tf1compat_wd._core.control_flow import foldl as foldl
from tf1compat_wd._core.control_flow import foldr as foldr
from tf1compat_wd._core.control_flow import map_fn as map_fn
from tf1compat_wd._core.control_flow import scan as scan
from tf1compat_wd._core.control_flow import while_loop as while_loop

# Derivatives
from tf1compat_wd._core.gradients import gradients as gradients
from tf1compat_wd._core.gradients import hessians as hessians

# Collections
from tf1compat_wd._core.graph_collections import GraphKeys as GraphKeys
from tf1compat_wd._core.graph_collections import add_to_collection as add_to_collection
from tf1compat_wd._core.graph_collections import add_to_collections as add_to_collections
from tf1compat_wd._core.graph_collections import get_collection as get_collection
from tf1compat_wd._core.graph_collections import get_collection_ref as get_collection_ref

# Name scopes
from tf1compat_wd._core.name_scope import name_scope as name_scope
from tf1compat_wd._core.name_scope import op_scope as op_scope

# How a variable is cut into shards
from tf1compat_wd._core.partitioners import fixed_size_partitioner as fixed_size_partitioner
from tf1compat_wd._core.partitioners import min_max_variable_partitioner as min_max_variable_partitioner
from tf1compat_wd._core.partitioners import variable_axis_size_partitioner as variable_axis_size_partitioner

# Devices
from tf1compat_wd._core.placement import device as device

# get_variable and its scopes
from tf1compat_wd._core.scope_state import AUTO_REUSE as AUTO_REUSE
from tf1compat_wd._core.scope_state import VariableScope as VariableScope

# Sessions and what only they can do
from tf1compat_wd._core.sessions import InteractiveSession as InteractiveSession
from tf1compat_wd._core.sessions import Session as Session
from tf1compat_wd._core.sessions import placeholder as placeholder
from tf1compat_wd._core.sessions import placeholder_with_default as placeholder_with_default
from tf1compat_wd._core.sessions import reset_default_graph as reset_default_graph
from tf1compat_wd._core.sessions import sparse_placeholder as sparse_placeholder

# Functions that own their variables
from tf1compat_wd._core.template import make_template as make_template
from tf1compat_wd._core.variable_scope import create_partitioned_variables as create_partitioned_variables
from tf1compat_wd._core.variable_scope import get_local_variable as get_local_variable
from tf1compat_wd._core.variable_scope import get_variable as get_variable
from tf1compat_wd._core.variable_scope import get_variable_scope as get_variable_scope
from tf1compat_wd._core.variable_scope import no_regularizer as no_regularizer
from tf1compat_wd._core.variable_scope import variable_op_scope as variable_op_scope
from tf1compat_wd._core.variable_scope import variable_scope as variable_scope

# Variables, lists of them, and their first values
from tf1compat_wd._core.variables import Variable as Variable
from tf1compat_wd._core.variables import all_variables as all_variables
from tf1compat_wd._core.variables import assert_variables_initialized as assert_variables_initialized
from tf1compat_wd._core.variables import global_variables as global_variables
from tf1compat_wd._core.variables import global_variables_initializer as global_variables_initializer
from tf1compat_wd._core.variables import initialize_all_variables as initialize_all_variables
from tf1compat_wd._core.variables import initialize_local_variables as initialize_local_variables
from tf1compat_wd._core.variables import initialize_variables as initialize_variables
from tf1compat_wd._core.variables import is_variable_initialized as is_variable_initialized
from tf1compat_wd._core.variables import local_variables as local_variables
from tf1compat_wd._core.variables import local_variables_initializer as local_variables_initializer
from tf1compat_wd._core.variables import model_variables as model_variables
from tf1compat_wd._core.variables import moving_average_variables as moving_average_variables
from tf1compat_wd._core.variables import report_uninitialized_variables as report_uninitialized_variables
from tf1compat_wd._core.variables import trainable_variables as trainable_variables
from tf1compat_wd._core.variables import variable_creator_scope as variable_creator_scope
from tf1compat_wd._core.variables import variables_initializer as variables_initializer

# Sums and norms
from tf1compat_wd._math_ops import add_n as add_n
from tf1compat_wd._math_ops import clip_by_global_norm as clip_by_global_norm
from tf1compat_wd._math_ops import global_norm as global_norm

# Values to begin with
from tf1compat_wd.initializers import constant as constant_initializer  # noqa: F401 (TF1 has two names for it)

# TF1's modules, and every other name of TF1
__getattr__, __dir__ = _namespace.names_of(__name__)
_namespace.make_empty_modules(__path__)
