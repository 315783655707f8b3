"""What is tried a little with every run, and wholly among the long proofs."""

from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy


def drawn(few: int, many: int, **strategies: SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """Try a test with so many examples of these each time, and with many where it is a long proof.

    What a test takes that is no strategy is a fixture; it is the same for all examples.
    """

    def decorate(body: Callable[..., None]) -> Any:
        def trying(examples: int, **fixtures: Any) -> None:
            @settings(max_examples=examples, suppress_health_check=list(HealthCheck), deadline=None)
            @given(**strategies)
            def once(**values: Any) -> None:
                body(**fixtures, **values)

            once()

        asked = [name for name in signature(body).parameters if name not in strategies]
        parameters = [Parameter(name, Parameter.KEYWORD_ONLY) for name in ("examples", *asked)]
        trying.__name__, trying.__doc__, trying.__module__ = body.__name__, body.__doc__, body.__module__
        trying.__signature__ = signature(body).replace(parameters=parameters)  # type: ignore[attr-defined]
        chosen = [few, pytest.param(many, marks=pytest.mark.slow)]
        return pytest.mark.parametrize("examples", chosen)(trying)

    return decorate


def some(values: Iterable[Any], one_in: int) -> list[Any]:
    """Return values for a test of what is alike for all: one in so many is tried each time, the others are slow."""
    return [
        pytest.param(value, marks=pytest.mark.slow if number % one_in else ()) for number, value in enumerate(values)
    ]
