"""Descriptions in Markdown as HTML that cannot harm: no tags of the author's, no images."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h3", "h4", "code", "br"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


class RichText(str):
    """Cleaned HTML, which a template prints as it is."""

    __slots__ = ()

    def __html__(self) -> "RichText":
        return self


def rich_text(markdown: str) -> RichText:
    """The text as HTML with headings below those of the page; links do not vouch for others."""
    tokens = _markdown.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if token.tag in {"h1", "h2"} else "h4"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return RichText(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow ugc",
        )
    )
