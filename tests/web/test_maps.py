"""The drawn map: boxes, marks, names, the scale bar, and the fragment that shows them."""

from math import hypot

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from directory.web.boxes import Box
from directory.web.maps import Mark, draw

WASHINGTON = Box(-77.5, 38.6, -76.5, 39.3)
PLACES = [
    ("Silver Spring", 38.99, -77.03, 81_000),
    ("Washington", 38.9, -77.04, 689_000),
    ("Baltimore", 39.29, -76.61, 585_000),
    ("Alexandria", 38.80, -77.05, 159_000),
    ("Paris", 48.85, 2.35, 2_100_000),
]


def mark(latitude=38.9, longitude=-77.0, **changes):
    return Mark(
        **{
            "latitude": latitude,
            "longitude": longitude,
            "label": "1",
            "url": "#hit-1",
            "name": "Result 1: Corner Bakery",
        }
        | changes
    )


# ---- boxes


@pytest.mark.parametrize(
    ("points", "inside", "outside"),
    [
        pytest.param([(51, -1), (52, 1)], (51.5, 0), (51.5, 20), id="across Greenwich"),
        pytest.param([(-17, 178), (-16, -179)], (-16.5, 180), (-16.5, 0), id="across 180"),
        pytest.param([(38.9, -77.0)], (38.9, -77.0), (39.5, -77.0), id="one point"),
        pytest.param([(89, 10), (80, 12)], (84, 11), (60, 11), id="near a pole"),
    ],
)
def test_a_box_is_laid_around_points(points, inside, outside):
    box = Box.around(points)

    assert box.contains(*inside)
    assert not box.contains(*outside)
    assert box.width < 30


def test_no_points_have_no_box():
    with pytest.raises(ValueError, match="unpack"):
        Box.around([])


@pytest.mark.parametrize(
    ("box", "text"),
    [
        (Box(-77.5, 38.6, -76.5, 39.3), "-77.5,38.6,-76.5,39.3"),
        (Box(176.123456, -19.5, -178.0, 0.00001), "176.1235,-19.5,-178,0"),
        (Box(-180, -60, 180, 80), "-180,-60,180,80"),
    ],
)
def test_a_box_is_written_short(box, text):
    assert box.as_parameter() == text


def test_moving_stops_before_the_poles():
    box = Box(0, 60, 20, 80)

    assert box.moved(0, 5).north == 85
    assert box.moved(0, 5).height == pytest.approx(20)


def test_moving_goes_on_across_the_antimeridian():
    moved = Box(170, 0, 178, 5).moved(0.5, 0)

    assert moved == Box(174, 0, -178, 5)
    assert moved.width == 8


def test_the_world_does_not_grow():
    assert Box(-180, -60, 180, 80).zoomed(2).width == 360


def test_zooming_in_ends_somewhere():
    box = WASHINGTON
    for _ in range(40):
        box = box.zoomed(0.5)

    assert box.height > 0.003


@pytest.mark.parametrize("box", [Box(0, 50, 4, 50.5), Box(0, 50, 0.2, 54), Box(175, -10, -175, 0)])
def test_a_fitted_box_holds_the_first_one_and_fills_the_picture(box):
    fitted = box.fitted(400 / 340)

    assert fitted.contains(box.south, box.west)
    assert fitted.contains(box.north, box.east)
    assert fitted.width * fitted.narrowing / fitted.height == pytest.approx(400 / 340)


# ---- drawing


def test_a_map_of_washington_has_land_names_and_a_scale():
    drawn = draw(WASHINGTON, [], PLACES)

    assert drawn.land
    assert drawn.view_box == "0 0 400 340"
    assert {label["text"] for label in drawn.labels} >= {"Washington", "Baltimore"}
    assert 30 < drawn.scale_bar.kilometres.width <= 90
    assert 30 < drawn.scale_bar.miles.width <= 90


def test_a_mile_is_a_mile_in_both_directions():
    marks = [mark(60.0, 10.0), mark(60.5, 10.0), mark(60.0, 11.0)]
    here, north, east = draw(Box(9, 59, 12, 61), marks).marks

    # At 60 degrees a degree of longitude is half as long as one of latitude.
    assert here.y - north.y == pytest.approx(east.x - here.x, rel=0.02)


def test_the_scale_bar_measures_the_map():
    drawn = draw(Box(0, -1, 2, 1), [mark(0.0, 0.5), mark(0.0, 1.5)])
    west, east = drawn.marks

    units_per_kilometre = (east.x - west.x) / 111.195
    bar = drawn.scale_bar.kilometres
    assert bar.width == pytest.approx(bar.value * units_per_kilometre, abs=1)


def test_marks_in_the_box_stand_in_the_picture_and_others_are_left_out():
    drawn = draw(WASHINGTON, [mark(), mark(48.85, 2.35), mark(38.6, -77.5)])

    assert len(drawn.marks) == 2
    for shown in drawn.marks:
        assert 0 <= shown.x <= drawn.width
        assert 0 <= shown.y <= drawn.height


def test_marks_on_both_sides_of_the_antimeridian_stand_side_by_side():
    fiji = Box(176.5, -19.5, -178.5, -15.5)
    west, east = draw(fiji, [mark(-17, 179.5), mark(-17, -179.5)]).marks

    assert 0 < east.x - west.x < 120


