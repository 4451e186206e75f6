"""The report in a real browser: a run, the same run without what older versions did not keep, and a set of runs. Nothing goes wrong in its console, it asks for nothing from
outside, every picture loads, the keyboard is enough, it is light or dark as asked, and a phone shows all of it. Pictures of the pages stay in tests/target/screenshots."""

import os
import pathlib
import shutil
import tempfile
import unittest

from playwright.sync_api import sync_playwright

import browser
from shards_test import ppflow

BROWSER = pathlib.Path(os.environ["PPFLOW_BROWSER"])
SCREENSHOTS = pathlib.Path(__file__).resolve().parents[1] / "target/screenshots"
# Two runs that share what they can: data, classifier and the weights of ppf-2.
CONFIG = """
name: tiny
schedules: [ppf-2]
classifier: {steps: 40}
model: {depth: 2, hidden: 32, heads: 2}
training: {images: 384, batch: 16, checkpoint_every: 24}
sampling: {count: 40, batch: 20, steps: 6}
report: {paths: 2}
cells:
  both: {schedules: [sit, ppf-2]}
  ppf-2 alone: {}
"""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1200, "height": 900}

# Of a CSS colour its luminance, as WCAG 2 has it; of two their contrast.
CONTRAST = """([selector, property]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminance = colour => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const paper = luminance(getComputedStyle(document.body).backgroundColor);
  const ink = luminance(getComputedStyle(document.querySelector(selector))[property]);
  return (Math.max(paper, ink) + .05) / (Math.min(paper, ink) + .05);
}"""


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        runs = pathlib.Path(cls.folder.name) / "runs"
        grid = pathlib.Path(cls.folder.name) / "tiny.yaml"
        grid.write_text(CONFIG)
        ppflow("run", grid, "--runs", runs)
        tiny = runs / "tiny"
        shutil.copytree(tiny / "both", tiny / "older")
        config = tiny / "older/config.yaml"
        config.write_text(config.read_text().replace("name: both", "name: older"))
        (tiny / "older/real.png").unlink()
        for panel in (tiny / "older/models").glob("*/panel"):
            shutil.rmtree(panel)
        cls.one = tiny / "both/report.html"
        cls.older = pathlib.Path(ppflow("report", tiny / "older").strip())
        cls.several = tiny / "report.html"
        ppflow("report", tiny)
        shutil.rmtree(SCREENSHOTS, ignore_errors=True)
        SCREENSHOTS.mkdir(parents=True)
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = browser.launch(playwright, BROWSER)
        cls.addClassCleanup(cls.browser.close)

    def open(self, page, viewport=DESK, scheme="light"):
        """The page, which fails the test if it writes to its console, throws, or asks for anything."""
        opened = self.browser.new_page(viewport=viewport, color_scheme=scheme)
        self.addCleanup(opened.close)
        self.complaints = []
        opened.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        opened.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        opened.on("request", lambda request: request.url.startswith(("data:", page.as_uri())) or self.complaints.append(f"request: {request.url}"))
        opened.goto(page.as_uri())
        return opened

    def screenshot(self, page, name):
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def tab_to(self, page, selector):
        """Goes there as somebody without a mouse does."""
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("""() => {
                    const focused = document.activeElement;
                    const shown = focused.matches(".chips input") ? focused.nextElementSibling : focused;
                    return getComputedStyle(shown).outlineStyle + " " + getComputedStyle(shown).outlineWidth;
                }""")
                self.assertEqual(outline, "solid 3px", f"the focus on {selector} is not to be seen")
                return
        self.fail(f"no Tab leads to {selector}")

    def test_everything_loads_and_nothing_comes_from_outside(self):
        for name in ("one", "older", "several"):
            with self.subTest(name):
                page = self.open(getattr(self, name))
                pictures = page.evaluate("""async () => {
                    const all = [...document.images];
                    await Promise.all(all.map(one => one.decode().catch(() => 0)));
                    return all.map(one => [one.alt, one.complete && one.naturalWidth > 0]);
                }""")
                self.assertGreater(len(pictures), 4)
                for alt, loaded in pictures:
                    self.assertTrue(loaded, f"'{alt}' does not load")
                    self.assertGreater(len(alt), 5)
                self.assertEqual(self.complaints, [])

    def test_the_policy_stops_what_would_come_from_outside(self):
        page = self.open(self.one)
        stopped = page.evaluate("""() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", event => done(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/x.png" }));
        })""")
        self.assertEqual(stopped, "img-src")

    def test_the_keyboard_changes_class_and_guidance(self):
        page = self.open(self.one)
        caption = page.locator("[data-explorer] [data-caption]")
        tile = page.locator(".stage .tile").first
        self.tab_to(page, "input[data-axis=class]")
        page.keyboard.press("ArrowRight")
        self.assertEqual(caption.inner_text(), "class 1, guidance 2, noise 1")
        self.tab_to(page, ".stage")
        before = tile.screenshot()
        page.keyboard.press("ArrowRight")
        self.assertEqual(caption.inner_text(), "class 1, guidance 4, noise 1")
        page.keyboard.press("ArrowRight")
        self.assertEqual(caption.inner_text(), "class 1, guidance 4, noise 1", "beyond the last there is nothing")
        page.keyboard.press("ArrowDown")
        self.assertEqual(caption.inner_text(), "class 2, guidance 4, noise 1")
        self.assertNotEqual(tile.screenshot(), before)
        self.assertEqual(page.locator("input[data-axis=scale]:checked").get_attribute("value"), "3")
        self.assertIn("class 2, guidance 4", page.locator(".stage img").first.get_attribute("alt"))
        self.assertEqual(self.complaints, [])

    def test_the_keyboard_goes_along_the_denoising_path(self):
        page = self.open(self.one)
        captions = page.locator(".way > [data-caption]")
        self.tab_to(page, "input[data-axis=way]")
        sample = page.locator(".way .tile").nth(1).screenshot()
        page.keyboard.press("ArrowRight")
        self.assertNotEqual(page.locator(".way .tile").nth(1).screenshot(), sample)
        self.tab_to(page, "[data-path] input[type=range]")
        page.keyboard.press("Home")
        self.assertIn("Step 0 of 6, t = 0.000: level 0 with patches 2x2, 64 tokens", captions.nth(0).inner_text())
        self.assertIn("Step 0 of 6, t = 0.000: level 0 with patches 4x4, 16 tokens", captions.nth(1).inner_text())
        noise = page.locator(".way .tile").first.screenshot()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        self.assertIn("Step 4 of 6, t = 0.667: level 1 with patches 2x2, 64 tokens; to the next step", captions.nth(1).inner_text())
        self.assertIn("in 2 evaluations", captions.nth(1).inner_text())
        self.assertNotEqual(page.locator(".way .tile").first.screenshot(), noise)
        page.keyboard.press("End")
        self.assertIn("the result", captions.nth(1).inner_text())
        self.assertEqual(self.complaints, [])

    def test_a_picture_that_is_clicked_is_shown(self):
        page = self.open(self.one)
        page.locator("details.all summary").click()
        sheet = page.locator(".sheet").first
        box = sheet.bounding_box()
        sheet.click(position={"x": 2, "y": box["height"] - 2})  # the corners are round: beside them is no picture
        self.assertEqual(page.locator("[data-explorer] [data-caption]").inner_text(), "class 9, guidance 1, noise 2")

    def test_a_chart_tells_its_values(self):
        page = self.open(self.one)
        self.tab_to(page, "figure:nth-of-type(2) > svg.chart")
        page.keyboard.press("Home")
        caption = page.locator("[data-chart] [data-caption]").nth(1)
        self.assertRegex(caption.inner_text(), r"^16 images: all levels [\d.]+, 4x4 [\d.]+, 2x2 [\d.]+$")
        page.keyboard.press("ArrowRight")
        self.assertRegex(caption.inner_text(), r"^32 images: ")

    def test_commands_can_be_copied(self):
        page = self.open(self.one)
        button = page.locator("#run0-repeat .copy").first
        button.click()
        page.wait_for_function("() => /Copied|Selected/.test(document.querySelector('#run0-repeat .copy').textContent)")
        self.assertIn("ppflow run ", page.locator("#run0-repeat pre").first.inner_text())

    def test_light_and_dark_differ_and_can_both_be_read(self):
        papers = {}
        for scheme in ("light", "dark"):
            page = self.open(self.one, scheme=scheme)
            papers[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
            for selector, what, least in ((".state", "color", 4.5), (".state .quiet", "color", 4.5), (".kicker", "color", 4.5),
                                          (".chart .all", "stroke", 3), (".chart .level0", "stroke", 3), (".chart .level1", "stroke", 3)):
                self.assertGreaterEqual(page.evaluate(CONTRAST, [selector, what]), least, f"{selector} in {scheme}")
            self.screenshot(page, scheme)
            self.assertEqual(self.complaints, [])
        self.assertNotEqual(papers["light"], papers["dark"])
        page = self.open(self.one, scheme="light")
        for button, scheme in (("Dark", "dark"), ("Light", "light"), ("Auto", "light")):
            page.get_by_role("button", name=button, exact=True).click()
            self.assertEqual(page.evaluate("getComputedStyle(document.body).backgroundColor"), papers[scheme])

    def test_a_phone_shows_it_without_sideways_scrolling(self):
        for name in ("one", "older", "several"):
            for width in (390, 320):
                with self.subTest(name, width=width):
                    page = self.open(getattr(self, name), viewport={**PHONE, "width": width})
                    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
                    beyond = page.evaluate("""() => [...document.querySelectorAll("main *")].filter(one => !one.closest(".wide, .tile, nav") && one.getBoundingClientRect().right > innerWidth + 1)
                        .map(one => one.outerHTML.slice(0, 80))""")
                    self.assertEqual(beyond, [])
                    self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
            self.screenshot(self.open(getattr(self, name), viewport=PHONE), f"phone-{name}")

    def test_what_an_older_run_lacks_is_said_with_the_command_that_makes_it(self):
        page = self.open(self.older)
        missing = page.locator(".missing").all_inner_texts()
        self.assertEqual(len(missing), 5)  # samples by guidance and paths of two models, and real pictures
        for text in missing:
            self.assertRegex(text, r"This makes it: (cd .+ && )?\S*ppflow run .*/tiny/older/config.yaml --runs ")
        self.assertEqual(page.locator("[data-chart] svg").count(), 2)

    def test_a_set_has_an_overview_that_leads_to_each_run(self):
        page = self.open(self.several)
        self.assertEqual(page.locator("#overview table").first.locator("tbody tr").count(), 5)
        links = page.locator("#overview tbody a")
        for i in range(links.count()):
            links.nth(i).click()
            target = page.locator(links.nth(i).get_attribute("href"))
            self.assertLess(abs(target.bounding_box()["y"] - 56), 60)
            self.assertEqual(target.locator("h2").inner_text(), links.nth(i).inner_text())
        self.screenshot(page, "several")

    def test_ids_are_unique_and_links_lead_somewhere(self):
        for name in ("one", "several"):
            page = self.open(getattr(self, name))
            self.assertEqual(page.evaluate("""() => {
                const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
                const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
                const nowhere = [...document.querySelectorAll("a[href^='#']")].map(one => one.getAttribute("href").slice(1)).filter(id => !ids.includes(id));
                return [twice, nowhere];
            }"""), [[], []])

    def test_it_prints(self):
        page = self.open(self.one)
        page.emulate_media(media="print")
        self.assertFalse(page.locator(".stage").is_visible())
        self.assertFalse(page.locator("nav").is_visible())
        page.pdf(path=SCREENSHOTS / "print.pdf", print_background=True)
        self.assertGreater((SCREENSHOTS / "print.pdf").stat().st_size, 50_000)


if __name__ == "__main__":
    unittest.main()
