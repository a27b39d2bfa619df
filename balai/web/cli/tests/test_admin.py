"""The first person of a hub."""

from balai.people.accounts import codes
from balai.people.models import Account

from .conftest import Shell


def test_an_admin_gets_a_code_and_the_nation(balai: Shell) -> None:
    told = balai.json("admin", "create", "--name", "Dra. Wulan Sari", "--phone", "0812-3456-7890")
    account = Account.objects.get(username=told["username"])
    assert (told["username"], account.phone, account.has_usable_password()) == ("wulan.sari", "+6281234567890", False)
    assert account.person.reach.prefixes("admin") == [""]
    assert codes.find(told["code"]).person == account.person
    assert told["link"] == f"http://testserver/k/{told['code']}"


def test_a_taken_user_name_is_refused(balai: Shell) -> None:
    balai.json("admin", "create", "--name", "Wulan Sari", "--username", "wulan")
    assert balai.refused("admin", "create", "--name", "Wulan Dewi", "--username", "wulan") == "B1158"


def test_a_wrong_phone_number_is_refused(balai: Shell) -> None:
    assert balai.refused("admin", "create", "--name", "Wulan", "--phone", "0725-41234") == "B2109"
