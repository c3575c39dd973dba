"""What our emulation costs, as ratios to the same work handwritten in TF2, or to TensorFlow's own ``compat.v1``.

Run by hand, not by pytest::

    python -m tests.benchmarks                 # everything: about fifteen minutes on two busy cores
    python -m tests.benchmarks core steps      # some of it
    python -m tests.benchmarks --dry core      # print, and write nothing

Each run appends its figures to RESULTS.md. `measuring` says how times are taken, `programs` holds the model that is
written twice, and each other module is one benchmark: it has a ``run(report)``.
"""
