"""The review page in a real browser: find, open, light the box in the right place, judge by keyboard, undo.

Skipped where no Chromium is installed.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from pipeline import corrections
from pipeline.analysis.database import Database
from pipeline.review import documentpage
from pipeline.review.server import Serving, make_server
from tests.review_store import BLOCK, HOSTILE, PLAN, TURNED, Shop, make_shop, read

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
WAIT_MS = 20_000
NEAR_PIXELS = 3.0
expect.set_options(timeout=WAIT_MS)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Shop:
    return make_shop(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def address(shop: Shop) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    serving = Serving(shop.store, (shop.originals,), "127.0.0.1", listener, cache=shop.cache)
    server = make_server(serving)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield serving.address.rstrip("/")
    server.should_exit = True
    thread.join(30)


Opener = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def opener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Start the system's browser with a profile of its own; what it is asked to load from elsewhere fails the test."""
    os.environ.setdefault("PW_TEST_SCREENSHOT_NO_FONTS_READY", "1")
    with sync_playwright() as playwright:
        contexts = []

        def start(**options: Any) -> BrowserContext:
            context = playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp("profile"), executable_path=CHROMIUM, args=ARGUMENTS, headless=True,
                **{"viewport": {"width": 1280, "height": 900}, **options},
            )  # fmt: skip
            context.set_default_timeout(WAIT_MS)
            contexts.append(context)
            return context

        yield start
        for context in contexts:
            context.close()


@pytest.fixture(scope="module")
def context(opener: Opener) -> BrowserContext:
    return opener()


@pytest.fixture
def unjudged(shop: Shop) -> Shop:
    for path in shop.store.rglob(f"*{corrections.SUFFIX}"):
        path.unlink()
    return shop


@pytest.fixture
def page(context: BrowserContext, address: str, unjudged: Shop) -> Iterator[Page]:
    context.clear_cookies()
    context.add_cookies([{"name": "vanban_who", "value": "L%C3%AA%20Lan", "url": address}])
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "409 (Conflict)" not in message.text:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else complaints.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    yield page
    page.close()
    assert complaints == []


