"""What keeps somebody from using a page, by axe-core."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

_AXE = Path(__file__).resolve().parents[2] / "functions/check_ui/node_modules/axe-core/axe.min.js"
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_SETTLE = """async () => {
    for (let still = 0, left = 100; still < 3 && left; left--) {
        await new Promise(requestAnimationFrame);  // what inherits a colour begins after what it has it from
        const under = document.getAnimations().filter((each) => each instanceof CSSTransition);
        under.forEach((each) => each.finish());
        still = under.length ? 0 : still + 1;
    }
}"""
_RUN = """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations
    .map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`)"""
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light")


def violations(page: Page) -> list[str]:
    """What speaks against WCAG 2.2 A to AA and axe-core's own best practice, dark or light."""
    page.evaluate(_AXE.read_text("utf-8"))
    found: list[str] = []
    for scheme in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_SETTLE)
        found += page.evaluate(_RUN, list(_TAGS))
    return list(dict.fromkeys(found))
