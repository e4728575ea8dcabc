# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real code of a run in one process, on the model, in virtual time; and what goes wrong at each of its requests.

Real: roles and playbooks as they are written, actions, flows, rules, results, reports. Simulated: Ansible's engine (`interpreter`), the
connection (`wire`: direct calls of the functions' Python twins, none of PowerShell and none of a network), time (`virtual_time`).
"""
