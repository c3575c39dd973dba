"""What TensorFlow's profiler wrote, counted."""

import collections
import pathlib

from tensorflow.tsl.profiler.protobuf import xplane_pb2


def copies(folder):
    """How often something was copied to and from GPUs: by the kind of copy, "MemcpyH2D" from the host for one."""
    return collections.Counter(
        kind
        for name in events(folder, "/device:GPU")
        for kind in ("MemcpyH2D", "MemcpyD2H", "MemcpyD2D")
        if kind in name
    )


def events(folder, plane_prefix):
    """The names of all events on the planes (devices, the host's threads) whose names begin so."""
    (path,) = pathlib.Path(folder).rglob("*.xplane.pb")
    space = xplane_pb2.XSpace.FromString(path.read_bytes())
    for plane in space.planes:
        if plane.name.startswith(plane_prefix):
            for line in plane.lines:
                for event in line.events:
                    yield plane.event_metadata[event.metadata_id].name
