"""Accessibility faults of a page, found by axe-core (WCAG 2.2 A and AA, and its best practices)."""

from pathlib import Path

from playwright.sync_api import Page

_SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}});
  return found.violations.flatMap(fault =>
    fault.nodes.map(node => [fault.id, node.target.join(" "), node.failureSummary]));
}"""
#: A colour on its way to another would be measured as the wrong one.
_SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime)).map(one => one.finished))"""


def violations(page: Page) -> list[str]:
    """Each fault as ``rule: element: why``; empty when there is none. Waits until nothing moves any more.

    The script is evaluated by the driver, not inserted as a tag, so the page keeps its own content policy.
    """
    page.evaluate(_SETTLED)
    page.evaluate(_SOURCE.read_text(encoding="utf-8"))
    return [f"{rule}: {element}: {why}" for rule, element, why in page.evaluate(_RUN, _TAGS)]