def test_listings_at_one_address_are_spread_and_stay_near():
    marks = [mark(label=str(number)) for number in range(1, 7)]
    shown = draw(WASHINGTON, marks).marks
    alone = draw(WASHINGTON, [mark()]).marks[0]

    assert (shown[0].x, shown[0].y) == (alone.x, alone.y)
    assert [each.label for each in shown] == ["1", "2", "3", "4", "5", "6"]
    for index, each in enumerate(shown):
        assert hypot(each.x - alone.x, each.y - alone.y) < 40
        for other in shown[:index]:
            assert hypot(each.x - other.x, each.y - other.y) > each.r


def test_the_same_marks_are_drawn_in_the_same_places():
    first, second = (
        [(each.x, each.y) for each in draw(WASHINGTON, [mark(), mark(), mark()]).marks]
        for _ in range(2)
    )

    assert first == second


def test_clusters_grow_slowly():
    sizes = [
        draw(WASHINGTON, [mark(label=label, kind="cluster")]).marks[0].r
        for label in ("2", "148", "1,200", "90 000")
    ]

    assert sizes == [10.0, 21.3, 26.0, 26.0]


def test_a_lone_mark_answers_to_a_finger_and_a_crowd_shares_the_room():
    (alone,) = draw(WASHINGTON, [mark()]).marks
    crowd = draw(WASHINGTON, [mark(), mark(), mark()]).marks

    assert alone.reach >= 22
    assert all(12 <= each.reach < alone.reach for each in crowd)


def test_names_keep_clear_of_marks_and_of_each_other():
    marks = [mark(38.9, -77.04), mark(39.29, -76.61, label="96", kind="cluster")]
    drawn = draw(WASHINGTON, marks, PLACES)

    washington = next(label for label in drawn.labels if label["text"] == "Washington")
    assert washington["anchor"] in {"start", "end"}
    assert abs(washington["x"] - drawn.marks[0].x) > drawn.marks[0].r
    assert len({(label["x"], label["y"]) for label in drawn.labels}) == len(drawn.labels)


def test_the_largest_places_are_named_first():
    crowd = [(f"Town {number}", 38.95, -77.0, number) for number in range(50)]
    drawn = draw(WASHINGTON, [], crowd)

    assert drawn.labels[0]["text"] == "Town 49"
    assert drawn.labels[0]["is_big"]
    assert len(drawn.labels) <= 14


def test_the_ring_has_the_size_of_its_radius():
    drawn = draw(Box(-1, -1, 1, 1), [mark(0.0, 0.0), mark(0.5, 0.0)], ring=(0.0, 0.0, 55.6))
    centre, edge = drawn.marks

    assert drawn.ring.r == pytest.approx(centre.y - edge.y, rel=0.01)


def test_the_world_is_drawn_flat():
    drawn = draw(Box(-180, -58, 180, 84), [])

    assert drawn.width == 400
    assert 120 < drawn.height < 220


def test_the_moves_move():
    moves = draw(WASHINGTON, []).moves
    box = draw(WASHINGTON, []).box

    assert moves["in"].width < box.width < moves["out"].width
    assert moves["west"].west < box.west < moves["east"].west
    assert moves["south"].south < box.south < moves["north"].south


# ---- the fragment


def render(drawn, **context):
    return render_to_string("directory/_map.html", {"map": drawn, "title": "Map", **context})


def test_marks_are_links_with_names_and_names_of_places_are_not_read_aloud():
    page = render(draw(WASHINGTON, [mark(kind="about")], PLACES))

    assert '<a href="#hit-1" aria-label="Result 1: Corner Bakery">' in page
    assert 'class="about"' in page
    assert page.index('aria-hidden="true"') < page.index("Baltimore") < page.index("<a ")
    assert 'role="group" aria-labelledby="map-title"' in page
    assert "style=" not in page


def test_names_on_the_map_are_escaped():
    page = render(draw(WASHINGTON, [mark(name='"><script>')], [("<b>", 38.9, -77, 1)]))

    assert "<script>" not in page
    assert "<b>" not in page


def test_numbers_in_the_drawing_keep_their_point_in_every_language():
    drawn = draw(WASHINGTON, [mark(38.87, -77.03, label="148", kind="cluster")])

    with translation.override("fr"):
        page = render(drawn)

    assert f'r="{drawn.marks[0].r}"' in page
    assert ",3" not in page.split("<a ")[1]


@pytest.mark.parametrize(("in_miles", "unit"), [(True, "miles"), (False, "km")])
def test_the_scale_is_in_the_unit_of_the_place(in_miles, unit):
    with translation.override("en"):
        page = render(draw(WASHINGTON, []), in_miles=in_miles)

    assert unit in page.split('class="bar"')[1]


def test_the_six_moves_are_links_with_words():
    urls = {key: f"?bbox={box.as_parameter()}" for key, box in draw(WASHINGTON, []).moves.items()}

    with translation.override("en"):
        page = render_to_string("directory/_map_moves.html", {"moves": urls})

    assert page.count("<a data-move=") == 6
    for words in ("Zoom in", "Zoom out", "Move the map west", "Move the map north"):
        assert words in page
