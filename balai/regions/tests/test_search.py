"""Searching as one types, over the small tree of the tests (Lampung and Bali)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.problems import Refusal
from balai.log.record import record_many
from balai.regions import gazetteer, problems
from balai.regions.abbreviations import abbreviates
from balai.regions.changing import Act
from balai.regions.folding import words
from balai.regions.models import Region, Tree
from balai.regions.search import search
from balai.regions.tests.test_changing import SINCE

pytestmark = pytest.mark.django_db
TERBANGGI = ["18.02.07", "18.02.07.2009"]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.BALAI_DATA = tmp_path
    gazetteer.forget()
    yield
    gazetteer.forget()


def found(text, **rest):
    return [region.code for region in search(text, **rest)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("terbanggi besar", TERBANGGI),
        ("Terbanggi Besar", TERBANGGI),
        ("terbanggi bes", TERBANGGI),
        ("trbanggi besar", TERBANGGI),
        ("terbangi besr", TERBANGGI),
        ("besar terbanggi", TERBANGGI),
        ("terbanggibesar", TERBANGGI),
        ("kampung terbanggi besar lampung tengah", ["18.02.07.2009"]),
        ("kec. Terbanggi Besar, Kab. Lampung Tengah", ["18.02.07"]),
        ("terbanggi besar lamteng", TERBANGGI),
        ("lampung tengah terbanggi besar", TERBANGGI),
        ("terbanggi besar, lampung", TERBANGGI),
        ("kab lamteng", ["18.02"]),
        ("kota bandar lampung", ["18.71"]),
        ("kotamadya metro", ["18.72"]),
        ("bandarlampung", ["18.71"]),
        ("prov lampung", ["18"]),
        ("pekon yogyakrta", ["18.10.02.2012", "18.10.02.2023"]),
        ("xqzw", []),
        ("", []),
        ("...", []),
        ("18.02.07.2009", ["18.02.07.2009"]),
        ("1802072009", ["18.02.07.2009"]),
        ("99", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(text, codes):
    assert found(text) == codes


@pytest.mark.parametrize("text", ["18.02", "1802", "18 02"])
def test_a_code_finds_its_region_and_then_what_lies_below(text):
    assert found(text, limit=3) == ["18.02", "18.02.01", "18.02.02"]


def test_half_a_code_finds_what_begins_so():
    below = Region.objects.filter(code__startswith="18.0").order_by("level", "code").values_list("code", flat=True)
    assert found("18.0", limit=20) == list(below[:20])


def test_the_same_name_comes_first_and_larger_regions_before_smaller():
    names = [(region.level, region.name) for region in search("sidomulyo", limit=4)]
    assert names[0] == (3, "Sidomulyo")
    assert {words(name)[0] for _level, name in names} <= {"sidomulyo", "sido"}
    assert [level for level, _name in names] == sorted(level for level, _name in names)


def test_spaces_that_only_one_of_both_writes_do_not_matter(region):
    spaced = set(found("sido mulyo", limit=50))
    assert region("18.02.02.2007").name == "Sido Mulyo"
    assert spaced == set(found("sidomulyo", limit=50)) >= {"18.02.02.2007", "18.01.07"}


def test_only_in_a_subtree_and_on_a_level():
    assert found("terbanggi besar", within="18.02", level=4) == ["18.02.07.2009"]
    assert found("terbanggi besar", within="18.02.07.2009") == ["18.02.07.2009"]
    assert found("terbanggi besar", within="51") == []
    assert found("terbanggi besar lampung tengah", within="18.02.07", level=3) == ["18.02.07"]
    assert found("18", within="18.02", level=2) == ["18.02"]
    assert found("51", within="18.02") == []


def test_answers_come_with_their_parents_in_three_queries(queries):
    found("terbanggi")
    texts = []
    assert queries(lambda: texts.extend(region.path for region in search("terbanggi besar"))) == 3
    assert texts[1] == "Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung"


def test_an_endless_text_is_refused():
    with pytest.raises(Refusal) as refused:
        search("a" * 201)
    assert refused.value.problem == problems.SEARCH_TOO_LONG


def test_a_new_name_is_found_at_once_and_the_former_one_still(admin, region):
    record_many(Act(admin.id, SINCE).change(region("18.02.07.2009"), name="Pasar Wetan Raya"))
    assert found("pasar wetan raya") == ["18.02.07.2009"]
    assert found("terbanggi besar") == TERBANGGI


def test_an_ended_region_is_not_offered(admin, region):
    record_many(Act(admin.id, SINCE).end(region("18.02.07.2009")))
    assert found("terbanggi besar") == ["18.02.07"]


def test_the_names_are_kept_in_one_file_that_other_processes_read(settings):
    found("terbanggi")
    kept = list((settings.BALAI_DATA / "search").iterdir())
    assert [file.name for file in kept] == [f"regions-{Tree.objects.get().stamp.hex}"]
    made = gazetteer.current()
    gazetteer.forget()
    assert gazetteer.current() == made
    gazetteer.renew()
    found("terbanggi")
    assert [file.name for file in (settings.BALAI_DATA / "search").iterdir()] != [kept[0].name]


def test_a_file_of_another_release_is_made_anew(settings):
    made = gazetteer.current()
    file = next((settings.BALAI_DATA / "search").iterdir())
    file.write_bytes(b"older".ljust(60, b"\0"))
    gazetteer.forget()
    assert gazetteer.current() == made


letters = st.characters(codec="ascii")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(letters, max_size=40))
def test_whatever_is_typed_gives_current_regions_each_once(text):
    codes = found(text)
    assert len(codes) == len(set(codes)) <= 10


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_region_is_found_by_its_full_name(data):
    codes = list(Region.objects.order_by("code").values_list("code", flat=True))
    region = Region.objects.get(code=data.draw(st.sampled_from(codes)))
    assert region in search(region.full_name, limit=10)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_slip_in_a_kabupaten_still_finds_it(data):
    regencies = [region for region in Region.objects.filter(level=2) if len(region.name) > 6]
    region = data.draw(st.sampled_from(regencies))
    typed = slipped(data, " ".join(words(region.name)))
    assert region in search(f"kab {typed}" if region.kind == "kabupaten" else f"kota {typed}")


def slipped(data, name):
    """One letter of a long word left out, doubled or swapped with the next."""
    word = data.draw(st.sampled_from([word for word in name.split() if len(word) > 3]))
    at = data.draw(st.integers(0, len(word) - 2))
    left, letter, following, right = word[:at], word[at], word[at + 1], word[at + 2 :]
    missing, doubled = left + following + right, left + letter + word[at:]
    wrong = data.draw(st.sampled_from([missing, doubled, left + following + letter + right]))
    return name.replace(word, wrong)


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("lamteng", "lampung tengah", True),
        ("lamsel", "lampung selatan", True),
        ("lamsel", "lampung tengah", False),
        ("jaksel", "jakarta selatan", True),
        ("ntb", "nusa tenggara barat", True),
        ("nt", "nusa tenggara", False),
        ("oku", "ogan komering ulu", True),
        ("lampung", "lampung tengah", False),
        ("metro", "metro", False),
    ],
)
def test_short_forms(short, name, fits):
    assert abbreviates(short, name) is fits


def test_names_are_folded():
    assert words("Gn. Sugih  II") == ["gunung", "sugih", "2"]
    assert words("I Gusti") == ["i", "gusti"]
    assert words("Désa–Café / 15") == ["desa", "cafe", "15"]
    assert words("日本") == []
