"""From the pages of a site to files: HTML that needs no network, with a search that runs in it."""

import json
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.concepts.reply import Block, BlockKind
from bot.concepts.site import Site, SitePage, SiteSection
from bot.rendering.print_html import span_html

_HERE = Path(__file__).parent / "site"
_ASSETS = ("site.css", "search.js")


def site_files(site: Site) -> Mapping[str, bytes]:
    """The files of a site by their path."""
    templates = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["said"] = span_html
    templates.globals["runs"] = _runs
    kinds = tuple(dict.fromkeys(page.kind for page in site.pages))
    files = {name: (_HERE / name).read_bytes() for name in _ASSETS}
    # A script, not JSON: from file:// a page may load a script and may fetch nothing.
    files["index.js"] = f"window.PAGES = {_index(site)};\n".encode()
    first = templates.get_template("index.html").render(site=site, kinds=kinds, root="")
    files["index.html"] = first.encode()
    one = templates.get_template("page.html")
    for page in site.pages:
        root = "../" * page.path.count("/")
        files[page.path] = one.render(site=site, page=page, root=root).encode()
        if page.document is not None:
            files[_beside(page)] = page.document
    return files


def _beside(page: SitePage) -> str:
    return page.path.removesuffix(".html") + ".docx"


def _index(site: Site) -> str:
    """What the search looks through: a page, or a part of it that has a name of its own."""
    found: list[dict[str, str]] = []
    for page in site.pages:
        whole = [each for each in page.sections if not each.anchor]
        if whole:
            found.append(_entry(page, "", page.title, whole) | {"a": " ".join(page.asked)})
        for section in page.sections:
            if section.anchor:
                title = section.title
                if page.title != page.kind:
                    title = f"{page.title} {title}"
                found.append(_entry(page, f"#{section.anchor}", title, [section]))
    told = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    # Within a script file nothing ends it early; the line separators once did.
    return told.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _entry(page: SitePage, anchor: str, title: str, parts: list[SiteSection]) -> dict[str, str]:
    words = [f"{part.title} {' '.join(block.text for block in part.blocks)}" for part in parts]
    return {"t": title, "u": page.path + anchor, "k": page.kind, "x": "\n".join(words)}


def _runs(blocks: tuple[Block, ...]) -> list[tuple[str, list[Block]]]:
    """Blocks that belong together: the items of one list, the quotations of one speech."""
    found: list[tuple[str, list[Block]]] = []
    for block in blocks:
        kind = {BlockKind.STEP: "ol", BlockKind.BULLET: "ul", BlockKind.QUOTE: "quote"}
        name = kind.get(block.kind, "p")
        if found and found[-1][0] == name and name != "p":
            found[-1][1].append(block)
        else:
            found.append((name, [block]))
    return found