def go(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    page.wait_for_load_state("networkidle")


def lit(page: Page) -> list[str]:
    return page.locator("rect.lit").evaluate_all("boxes => boxes.map(box => box.dataset.box)")


def dark_block(page: Page) -> tuple[float, float, float, float]:
    """Return where on the screen the black block is to be seen in the picture of the page."""
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"))
    frame = page.locator(".pages-scroll").bounding_box()
    assert frame
    left, top = int(frame["x"]) + 2, int(frame["y"]) + 2
    right, bottom = int(frame["x"] + frame["width"]) - 2, min(pixels.shape[0], int(frame["y"] + frame["height"])) - 2
    dark = pixels[top:bottom, left:right] < 60
    rows, columns = np.flatnonzero(dark.sum(axis=1) > 20), np.flatnonzero(dark.sum(axis=0) > 8)
    return left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1


@pytest.mark.parametrize(
    ("width", "height", "larger"), [(1280, 900, 0), (1280, 900, 2), (390, 844, 0), (1920, 1080, 0)]
)
def test_a_fact_lights_its_box_where_it_stands_on_the_picture(
    page: Page, address: str, width: int, height: int, larger: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    go(page, address, f"/documents/{TURNED}?kind=targets")
    for _ in range(larger):
        page.locator("[data-larger]").click()
    page.keyboard.press("j")
    expect(page.locator("rect.lit")).to_have_count(1)
    page.wait_for_timeout(300)
    box = page.locator("rect.lit").bounding_box()
    assert box
    shown = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    assert shown == pytest.approx(dark_block(page), abs=NEAR_PIXELS)
    assert (box["width"] / box["height"]) == pytest.approx((BLOCK[2] - BLOCK[0]) / (BLOCK[3] - BLOCK[1]), rel=0.1)


def test_find_open_light_correct_reload_undo_and_ask(page: Page, address: str, shop: Shop) -> None:
    go(page, address, "/")
    page.get_by_role("searchbox").fill("ho chua")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    page.locator("table.documents a").click()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    assert lit(page) == ["targets-1"]  # the doubtful one
    page.keyboard.press("e")
    value = page.locator("#fact-targets-1 input[name=value]")
    expect(value).to_have_value("80")
    value.fill("82,5")
    value.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Đã lưu sửa đổi.")
    expect(page.locator("#fact-targets-1 .fact-head")).to_contain_text("82,5")
    expect(page.locator("[data-progress]")).to_contain_text("Đã kiểm 1 /")

    question = "SELECT value FROM targets JOIN documents USING (document) WHERE file = $file AND targets.n = 2"
    assert ask_until(shop, question, [(82.5,)]) == [(82.5,)]

    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#fact-targets-1 .fact-head")).to_contain_text("82,5")
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.locator("[data-said]")).to_have_text("Đã hoàn tác.")
    expect(page.locator("#fact-targets-1 .fact-head")).to_contain_text("80")
    assert ask_until(shop, question, [(80.0,)]) == [(80.0,)]


def test_a_missed_fact_is_marked_on_the_picture_and_added_by_keyboard(page: Page, address: str, shop: Shop) -> None:
    go(page, address, f"/documents/{PLAN}?kind=deadlines")
    page.keyboard.press("j")  # on the second page
    page.wait_for_timeout(300)
    page.keyboard.press("n")
    page.wait_for_url("**/add/**page=2**")
    lines = page.locator(".marking rect")
    lines.nth(1).click()
    page.wait_for_url("**first=2**")
    lines.nth(2).click()
    page.wait_for_url("**last=3**")
    expect(page.locator(".marking rect.lit")).to_have_count(2)
    page.locator(".filter input[name=first]").fill("3")
    page.locator(".filter input[name=first]").press("Enter")
    page.wait_for_url("**first=3**")
    expect(page.locator("blockquote")).to_contain_text("Phòng Kế hoạch theo dõi")
    box, sheet = page.locator(".marking rect.lit").bounding_box(), page.locator(".sheet").bounding_box()
    read_box = read(shop, PLAN).pages[1].lines[2].bbox
    assert box and sheet and read_box
    scale = sheet["width"] / 595
    assert (box["x"] - sheet["x"], box["y"] - sheet["y"]) == pytest.approx(
        (read_box[0] * scale, read_box[1] * scale), abs=NEAR_PIXELS
    )
    expect(page.locator("input[name=due]")).to_be_focused()
    page.keyboard.type("20/12/2026")
    page.keyboard.press("Enter")
    expect(page.locator("li.fact.added")).to_be_focused()
    expect(page.locator("li.fact.added .fact-head")).to_contain_text("20/12/2026")
    assert lit(page) == ["deadlines-1"]
    question = "SELECT quote FROM deadlines JOIN documents USING (document) WHERE file = $file AND review = 'added'"
    rows = [("2. Phòng Kế hoạch theo dõi, tổng hợp kết quả thực hiện.",)]
    assert ask_until(shop, question, rows) == rows
    page.keyboard.press("u")
    expect(page.locator("[data-said]")).to_have_text("Đã hoàn tác.")
    expect(page.locator("li.fact.added")).to_have_count(0)


def ask_until(shop: Shop, question: str, rows: list[tuple[Any, ...]], seconds: float = 45) -> list[tuple[Any, ...]]:
    """Ask until the tables have followed."""
    end = time.monotonic() + seconds
    with Database(shop.store) as database:
        while (answer := database.ask(question, {"file": PLAN}).table()) != rows and time.monotonic() < end:
            time.sleep(0.5)
    return answer


def test_keys_accept_and_reject_and_go_on_and_undo_what_was_done_last(page: Page, address: str) -> None:
    go(page, address, f"/documents/{PLAN}?order=page")
    first, second, third = page.locator("li.fact").evaluate_all("facts => facts.slice(0, 3).map(f => f.dataset.card)")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(f"[data-card='{first}'] .badge")).to_have_text("Đã chấp nhận")
    expect(page.locator(f"[data-card='{second}']")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator(f"[data-card='{second}'] .badge")).to_have_text("Đã loại bỏ")
    expect(page.locator(f"[data-card='{third}']")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(f"[data-card='{second}'] .badge")).to_have_count(0)
    page.keyboard.press("k")
    expect(page.locator(f"[data-card='{first}']")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_timeout(400)
    expect(page.locator(f"[data-card='{first}'] .badge")).to_have_text("Đã chấp nhận")
    page.evaluate("localStorage.clear()")


def test_boxes_and_facts_light_each_other(page: Page, address: str) -> None:
    go(page, address, f"/documents/{PLAN}?kind=targets&order=page")
    page.locator("rect[data-box='targets-0']").hover()
    expect(page.locator("#fact-targets-0.lit")).to_have_count(1)
    page.locator("rect[data-box='targets-1']").click()
    expect(page.locator("#fact-targets-1")).to_be_focused()
    page.locator("#fact-targets-0").hover()
    assert lit(page) == ["targets-0"]
    go(page, address, f"/documents/{PLAN}?kind=deadlines")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    box, frame = page.locator("rect.lit").bounding_box(), page.locator(".pages-scroll").bounding_box()
    assert box and frame  # on the second page: it was brought into sight
    assert frame["y"] <= box["y"] and box["y"] + box["height"] <= min(900, frame["y"] + frame["height"])


def test_a_link_to_a_fact_lights_it_whatever_part_of_the_list_it_is_in(
    page: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documentpage, "CARDS_ON_A_PAGE", 5)
    go(page, address, f"/documents/{PLAN}#fact-deadlines-0")
    expect(page.locator("#fact-deadlines-0")).to_be_focused()
    assert lit(page) == ["deadlines-0"]


def test_on_a_small_screen_a_chosen_fact_stands_in_sight_below_the_picture(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, address, f"/documents/{PLAN}?kind=deadlines")
    for key in "jjk":
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        fact, frame = page.locator("li.fact:focus").bounding_box(), page.locator(".pages").bounding_box()
        assert fact and frame
        assert frame["y"] + frame["height"] <= fact["y"] and fact["y"] + fact["height"] < 844


def test_fingers_find_what_they_press(opener: Opener, address: str, unjudged: Shop) -> None:
    page = opener(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    for path in (f"/documents/{PLAN}", f"/edit/targets-1/{PLAN}", f"/add/{PLAN}?page=1&first=2&last=4", "/", "/charts"):
        go(page, address, path)
        small = page.evaluate(SMALL, 43)
        assert small == [], path


SMALL = """least => [...document.querySelectorAll(
    "button, .button, select, textarea, input:not([type=hidden], [type=checkbox]), .bar a")]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < least).map(e => e.outerHTML.slice(0, 80))"""


def test_plain_text_lights_its_line(page: Page, address: str) -> None:
    go(page, address, f"/documents/{HOSTILE}?kind=targets")
    page.keyboard.press("j")
    expect(page.locator("#p1-l1.lit")).to_have_count(1)


def test_two_people_on_one_fact(page: Page, context: BrowserContext, address: str) -> None:
    go(page, address, f"/documents/{PLAN}")
    other = context.new_page()
    go(other, address, f"/documents/{PLAN}")
    other.locator("#fact-targets-1 button[value=accept]").click()
    expect(other.locator("#fact-targets-1 .badge")).to_have_text("Đã chấp nhận")
    other.close()
    with page.expect_response(lambda answer: "/judge/" in answer.url) as waited:
        page.locator("#fact-targets-1 button[value=reject]").click()
    assert waited.value.status == 409
    expect(page.locator("#fact-targets-1 [role=alert]")).to_contain_text("Lê Lan")


PAGES = [
    "/", "/?q=ho+chua", "/?q=không+có+gì", f"/documents/{PLAN}", f"/documents/{HOSTILE}",
    f"/edit/targets-1/{PLAN}", f"/edit/header-recipients/{PLAN}",
    f"/add/{PLAN}?kind=tasks&page=1&first=2&last=4", f"/add/{HOSTILE}?first=9", "/charts?month=2026-12", "/name",
    "/documents/none",
]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_sticks_out(
    context: BrowserContext, address: str, language: str, width: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    go(page, address, f"/language/{language}")
    found = []
    for path in PAGES:
        go(page, address, path)
        if path == f"/documents/{PLAN}":  # the page as it is worked on
            page.keyboard.press("j")
            page.locator("#fact-targets-1 details.more summary").click()
        violations = Axe().run(page).response["violations"]
        found += [(path, one["id"], node["html"][:150]) for one in violations for node in one["nodes"]]
        if page.evaluate("document.scrollingElement.scrollWidth") > width:
            found.append((path, "sticks out", page.evaluate(STICKING_OUT)))
    page.close()
    context.clear_cookies()
    assert found == []


STICKING_OUT = """() => [...document.querySelectorAll("main *")].filter(e => !e.closest(".plot-scroll, .pages-scroll")
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join()"""


def test_everything_works_without_scripts(opener: Opener, address: str, unjudged: Shop) -> None:
    page = opener(java_script_enabled=False).new_page()
    page.goto(f"{address}/documents/{PLAN}")
    page.locator("#fact-targets-0 button[value=accept]").click()
    page.get_by_role("textbox").fill("Phạm Thị Nga")
    page.get_by_role("button").click()
    page.locator("#fact-targets-0 button[value=accept]").click()
    expect(page.locator("#fact-targets-0 .badge")).to_have_text("Đã chấp nhận")
    page.locator("#fact-deadlines-0 a.button").click()
    page.locator("input[name=due]").fill("16/12/2026")
    page.get_by_role("button", name="Lưu sửa đổi").click()
    expect(page.locator("#fact-deadlines-0 .fact-head")).to_contain_text("16/12/2026")
    log = corrections.read(unjudged.store / f"{PLAN}.json")
    assert [entry.who for entry in log.corrections] == ["Phạm Thị Nga", "Phạm Thị Nga"]


def test_a_printed_document_holds_the_facts_and_no_buttons(page: Page, address: str) -> None:
    go(page, address, f"/documents/{PLAN}")
    printed = pdfium.PdfDocument(page.pdf(format="A4"))
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in printed).split())
    assert "27/KH-STL" in text and "hai lần đọc cho số khác nhau" in text
    for word in ("Chấp nhận", "Phím tắt", "Thêm dữ kiện", "Chi tiết"):
        assert word not in text, word


def test_a_printed_chart_is_whole_and_has_no_buttons(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 690, "height": 1000})  # an A4 sheet between its margins
    page.emulate_media(media="print")
    go(page, address, "/charts?month=2026-12")
    frames = page.locator(".plot-scroll").evaluate_all("all => all.map(e => [e.scrollWidth, e.clientWidth])")
    assert frames and all(inside <= room for inside, room in frames)
    expect(page.get_by_role("link", name="Tháng sau")).to_be_hidden()
