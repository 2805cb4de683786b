"""From a plan pack to the ledger (载入数据包): all or nothing, and as often as one likes.

A record that is not there is entered; one that the pack entered and a newer pack tells otherwise gets
a new version; one that people have changed since is theirs and stays. What is printed is entered
as printed: no progress, no value, no duty is invented.
"""

from qingshan.plans.loading.catalogue import load_catalogue
from qingshan.plans.loading.pack import Loaded, compare_pack, load_pack
from qingshan.plans.loading.upsert import Outcome, Told

__all__ = ["Loaded", "Outcome", "Told", "compare_pack", "load_catalogue", "load_pack"]
