# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which inventory hosts form a topology, and how to connect to each from within one task.

Internal to the collection: no promise of stability between releases.

Members' connection settings come from their own host and group variables (ansible.md 3). Everything here runs in the main
thread of the task: templating is not safe in others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._rules.declared import VARIABLE, Declared, parse
from ._values import plain

GROUP = "entra_connect"
TOPOLOGY_VARIABLE = "entra_connect_topology"
FAILING_FACT = "failover_declared_out"  # what failover declares out, for its own run


class MemberError(ValueError):
    """The inventory does not say who belongs together; the text says what to write."""


def members_of(host: str, task_vars: Mapping[str, Any]) -> list[str]:
    """Names of all servers of the topology that ``host`` belongs to, sorted.

    Raises:
        MemberError: no group ``entra_connect``, or the host is not in it.
    """
    group = group_members(task_vars)
    if host not in group:
        raise MemberError(f"{host} is not in the inventory group '{GROUP}'; its members are {', '.join(group)}")
    mine = topology_name(host, task_vars)
    return [name for name in group if topology_name(name, task_vars) == mine]


def group_members(task_vars: Mapping[str, Any]) -> list[str]:
    """Names of all declared servers, of every topology, sorted.

    Raises:
        MemberError: the inventory has no group ``entra_connect``, or it is empty.
    """
    groups = task_vars.get("groups") or {}
    group = sorted(plain(name) for name in groups.get(GROUP, []))
    if not group:
        raise MemberError(f"the inventory has no group '{GROUP}' with servers in it; put all Entra Connect servers of the tenant there")
    return group


def declared_out(host: str, task_vars: Mapping[str, Any]) -> dict[str, Declared]:
    """The servers of the host's topology that are declared out, by the variable, and by ``failover`` for its own run.

    Raises:
        MemberError: the variable cannot be meant, or nobody is left.
    """
    of_host = task_vars["hostvars"][host]
    found: dict[str, Declared] = {}
    for variable in (VARIABLE, FAILING_FACT):
        declared, sentences = parse(plain(of_host.get(variable)), group_members(task_vars), variable)
        if sentences:
            raise MemberError(". ".join(sentences))
        found.update(declared)
    members = members_of(host, task_vars)
    out = {name: each for name, each in sorted(found.items()) if name in members}
    if len(out) == len(members):
        raise MemberError(f"{VARIABLE} declares out every server of topology '{topology_name(host, task_vars)}'; one has to be left")
    return out


def topology_name(host: str, task_vars: Mapping[str, Any]) -> str:
    """The topology that a host belongs to: its variable ``entra_connect_topology``, by default all of the group are one."""
    hostvars = task_vars["hostvars"]
    # asked first: an unknown host raises or gives an undefined object, depending on the core (ansible.md 3)
    value = hostvars[host].get(TOPOLOGY_VARIABLE) if host in hostvars else None
    return str(plain(value)) if value else GROUP


def peer_connection(action: Any, name: str, task_vars: Mapping[str, Any]) -> Any:
    """A connection plugin for another inventory host, set up as Ansible would for a task of its own.

    Raises:
        MemberError: the host is not in the inventory.
    """
    from ansible import constants as C  # noqa: N812
    from ansible.plugins.loader import connection_loader

    hostvars = task_vars["hostvars"]
    if name not in hostvars:
        raise MemberError(f"{name} is not in the inventory; write a name from the group '{GROUP}'")
    of_peer = hostvars[name]
    kind = str(plain(of_peer.get("ansible_connection") or action._task.connection))
    context = action._play_context.copy()
    context.remote_addr = plain(of_peer.get("ansible_host") or name)
    connection = connection_loader.get(kind, context, "/dev/null")
    if connection is None:
        raise MemberError(f"{name}: there is no connection plugin '{kind}'; write ansible_connection: psrp or winrm")
    wanted = C.config.get_plugin_vars("connection", connection._load_name)
    options = {key: of_peer[key] for key in wanted if key in of_peer}
    options.setdefault("inventory_hostname", name)
    if getattr(connection, "allow_extras", False):  # cores before 2.19 hand on undocumented settings so
        prefix = f"ansible_{connection.extras_prefix}_"
        options["_extras"] = {key: of_peer[key] for key in of_peer if key.startswith(prefix) and key not in options}
    task_keys = action._task.dump_attrs()
    task_keys.pop("retries", None)
    task_keys["timeout"] = context.timeout
    if getattr(context, "password", None):
        task_keys["password"] = context.password  # the only place where AWX puts a machine credential (ansible.md 9.1)
    connection.set_options(task_keys=task_keys, var_options=options)
    return connection


def play_variables(host: str, connection_name: str, task_vars: Mapping[str, Any]) -> list[str]:
    """Connection settings of ``host`` that only its own tasks see: other members cannot have got them (design, section 4)."""
    from ansible import constants as C  # noqa: N812

    if host not in task_vars["hostvars"]:
        return []
    seen_by_all = task_vars["hostvars"][host]
    found: set[str] = set()
    for option in C.config.get_configuration_definitions("connection", connection_name).values():
        names = [each["name"] for each in option.get("vars", [])]
        if not any(name in seen_by_all for name in names):
            # Ansible adds some of its own accord, with the value in force: the default, or that of another name of the same option
            found.update(name for name in names if name in task_vars and task_vars[name] != option.get("default"))
    return sorted(found)
