"""Simulates what an outage does to the agents of a contact centre.

The engine and the numbers are those of the program `switchover` of the same version::

    from switchover import Scenario

    scenario = Scenario.read("scenario.toml")
    print(scenario.run().text)
"""

from ._charts import Chart
from ._compared import Between, Comparison, Contrast
from ._engine import VERSION as __version__
from ._errors import EndlessError, ReadError, ScenarioError, SwitchoverError, UsageError
from ._findings import Finding
from ._headroom import Edge, Headroom, Tried
from ._results import Estimate, Estimates, Run
from ._scenario import Scenario, Value
from ._swept import Point, Shift, Sweep
from ._tables import Table, Tables

__all__ = [
    "Between",
    "Chart",
    "Comparison",
    "Contrast",
    "Edge",
    "EndlessError",
    "Estimate",
    "Estimates",
    "Finding",
    "Headroom",
    "Point",
    "ReadError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Shift",
    "Sweep",
    "SwitchoverError",
    "Table",
    "Tables",
    "Tried",
    "UsageError",
    "Value",
    "__version__",
]
