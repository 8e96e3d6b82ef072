"""Flags that go together, as one value: a command takes a dataclass whose fields are its flags.

Typer makes a flag of each parameter and knows no groups; `spread` shows it the fields instead.

    @spread
    def cancel(file: str, *, run: RunFlags): ...
"""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Any


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """`command`, with each parameter that is a dataclass spread into that one's fields.

    A field's annotation says which flag it is, as a parameter's would; its default is the flag's.
    """
    signature = inspect.signature(command)
    groups: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if is_dataclass(parameter.annotation)
    }
    parameters: list[inspect.Parameter] = []
    for name, parameter in signature.parameters.items():
        if name in groups:
            parameters += map(_parameter, fields(groups[name]))
        else:
            parameters.append(parameter)

    @wraps(command)
    def gathering(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{each.name: given.pop(each.name) for each in fields(group)})
        command(**given)

    gathering.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # read by inspect
    gathering.__annotations__ = {each.name: each.annotation for each in parameters}
    return gathering


def _parameter(field: Field[Any]) -> inspect.Parameter:
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if field.default is MISSING else field.default,
        annotation=field.type,
    )
