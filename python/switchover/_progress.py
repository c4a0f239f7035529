"""A bar of tqdm for an experiment, where it is there."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Optional, Union

Told = Callable[[int], object]


@contextmanager
def showing(
    progress: Union[bool, Told, None], total: Optional[int]
) -> Iterator[Optional[Told]]:
    """Who is told how many replications are done."""
    if callable(progress):
        yield progress
        return
    bar = _bar(progress, total)
    if bar is None:
        yield None
        return
    with bar:
        yield lambda done: bar.update(done - bar.n)
        if total is not None:
            bar.update(total - bar.n)


def _bar(wanted: Optional[bool], total: Optional[int]) -> Any:
    if wanted is False or (wanted is None and not _is_seen()):
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        if wanted:
            raise
        return None
    return tqdm(total=total, unit=" replications", leave=False)


def _is_seen() -> bool:
    """Whether somebody looks: at a terminal, or at a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return hasattr(shell, "kernel") or (sys.stderr is not None and sys.stderr.isatty())
