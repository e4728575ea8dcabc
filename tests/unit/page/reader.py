# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read a page as a browser would: its tree of elements, what it would load, and what of it a reader cannot use."""

from __future__ import annotations

from html.parser import HTMLParser

EMPTY = {"meta", "link", "img", "br", "hr", "input", "base", "source", "area", "embed"}
LOADS = {"src", "href", "action", "formaction", "data", "poster", "srcset", "background", "xlink:href"}


class Page(HTMLParser):
    """One page.

    Attributes:
        tags: each element, with its attributes.
        text: all text in their order.
        unclosed: what is wrong with the nesting.
        tables: each table as rows of (tag, scope, text).
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.unclosed: list[str] = []
        self.tables: list[list[list[tuple[str, str | None, str]]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.unclosed += self._open
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in EMPTY:
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append((tag, given.get("scope"), ""))

    def handle_endtag(self, tag: str) -> None:
        """See `HTMLParser`."""
        if not self._open or self._open.pop() != tag:
            self.unclosed.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        if not self._open or self._open[-1] not in ("style", "script"):
            self.texts.append(data)
        if self._open and self._open[-1] in ("td", "th"):
            kind, scope, text = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (kind, scope, text + data)

    @property
    def loads(self) -> list[str]:
        """What a browser would fetch or run: every address that is no place in the page itself, scripts and handlers."""
        found = [f"<{tag}>" for tag, _given in self.tags if tag in ("script", "iframe", "object", "embed", "link", "base", "img")]
        for tag, given in self.tags:
            found += [f"{tag} {name}={value}" for name, value in given.items() if name in LOADS and not str(value).startswith("#")]
            found += [f"{tag} {name}" for name in given if name.startswith("on")]
        return found

    @property
    def unusable(self) -> list[str]:
        """What hinders a reader who does not see it."""
        names = [tag for tag, _given in self.tags]
        found = [] if ("html", {"lang": "en"}) in self.tags else ["no language"]
        found += [] if names.count("h1") == 1 else ["not one main heading"]
        found += [] if names.count("main") == 1 else ["not one main part"]
        found += ["a table without a caption"] if names.count("table") != names.count("caption") else []
        ids = {given["id"] for _tag, given in self.tags if given.get("id")}
        found += [f"no place {given['href']}" for tag, given in self.tags if tag == "a" and str(given.get("href")).lstrip("#") not in ids]
        found += ["a picture without words" for tag, given in self.tags if tag == "svg" and not given.get("aria-label")]
        for rows in self.tables:
            found += ["a column without a heading"] if any(each[:2] != ("th", "col") for each in rows[0]) else []
            found += ["a row without a name" for row in rows[1:] if row[0][:2] != ("th", "row")]
            found += ["a row that is not as long as its table" for row in rows if len(row) != len(rows[0])]
        return found
