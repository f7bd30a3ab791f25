from __future__ import annotations

import pytest
import sample_stores

from smocrawl.report import render

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser, reports):
    """Opens a report and records what it asks for and what goes wrong in it."""
    contexts = []

    def go(name, *, width=1280, scheme="light", anchor="", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
        page.goto(reports(name).as_uri() + anchor)
        return page

    yield go
    for context in contexts:
        context.close()


def shown(page):
    return page.locator("#explorer tbody tr").count()


def first(page, column):
    return page.locator("#explorer tbody tr").first.locator("th, td").nth(column).inner_text()


@pytest.mark.parametrize("name", ["rich", "empty", "without_pages", "hostile"])
def test_report_asks_for_nothing_and_runs_nothing_of_the_site(opened, reports, name):
    page = opened(name)
    page.wait_for_timeout(50)
    assert [url for url in page.asked if not url.startswith("data:")] == [reports(name).as_uri()]
    assert page.wrong == []
    assert page.evaluate("window.BAD") is None


def test_hostile_page_opens_in_the_drawer_as_text(opened):
    page = opened("hostile")
    for number in range(3):
        page.locator("#explorer tbody th a").nth(number).click()
        page.locator("#drawer").wait_for(state="visible")
        page.keyboard.press("Escape")
    assert page.evaluate("window.BAD") is None
    assert page.locator("#drawer script, #drawer img").count() == 0
    assert page.wrong == []


def test_search_filters_and_sort(opened):
    page = opened("rich")
    assert shown(page) == 14
    page.fill("#search", "flour")
    assert shown(page) == 4
    assert page.locator("#status").inner_text() == "Pages 1 to 4 of 4"
    page.fill("#search", "no such page")
    assert page.locator("#status").inner_text().startswith("No page fits.")
    page.fill("#search", "")
    page.click("#kinds button[value=product]")
    assert shown(page) == 6
    assert page.locator("#kinds button[value=product]").get_attribute("aria-pressed") == "true"
    page.click("#kinds button[value='']")
    page.select_option("#by-check", "og-image")
    assert 0 < shown(page) < 14
    page.select_option("#by-check", "")
    page.select_option("#by-score", "90-100")
    assert all(int(text) >= 90 for text in page.locator("#explorer .scored b").all_inner_texts())


def test_columns_sort_both_ways_and_say_so(opened):
    page = opened("rich")
    head = page.locator("#explorer thead th").first
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert first(page, 0) == "/"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert first(page, 0).startswith("/shop/spelt")


HEADS = [
    "To mend on this page", "Cards today", "A head to paste", "This page by tactic", "Pages that link here",
    "Pages that it links to",
]  # fmt: skip


def test_drawer_shows_faults_cards_and_head_and_gives_the_focus_back(opened):
    page = opened("rich")
    link = page.locator("#explorer a", has_text="/journal/a-day-at-the-weir/")
    link.click()
    drawer = page.locator("#drawer")
    drawer.wait_for(state="visible")
    assert "Capped at 50" in drawer.inner_text()
    assert drawer.locator("h3").all_inner_texts() == HEADS
    assert drawer.locator("pre .add").count()
    assert page.url.endswith("#page=%2Fjournal%2Fa-day-at-the-weir%2F")
    page.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "/journal/a-day-at-the-weir/"


def test_a_page_without_faults_is_offered_no_other_head(browser, tmp_path):
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    page_id = store.frontier.url_id(f"{sample_stores.HOME}shop/oat-flour/")
    with store.database.transaction() as connection:
        connection.execute("DELETE FROM finding WHERE url = ?", (page_id,))
    page = browser.new_page()
    page.goto(render(store.database, store.run, tmp_path / "out").as_uri() + "#page=/shop/oat-flour/")
    said = page.locator("#drawer").inner_text()
    assert "Nothing to mend on this page." in said
    assert "Nothing in the head of this page needs changing." in said
    assert page.locator("#drawer .code").count() == 0
    page.close()


def test_a_page_that_moves_on_is_offered_no_head_and_not_called_closed(browser, tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title="Hollow Mill", main=f'<p>{sample_stores.words("grain")}</p><a href="/old/">Old</a>', depth=0)
    store.page("/new/", title="New", main=f"<p>{sample_stores.words('stone')}</p>")
    store.page("/old/", title="Old", head='<meta http-equiv="refresh" content="0; url=/new/">')
    store.close()
    page = browser.new_page()
    page.goto(render(store.database, store.run, tmp_path / "out").as_uri() + "#page=/old/")
    said = page.locator("#drawer").inner_text()
    assert "The page only sends its readers on to" in said
    assert "The page cannot be opened" not in said
    assert "the head of the page where they land" in said
    assert page.locator("#drawer .code").count() == 0
    page.close()


def test_copied_head_leaves_removed_lines_out(opened):
    page = opened("rich", anchor="#page=/shop/oat-flour/")
    page.evaluate("window.held = ''; navigator.clipboard.writeText = async (text) => { window.held = text; }")
    page.click("#drawer .code button")
    page.wait_for_function("window.held")
    held = page.evaluate("window.held")
    assert held.startswith('<link rel="canonical"')
    assert "logo.png" in held
    assert page.locator("#drawer .code button").inner_text() == "Copied"


def test_links_lead_to_a_page_and_to_the_pages_of_a_check(opened):
    page = opened("rich", anchor="#page=/shop/rye-flour/")
    assert page.locator("#drawer-path").inner_text() == "/shop/rye-flour/"
    page = opened("rich", anchor="#check=og-image-logo")
    assert page.wrong == []
    page = opened("rich", anchor="#page=/no/such/page")
    assert page.locator("#search").input_value() == "/no/such/page"
    assert page.locator("#explorer tbody tr").count() == 0
    assert page.locator("#status").is_visible()
    assert not page.locator("#drawer").is_visible()


def test_a_link_to_the_pages_of_a_check_closes_the_drawer_before_them(opened):
    page = opened("rich", anchor="#page=/shop/rye-flour/")
    page.evaluate("location.hash = '#check=' + report.checks[report.rows[0][FIRST]][0]")
    page.locator("#drawer").wait_for(state="hidden")
    assert page.locator("#by-check").input_value() != ""


def test_a_long_host_on_a_card_widens_no_phone(opened):
    page = opened("rich", width=390)
    page.evaluate(
        "document.querySelectorAll('.card .domain bdi').forEach((one) => { one.textContent = 'a'.repeat(60) + '.example'; })"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_long_notes_do_not_stretch_the_card_of_the_cover(opened, width):
    page = opened("rich", width=width)
    face = page.locator(".sheet .face")
    before = face.bounding_box()["height"]
    page.evaluate(
        "document.querySelectorAll('.note b, .note span').forEach((one) => { one.textContent += ' and on'.repeat(60); })"
    )
    parts = [part.bounding_box() for part in page.locator(".sheet .part").all()]
    assert face.bounding_box()["height"] == before
    assert [part["y"] + part["height"] for part in parts[:-1]] == pytest.approx([part["y"] for part in parts[1:]])
    assert page.locator(".sheet .part .pin").all_inner_texts() == page.locator(".note .pin").all_inner_texts()


def test_report_reads_without_scripts(opened):
    page = opened("rich", scripts=False)
    assert shown(page) == 14
    assert not page.locator("#tools").is_visible()
    assert page.locator("#explorer a").first.get_attribute("href").startswith("https://www.hollow-mill.example/")


def test_tabs_of_the_gallery_show_one_page_at_a_time(opened):
    page = opened("rich")
    assert page.locator(".panel:visible").count() == 1
    page.locator(".tabs label").nth(1).click()
    assert page.locator("#shown-2-panel").is_visible()
    assert not page.locator("#shown-1-panel").is_visible()


def test_cards_side_by_side_share_their_lines_and_the_tabs_one_row(opened):
    page = opened("rich")
    tops = "(nodes) => nodes.map((one) => Math.round(one.getBoundingClientRect().top))"
    strip = page.locator("#shown-1-panel .strip").first
    for part in ("figcaption", ".stage", ".pencil"):
        assert len(set(strip.locator(part).evaluate_all(tops))) == 1
    assert strip.locator("figcaption small").count()
    assert len(set(page.locator(".tabs label").evaluate_all(tops))) == 1


def test_on_a_phone_the_card_of_today_stands_above_that_with_the_new_head(opened):
    page = opened("rich", width=390)
    before, after = (page.locator(".pairs .shown").nth(at) for at in (0, 1))
    assert before.locator("figcaption").inner_text().endswith(": Today")
    assert after.locator("figcaption").inner_text().endswith(": With the head to paste")
    assert before.bounding_box()["y"] + before.bounding_box()["height"] < after.bounding_box()["y"]
    assert before.bounding_box()["width"] > 300


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("rich", 1280, "light"),
        ("rich", 390, "dark"),
        ("hostile", 390, "light"),
        ("empty", 1280, "dark"),
        ("twice", 1024, "dark"),
        ("arabic", 390, "light"),
    ],
)
def test_no_barriers_and_no_sideways_scrolling(opened, name, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = opened(name, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_open_drawer_has_no_barriers(opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = opened("rich", anchor="#page=/shop/rye-flour/")
    found = axe.run(page, context="#drawer").response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []


def test_texts_from_right_to_left_stand_by_themselves(opened):
    page = opened("arabic")
    assert (
        page.locator(".panel:visible .title:visible").first.evaluate("(one) => getComputedStyle(one).direction")
        == "rtl"
    )
    link = page.locator("#explorer tbody th a").nth(1)
    assert link.evaluate("(one) => [getComputedStyle(one).direction, getComputedStyle(one).unicodeBidi]") == [
        "ltr",
        "isolate",
    ]
    link.click()
    title = page.locator("#drawer-title")
    assert title.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "plaintext"
    assert title.inner_text() in sample_stores.ARABIC


def test_a_phone_turns_ten_rows_at_a_time(opened):
    page = opened("rich", width=390)
    assert shown(page) == 10
    assert page.locator("#status").inner_text() == "Pages 1 to 10 of 14"
    page.click("#next")
    assert shown(page) == 4
    row = page.locator("#explorer tbody tr").first
    link, frame = row.locator("th").bounding_box(), row.bounding_box()
    assert link["width"] == pytest.approx(frame["width"], abs=1)


def test_a_sheet_of_paper_holds_fifteen_rows_and_says_so(browser, tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    for number in range(26):
        store.page(f"/{number or ''}", title=f"Day {number}", main=sample_stores.words(f"day {number}"), depth=0)
    store.close()
    page = browser.new_page()
    page.goto(render(store.database, store.run, tmp_path / "out").as_uri())
    told = {}
    for event in ("beforeprint", "afterprint"):
        page.evaluate("(name) => dispatchEvent(new Event(name))", event)
        told[event] = shown(page), page.locator("#status").inner_text()
    assert told == {"beforeprint": (15, "Pages 1 to 15 of 26"), "afterprint": (25, "Pages 1 to 25 of 26")}
    page.close()


def test_nothing_to_compare_takes_no_sheet_of_its_own(opened):
    page = opened("rich")
    page.emulate_media(media="print")
    styles = page.evaluate(
        "(({ breakBefore, breakInside }) => [breakBefore, breakInside])(getComputedStyle(document.getElementById('changes')))"
    )
    assert styles == ["auto", "avoid"]
    assert page.locator("#changes").bounding_box()["height"] < 150


def test_prints_to_paper_with_all_fixes_open(opened, tmp_path):
    page = opened("rich")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    data = (tmp_path / "report.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") < 30
