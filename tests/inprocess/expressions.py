# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates of our YAML files, by Jinja2's own environment: a lone expression keeps its type, everything else is text."""

from __future__ import annotations

import json
import os.path
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2.nativetypes import NativeEnvironment
from jinja2.runtime import Context
from jinja2.utils import missing

SCOPE = "_scope"
OMIT = "__omit_this_option__"
_LONE = re.compile(r"\s*\{\{(.*)\}\}\s*\Z", re.S)


class Undefined(jinja2.StrictUndefined):
    """As Ansible's: a part of what is undefined is undefined too, and using it fails."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _key: Any) -> Any:
        return self


class _Scoped(Context):
    """Looks a name up in our scope when it is used, so that nothing is computed that no expression asks for."""

    def resolve_or_missing(self, key: str) -> Any:
        if key in self.vars:
            return self.vars[key]
        value = self.parent[SCOPE].lookup(key)
        return self.parent.get(key, missing) if value is missing else value


def _failed(result: Mapping[str, Any]) -> bool:
    return bool(result.get("failed"))


def _changed(result: Mapping[str, Any]) -> bool:
    return bool(result.get("changed"))


def _skipped(result: Mapping[str, Any]) -> bool:
    return bool(result.get("skipped"))


def _difference(one: Iterable[Any], two: Iterable[Any]) -> list[Any]:
    without = list(two)
    return [each for each in dict.fromkeys(one) if each not in without]


def _union(one: Iterable[Any], two: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys([*one, *two]))


def _combine(*parts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


def _bool(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "yes", "on", "y", "t")


_ENVIRONMENT = jinja2.Environment(undefined=Undefined, autoescape=False)  # noqa: S701 - no HTML
_NATIVE = NativeEnvironment(undefined=Undefined)
for _each in (_ENVIRONMENT, _NATIVE):
    _each.context_class = _Scoped
    _each.tests |= {"failed": _failed, "changed": _changed, "skipped": _skipped, "succeeded": lambda result: not _failed(result)}
    _each.filters |= {"difference": _difference, "union": _union, "combine": _combine, "bool": _bool, "to_json": json.dumps}
    _each.filters |= {"expanduser": os.path.expanduser, "realpath": os.path.realpath}


@cache
def _expression(text: str) -> Callable[..., Any]:
    return _ENVIRONMENT.compile_expression(text, undefined_to_none=False)


@cache
def _compiled(text: str) -> Callable[..., Any]:
    lone = _LONE.match(text)
    if lone and "{{" not in lone[1]:
        return _expression(lone[1].strip())
    return _ENVIRONMENT.from_string(text).render


def render(value: Any, scope: Any) -> Any:
    """The value with every template in it computed.

    Raises:
        jinja2.UndefinedError: a name is not defined.
    """
    if isinstance(value, str):
        return _defined(_compiled(value)(**{SCOPE: scope}), value) if "{{" in value or "{%" in value else value
    if isinstance(value, dict):
        return {render(key, scope): render(item, scope) for key, item in value.items()}
    if isinstance(value, list):
        return [render(item, scope) for item in value]
    return value


def condition(given: Any, scope: Any) -> bool:
    """Whether all conditions hold; text is an expression, a list is all of them.

    Raises:
        TypeError: one gives no true or false, which Ansible would not take either.
    """
    for each in given if isinstance(given, list) else [given]:
        value = each if isinstance(each, bool) else _defined(_expression(each)(**{SCOPE: scope}), each)
        if not isinstance(value, bool):
            raise TypeError(f"the condition {each!r} gives {value!r}, no true or false")
        if not value:
            return False
    return True


def _defined(value: Any, text: str) -> Any:
    if isinstance(value, jinja2.Undefined):
        raise jinja2.UndefinedError(f"undefined in {text!r}")
    return value
