"""The local cloud as a library: `with local_cloud(LocalOptions(...)) as cloud: ...`."""

from emulators.cloud.faults import CannotStart, PartEnded
from emulators.cloud.options import ALL, EMULATORS, LocalOptions
from emulators.cloud.run import local_cloud
from emulators.cloud.running import LocalCloud

__all__ = ["ALL", "EMULATORS", "CannotStart", "LocalCloud", "LocalOptions", "PartEnded", "local_cloud"]
