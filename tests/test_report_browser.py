"""The pages in a real browser: nothing inaccessible, nothing too wide, nothing fetched, and the few scripts work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_report_results import (
    EVERY_PAGE,
    full_marks,
    the_class_page,
    trouble,
)

from grader.report import student_page, write

WIDTHS = (360, 1280)
THEMES = ("light", "dark")
LOOKED_AT = [
    *(
        (name, width, theme)
        for name in ("trouble", "decided", "not judged", "class", "front")
        for width in WIDTHS
        for theme in THEMES
    ),
    *((name, 360, "light") for name in ("full", "nobody", "empty front")),
]


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


# On a laptop without a browser these are skipped; where the work is checked, a missing browser is a failure.
pytestmark = pytest.mark.skipif(chromium() is None and "CI" not in os.environ, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "no Chromium is installed: install the package chromium"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page as a file, as `grade` writes it."""
    folder = tmp_path_factory.mktemp("reports")
    for name, make in EVERY_PAGE.items():
        write(folder / f"{name}.html", make())
    return folder


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def show(page: Page, tmp_path: Path, html: str, anchor: str = "") -> None:
    write(tmp_path / "page.html", html)
    page.goto(f"{(tmp_path / 'page.html').as_uri()}{anchor}")


def seen_by_axe(browser: Browser, address: str, width: int, theme: str) -> list[tuple[str, list[str]]]:
    """Return what axe-core finds on a page with everything unfolded."""
    viewport = {"width": width, "height": 800}
    # The page's own policy keeps axe out; what the policy does is tested below.
    context = browser.new_context(viewport=viewport, color_scheme=theme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = Axe().run(page).response["violations"]
    context.close()
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize(
    ("name", "width", "theme"),
    [  # a phone in the dark and a desk by day see what the other two do, nearly always
        pytest.param(*each, marks=[pytest.mark.thorough] * (each[1:] in ((360, "light"), (1280, "dark"))))
        for each in LOOKED_AT[:-3]
    ]
    + LOOKED_AT[-3:],
)
def test_axe_finds_nothing(browser: Browser, folder: Path, name: str, width: int, theme: str) -> None:
    assert seen_by_axe(browser, (folder / f"{name}.html").as_uri(), width, theme) == []


def test_axe_would_find_something(browser: Browser, tmp_path: Path) -> None:
    pale = (
        student_page(full_marks())
        .replace("--soft: #575d68", "--soft: #c5c8cd")
        .replace("<h1>", "<p>")
        .replace("</h1>", "</p>")
    )
    write(tmp_path / "pale.html", pale)
    found = seen_by_axe(browser, (tmp_path / "pale.html").as_uri(), 1280, "light")
    assert {"color-contrast", "page-has-heading-one"} <= {name for name, _ in found}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_nothing_is_fetched_blocked_or_too_wide(browser: Browser, folder: Path, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    address = (folder / f"{name}.html").as_uri()
    page.goto(address)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    widest = page.evaluate("document.documentElement.scrollWidth")
    styled = page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
    context.close()
    assert said == []
    assert asked == [address]
    assert widest <= width
    assert styled == "absolute", "the policy let the page's own style in"


def test_the_policy_holds_against_planted_script(opened: Page, tmp_path: Path) -> None:
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    planted = (
        "<script>document.title = 'taken'</script><p style='color: red' onclick='1'>x</p><img src='http://localhost/x'>"
    )
    show(opened, tmp_path, student_page(full_marks()).replace("</main>", f"{planted}</main>"))
    assert opened.title() == "s01: 20 of 20 · hw3-gradients"
    assert len(said) >= 3
    assert all("Content Security Policy" in one for one in said)


def test_the_keyboard_reaches_everything_in_order(opened: Page, tmp_path: Path) -> None:
    show(opened, tmp_path, student_page(trouble()))
    opened.keyboard.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    expect(opened.locator(".skip")).to_be_in_viewport()
    opened.keyboard.press("Enter")
    expect(opened.locator("main")).to_be_focused()
    opened.keyboard.press("Tab")
    expect(opened.locator(".mend a").first).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator("#f-grad_oa")).to_be_in_viewport()


def test_a_link_to_a_folded_function_opens_it(opened: Page, tmp_path: Path) -> None:
    show(opened, tmp_path, student_page(full_marks()), "#f-grad_ha")
    expect(opened.locator("#f-grad_ha .facts")).to_be_visible()
    expect(opened.locator("#f-grad_hs .facts")).not_to_be_visible()


def test_lines_to_try_can_be_copied(opened: Page, tmp_path: Path) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(opened, tmp_path, student_page(trouble()))
    opened.locator(".attempt summary").first.click()
    opened.locator(".copied button").first.click()
    expect(opened.locator(".copied button").first).to_have_text("Copied")
    assert opened.evaluate("navigator.clipboard.readText()") == opened.locator(".copied pre").first.text_content()


def test_print_opens_everything_and_drops_the_controls(opened: Page, tmp_path: Path) -> None:
    show(opened, tmp_path, student_page(full_marks()))
    expect(opened.get_by_role("button", name="Print")).to_be_visible()
    opened.emulate_media(media="print")
    assert all(box.bounding_box()["height"] > 40 for box in opened.locator(".part .facts").all())  # type: ignore[index]
    expect(opened.get_by_role("button", name="Print")).not_to_be_visible()


def test_the_map_is_sorted_by_its_headers(opened: Page, tmp_path: Path) -> None:
    show(opened, tmp_path, the_class_page())
    score = opened.locator("#heat thead th").nth(1)
    names = opened.locator("#heat tbody th")
    score.get_by_role("button").click()
    expect(score).to_have_attribute("aria-sort", "ascending")
    assert names.first.text_content() == "s10 <b>"
    assert names.last.text_content() == "s09", "an unknown score is below every other"
    score.get_by_role("button").press("Enter")
    expect(score).to_have_attribute("aria-sort", "descending")
    assert opened.locator("#heat tbody td.t").first.text_content() == "20"
    assert names.last.text_content() == "s09"
    opened.locator("#heat thead th").first.get_by_role("button").click()
    expect(score).not_to_have_attribute("aria-sort", "descending")
    assert names.first.text_content() == "s07"
    expect(opened.locator("#told")).to_have_text("Sorted by student, ascending")


def test_the_search_filters_while_typing(opened: Page, tmp_path: Path) -> None:
    show(opened, tmp_path, the_class_page())
    opened.get_by_label("Find a student").fill("S1")
    expect(opened.locator("#heat tbody tr:visible")).to_have_count(8)
    expect(opened.locator("#told")).to_have_text("8 of 40 students shown")
    opened.get_by_label("Find a student").fill("nobody")
    expect(opened.locator("#heat tbody tr:visible")).to_have_count(0)


def test_everything_is_readable_without_script(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, tmp_path, the_class_page())
    expect(page.locator("#heat tbody tr")).to_have_count(40)
    expect(page.locator("button, input").locator("visible=true")).to_have_count(0)
    show(page, tmp_path, student_page(trouble()))
    expect(page.locator("button").locator("visible=true")).to_have_count(0)
    expect(page.locator("#f-grad_oa .matrix").first).to_be_visible()
    context.close()
