"""The map of squares, the line of weeks, the gain in words."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from balai.monitoring import recap, sparkline, tiles
from balai.monitoring.counts import Counts
from balai.monitoring.picture import Picture, Row
from balai.regions import shipping
from balai.regions.models import Region


def of(region, *counts):
    rows = [Row(Region(code=f"18.{n:02}", name=f"Kabupaten {n}", level=2), one) for n, one in enumerate(counts, 1)]
    return Picture(region, Counts(), rows, Counts(), None)


PROVINCE = Region(code="18", name="Lampung", level=1)


def test_every_province_has_a_place_and_a_name_of_its_own():
    codes = {region.code for region in shipping.shipped().rows() if region.level == 1}
    assert codes == tiles.PROVINCES.keys() == tiles.SHORT.keys()
    assert len(set(tiles.PROVINCES.values())) == len(set(tiles.SHORT.values())) == 38


@pytest.mark.parametrize(
    ("people", "started", "shade", "percent"),
    [(0, 0, "none", None), (9, 0, "s0", 0), (9, 2, "s1", 22), (4, 1, "s2", 25), (4, 2, "s3", 50), (4, 4, "s4", 100)],
)
def test_the_shade_is_the_share_of_those_who_started(people, started, shade, percent):
    drawn = tiles.drawn(of(PROVINCE, Counts(people=people, started=started)))
    assert [(tile.shade, tile.percent) for tile in drawn.tiles] == [(shade, percent)]


def test_what_is_hidden_has_no_figure_on_the_map():
    row = Row(Region(code="18.01", name="Kabupaten", level=2), Counts(people=3, started=3), hidden=True)
    picture = Picture(PROVINCE, Counts(), [row], Counts(), None)
    assert [(tile.shade, tile.percent) for tile in tiles.drawn(picture).tiles] == [("none", None)]


def test_the_legend_names_only_what_is_there():
    drawn = tiles.drawn(of(PROVINCE, Counts(), Counts(people=2, started=2)))
    assert [shade for shade, _words in drawn.legend] == ["none", "s4"]


def test_below_a_province_there_is_no_map():
    assert tiles.drawn(of(Region(code="18.02", name="Lampung Tengah", level=2), Counts(people=1))) is None


@pytest.mark.parametrize(
    ("values", "line"), [([], ""), ([0, 0], ""), ([3], ""), ([0, 2], "0,18 72,2"), ([4, 2, 0], "0,2 36,10 72,18")]
)
def test_a_line_reaches_from_nothing_to_the_greatest(values, line):
    assert sparkline.points(values) == line


def test_a_gain_of_few_is_not_told():
    counts = Counts(paired=4, before=1_200, after=3_200, gain_squares=1_000_000)
    assert recap.gain(counts) == ""
    counts += Counts(paired=1, before=300, after=800, gain_squares=250_000)
    assert recap.gain(counts) == "+50,0 poin rata-rata dari tes awal ke tes akhir (n = 5, simpangan baku 0,0)"


def test_the_map_is_as_wide_as_the_phone_and_keeps_its_figures_there(admin, make_person, client_of):
    """Nothing to scroll sideways: names step aside, the figures stay."""
    make_person("Siti", "18.02.07.2009")
    page = client_of(admin).get("/wilayah").content.decode()
    assert re.search(r'class="s0 name"[^>]*>Lampung</text><text class="s0"[^>]*>0<tspan>%</tspan></text>', page)
    style = Path(finders.find("css/region.css")).read_text()
    assert "min-inline-size" not in style.split(".shade{")[0]
    assert ".tiles:not(.parts) .name{fill-opacity:0" in style.split("@media (max-width:43rem)")[1]


def test_a_choice_on_a_phone_takes_the_whole_line():
    style = Path(finders.find("css/balai.css")).read_text()
    assert "@media (max-width: 30rem) { .search select { flex-basis: 100%; } }" in style
