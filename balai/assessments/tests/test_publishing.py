"""What a test file becomes: a public part, keys that travel or are sealed, and faults at their line."""

import base64
import json

import pytest

from balai.assessments import models
from balai.assessments.contents import content, seal_context
from balai.assessments.publishing import keys_file, option_id
from balai.common.ids import derived, uuid7
from balai.common.problems import Refusal
from balai.common.sealing import SealBroken
from balai.courses.publishing import plan, publish
from balai.courses.source import Source
from balai.log import blobs
from balai.log.models import Entry
from balai.log.nodekeys import this_node

from .conftest import PRACTICE, QUESTIONS, SEALED, source


def faults(**files: str) -> list[tuple[str, int, str]]:
    return [(fault.path, fault.line, fault.text) for fault in plan(source(uuid7(), **files)).build.found]


def files_of(version) -> dict[str, bytes]:
    manifest = json.loads(blobs.read(version.manifest))
    return {file["path"]: blobs.read(file["sha256"]) for file in manifest["files"]}


def test_a_test_keeps_its_rules_and_the_id_that_its_versions_share(course, sealed):
    row = sealed.test
    assert (row.id, row.identity) == (derived(course.id, "test", "akhir"), derived(course.course_id, "test", "akhir"))
    assert (row.slug, row.title, row.kind, row.version_id) == ("akhir", "Tes akhir layar", "certificate", course.id)
    assert row.rules == {"passing": 70, "draw": 3, "shuffle": True, "attempts": 2, "minutes": 20}


def test_pools_and_windows_are_frozen_too(publish_course):
    head = SEALED.replace("jumlah: 3", "tutup: 2026-11-30\nkelompok:\n  - {ambil: 1, soal: [kunci, padam]}")
    text = head.replace("padam]}", "padam]}\n  - {ambil: 2, soal: [terang, sidik]}") + QUESTIONS
    test = content(models.Test.objects.get(version=publish_course(akhir=text), slug="akhir").id)
    assert (test.length, len(test.paper(uuid7()))) == (3, 3)
    assert test.test.rules["pools"] == [
        {"draw": 1, "questions": ["kunci", "padam"]},
        {"draw": 2, "questions": ["terang", "sidik"]},
    ]
    assert test.test.rules["closes"] == "2026-11-30T23:59:00+07:00"


def test_the_public_part_is_rendered_and_points_at_the_lesson(practice):
    question = practice.by_slug["kunci"]
    assert question.stem.strip() == "<p>Apa yang <em>mengunci</em> layar?</p>"
    assert {option.html for option in question.options} == {"Tombol daya", "Tombol suara", "Kamera"}
    assert (question.kind, question.lesson) == ("one", "layar")
    assert practice.lesson_url("kunci") == f"/materi/{practice.test.version.slug}/1/layar"


def test_explanations_link_to_the_lesson_of_this_version(practice):
    link = f'<a href="{practice.lesson_url("kunci")}">Layar HP</a>'
    assert practice.keys["kunci"].explanation.strip() == f"<p>Tombol daya. Baca lagi {link}.</p>"


def test_options_of_a_shuffled_test_do_not_stand_in_the_authors_order(practice):
    """The order of publishing follows from the texts; true and false keep theirs."""
    for question in practice.questions:
        ids = [option.id for option in question.options]
        if question.kind == "true_false":
            assert ids == [option_id("Benar"), option_id("Salah")]
        else:
            assert ids == sorted(ids)


def test_keys_of_practice_travel_in_the_package(course, practice):
    files = files_of(course)
    assert files["tests/latihan.json"] == keys_file(practice.keys)
    right = {option_id("Menggeser kecerahan"), option_id("Mematikan mode gelap")}
    assert set(json.loads(files["tests/latihan.json"])["terang"]["right"]) == right


def test_sealed_keys_are_in_no_file_and_no_readable_payload(course, sealed):
    secret = b"Kecerahan dan tampilan"
    text = Entry.objects.get(pk=sealed.id).payload
    assert (sealed.test.keys, secret.decode() in text, '"right"' in text) == (None, False, False)
    held = [path for path, file in files_of(course).items() if secret in file]
    assert held == ["tests/latihan.json"]


def test_the_hub_alone_opens_sealed_keys_and_only_as_those_of_their_test(sealed, practice):
    assert sealed.keys == practice.keys
    plain = base64.b64decode(sealed.test.sealed)
    assert this_node().unseal(plain, seal_context(sealed.id)) == keys_file(sealed.keys)
    with pytest.raises(SealBroken):
        this_node().unseal(plain, seal_context(practice.id))


def test_every_version_has_its_own_test(publish_course, course):
    changed = PRACTICE + QUESTIONS.replace("Kamera", "Kamera depan")
    again = publish_course(course.course_id, latihan=changed)
    tests = models.Test.objects.filter(slug="latihan").order_by("version__number")
    old, new = (content(test.id) for test in tests)
    assert (again.number, old.identity == new.identity) == (2, True)
    known = {option.id for option in old.by_slug["kunci"].options}
    assert {option.html for option in new.by_slug["kunci"].options if option.id not in known} == {"Kamera depan"}


FAULTY = [
    ("akhir", SEALED.replace("lulus: 70", "lulus: 700") + QUESTIONS, 5, "“lulus” harus bilangan bulat"),
    ("akhir", SEALED.replace("jumlah: 3", "jumlah: 9") + QUESTIONS, 6, "“jumlah” meminta 9 soal"),
    ("akhir", SEALED.replace("menit: 20", "durasi: 20") + QUESTIONS, 9, "“durasi” tidak dikenal"),
    ("latihan", PRACTICE.replace("jenis: latihan", "jenis: kuis") + QUESTIONS, 4, "“jenis” harus salah satu"),
    ("latihan", PRACTICE + QUESTIONS.replace("- (x) Tombol daya", "- ( ) Tombol daya"), 12, "ditandai benar"),
    ("latihan", PRACTICE + QUESTIONS.replace("01-layar.md", "02-lain.md"), 16, "tidak menuju materi"),
    ("latihan", PRACTICE + QUESTIONS.replace("( ) Kamera", "( ) Kamera\n\n  - depan"), 9, "harus satu alinea"),
    ("latihan", PRACTICE + QUESTIONS.replace("## padam", "## kunci"), 18, "sudah dipakai di atas"),
]


@pytest.mark.parametrize(("slug", "text", "line", "words"), FAULTY, ids=[words for *_rest, words in FAULTY])
@pytest.mark.django_db
def test_faults_stand_at_their_line(slug, text, line, words):
    found = faults(**{slug: text})
    assert [(path, number) for path, number, _text in found] == [(f"tes/{slug}.md", line)]
    assert words in found[0][2]


def test_a_faulty_test_keeps_the_whole_course_unpublished(publish_course):
    with pytest.raises(Refusal, match="B3008"):
        publish_course(latihan=PRACTICE)
    assert models.Test.objects.count() == 0


def test_an_option_may_be_a_picture(publish_course):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    text = PRACTICE + QUESTIONS.replace("( ) Kamera", "( ) ![Gambar kamera](../gambar/kamera.svg)")
    files = dict(source(uuid7(), latihan=text).files)
    version, _new = publish(Source.of([*files.items(), ("gambar/kamera.svg", drawing.encode())]), None)
    options = content(models.Test.objects.get(version=version, slug="latihan").id).by_slug["kunci"].options
    pictures = [option.html for option in options if "<img" in option.html]
    assert len(pictures) == 1
    assert 'alt="Gambar kamera"' in pictures[0]
    assert "<figure" not in pictures[0]
