"""Roles and capabilities as data: what the files must say, and what the loader refuses."""

from __future__ import annotations

import pytest

from qingshan.accounts.roles import BadRoles, Reach, capabilities, read_capabilities, read_roles, roles

KNOWN = read_capabilities("""
plans.view: {business: true, label: 查看}
audit.view: {business: false, label: 审计}
""")
ROLE = "label: 某, english: Some, purpose: 用途, reach: district"


class TestOurFiles:
    def test_every_role_of_the_house_is_there(self):
        assert list(roles()) == [
            "leader",
            "planner",
            "department_officer",
            "township_officer",
            "evaluator",
            "monitoring",
            "enforcement",
            "system_admin",
            "security_admin",
            "audit_admin",
        ]

    def test_every_capability_is_held_by_some_role(self):
        assert {one for role in roles().values() for one in role.may} == set(capabilities())

    def test_the_three_administrators_share_nothing(self):
        three = [role for role in roles().values() if role.administrator]
        held = [capability for role in three for capability in role.may]

        assert len(three) == 3
        assert len(held) == len(set(held))

    def test_no_administrator_touches_business_data(self):
        for role in roles().values():
            if role.administrator:
                assert not [one for one in role.may if capabilities()[one].business]

    def test_who_makes_accounts_cannot_grant_roles(self):
        for role in roles().values():
            assert not {"accounts.manage", "roles.grant"} <= set(role.may)


class TestTheLoader:
    @pytest.mark.parametrize(
        "text",
        [
            "some: {ROLE, may: [plans.fly]}".replace("ROLE", ROLE),
            "some: {ROLE, may: [plans.view, plans.view]}".replace("ROLE", ROLE),
            "some: {ROLE, may: [audit.view], administrators: true}".replace("ROLE", ROLE),
            "some: {label: 某, purpose: 用途, reach: district, may: []}",
            "some: {ROLE, may: [plans.view], administrator: true}".replace("ROLE", ROLE),
            "some: {ROLE, may: [{plans.view: nearby}]}".replace("ROLE", ROLE),
            "some: {ROLE, may: []}\nsome: {ROLE, may: []}".replace("ROLE", ROLE),
            "- some",
        ],
        ids=[
            "unknown capability",
            "capability twice",
            "unknown word",
            "missing word",
            "administrator with business",
            "unknown reach",
            "role twice",
            "no mapping",
        ],
    )
    def test_it_refuses(self, text):
        with pytest.raises(BadRoles):
            read_roles(text, KNOWN)

    def test_a_capability_may_reach_less_than_its_role(self):
        role = read_roles(
            "some: {ROLE, may: [plans.view, {audit.view: department}]}".replace("ROLE", ROLE), KNOWN
        )["some"]

        assert role.may == {"plans.view": Reach.DISTRICT, "audit.view": Reach.DEPARTMENT}
        assert role.needs_department

    @pytest.mark.parametrize("text", ["plans: {business: true, label: 某}", "plans.view: {label: 某}", "[1]"])
    def test_it_refuses_a_bad_capability(self, text):
        with pytest.raises(BadRoles):
            read_capabilities(text)
