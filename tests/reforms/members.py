"""Somebody who is in one group only, and tries what that allows through the admin."""

from django.contrib.auth.models import Group, User
from django.urls import reverse

from reforms.histories import versions
from reforms.models import Proposal
from reforms.opened import seal
from reforms.proposing import fingerprint
from reforms.touching import changed_by
from sources.models import ChangeSet
from tests.admin_forms import errors, new_row, opened
from tests.reforms.conftest import browser


def at(record, view):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{view}", args=[record.pk])


def adding(kind, app="reforms"):
    return reverse(f"admin:{app}_{kind}_add")


class Member:
    """Somebody who is in one group only. `helper` opens the forms that this one does not get."""

    def __init__(self, group, helper):
        self.user = User.objects.create_user(f"{group}-only", is_staff=True)
        self.user.groups.add(Group.objects.get(name=group))
        self.client, self.helper = browser(self.user), helper

    def page(self, address):
        response = self.client.get(address)
        assert response.status_code in (200, 403), (address, response.status_code)
        return response.content.decode() if response.status_code == 200 else ""

    def posts(self, address, data, *, offered):
        """Post it, whether or not a page offers it. Return the cell; what was not offered must be refused with 403."""
        before, proposals = ChangeSet.objects.count(), Proposal.objects.count()
        response = self.client.post(address, data)
        if response.status_code == 403:
            assert not offered
            assert ChangeSet.objects.count() == before
            return "no"
        assert response.status_code == 302, errors(response)
        assert offered
        made = ChangeSet.objects.first()
        assert (ChangeSet.objects.count(), made.by) == (before + 1, self.user)
        if Proposal.objects.count() == proposals:
            return "yes"
        assert {count.label for count in changed_by(made).counts} == {"proposals"}
        return "as a proposal"

    def fills(self, address, *rows, offers='name="_save"', **fields):
        """Fill in the form at `address`. `rows`: (inline, its values) of new rows; `offers`: what only the form has."""
        data = opened(self.helper, address) | fields
        for inline, values in rows:
            data = new_row(data, inline, **values)
        return self.posts(address, data, offered=offers in self.page(address))

    def changes(self, record, **fields):
        return self.fills(at(record, "change"), **fields)

    def deletes(self, record):
        offered = "deletelink" in self.page(at(record, "change"))
        return self.posts(at(record, "delete"), {"post": "yes"}, offered=offered)

    def goes(self, claim, way, **more):
        """Take a claim one way on its review page; its action in the list must be offered alike."""
        address = reverse("admin:reforms_claim_review", args=[claim.pk])
        offered = f'name="way" value="{way}"' in self.page(address)
        if way not in ("merge", "clear"):
            assert (f'value="{way}_selected"' in self.page(reverse("admin:reforms_claim_changelist"))) == offered
        return self.posts(address, {"seen": seal(claim), "way": way, "reason": "Read it.", **more}, offered=offered)

    def answers(self, proposal, answer):
        data = {"seen": fingerprint(proposal), "answer": answer, "reason": "Read it."}
        offered = f'name="answer" value="{answer}"' in self.page(at(proposal, "change"))
        return self.posts(at(proposal, "change"), data, offered=offered)

    def restores(self, record, **fields):
        """Change a record, and bring back the state before."""
        before = versions(record)[-1].change_set.pk
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        offered = f'name="version" value="{before}"' in self.page(at(record, "history"))
        return self.posts(at(record, "history"), {"version": before, "opened": seal(record)}, offered=offered)
