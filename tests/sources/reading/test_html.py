"""Web pages: all that is seen is a paragraph, what is not the article is set apart, nothing is guessed."""

from itertools import product

import pytest
from lxml.html import document_fromstring

from sources.reading import CannotRead, Found
from sources.reading.html import letters
from sources.reading.parsing import parser
from tests.documents import FILLER, html_page

NEWS = """<!DOCTYPE html>
<!-- saved from url=(0040)https://news.example/ru/2021/akims -->
<html lang="ru-RU"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>Сельских акимов избрали напрямую — Новости примера</title>
<meta property="og:title" content="Сельских акимов избрали напрямую">
<meta property="og:site_name" content="Новости примера">
<meta name="author" content="Дана Оспанова">
<meta property="article:published_time" content="2021-07-26T23:30:00+06:00">
<style>.x{color:red}</style><script>var tracker = "no";</script></head>
<body class="post has-sidebar">
<div id="cookie-consent"><p>Мы используем файлы cookie, чтобы сделать сайт удобнее. Продолжая, вы соглашаетесь.</p>
<button>Принять</button></div>
<header><img src="logo.png" alt="Логотип"><nav><a href="/">Главная</a><a href="/politics">Политика</a></nav></header>
<main><article>
<h1>Сельских акимов избрали напрямую</h1>
<div><span class="byline">Дана Оспанова</span> <time datetime="2021-07-26">26 июля 2021</time></div>
<div class="share-buttons"><a href="#">Telegram</a></div>
<p>В воскресенье, 25&nbsp;июля, жители сёл впервые выбрали акимов прямым
   голосованием<sup><a href="#n">1</a></sup>.</p>
<figure><img src="a.jpg"><figcaption>Избирательный участок в Алматинской области</figcaption></figure>
<p>По данным Центральной комиссии, выборы прошли в <b>730</b> сельских округах.<br>Явка составила 65 %.</p>
<h2>Что изменилось</h2>
<p>Раньше акимов назначали или выбирали депутаты маслихатов; закон о прямых выборах подписан 24 мая.</p>
<ul><li>Срок полномочий акима — четыре года;</li><li>кандидата выдвигает партия или он сам.</li></ul>
<blockquote><p>Это важный шаг к местному самоуправлению, его ждали сами жители.</p></blockquote>
<table><caption>Итоги</caption><tr><th>Область</th><th>Округов</th></tr><tr><td>Алматинская</td><td>91</td></tr></table>
<div class="related"><a href="/x">Закон о маслихатах принят</a></div>
<p>Коротко.</p>
<p style="display: none">Этого не видно.</p><template>И этого.</template><p hidden>И этого.</p>
</article>
<aside><h3>Самое читаемое</h3><ul><li><a href="/1">Бюджет принят</a></li></ul></aside></main>
<footer><p>© 2021 Новости примера. Все права защищены.</p></footer>
</body></html>"""


def read(page):
    return parser("html")(page if isinstance(page, bytes) else page.encode())


def lines(document):
    """(kind, level, text) of each paragraph."""
    return [(*kind, text) for kind, text in zip(document.kinds, document.text.split("\n"), strict=True)]


def test_a_saved_news_page_is_sorted_and_nothing_that_is_seen_is_left_out():
    assert lines(read(NEWS)) == [
        ("notice", None, "Мы используем файлы cookie, чтобы сделать сайт удобнее. Продолжая, вы соглашаетесь."),
        ("notice", None, "Принять"),
        ("navigation", None, "Главная"),
        ("navigation", None, "Политика"),
        ("heading", 1, "Сельских акимов избрали напрямую"),
        ("byline", None, "Дана Оспанова 26 июля 2021"),
        ("navigation", None, "Telegram"),
        ("paragraph", None, "В воскресенье, 25\u00a0июля, жители сёл впервые выбрали акимов прямым голосованием 1."),
        ("caption", None, "Избирательный участок в Алматинской области"),
        ("paragraph", None, "По данным Центральной комиссии, выборы прошли в 730 сельских округах."),
        ("paragraph", None, "Явка составила 65 %."),
        ("heading", 2, "Что изменилось"),
        (
            "paragraph",
            None,
            "Раньше акимов назначали или выбирали депутаты маслихатов; закон о прямых выборах подписан 24 мая.",
        ),
        ("list_item", None, "Срок полномочий акима — четыре года;"),
        ("list_item", None, "кандидата выдвигает партия или он сам."),
        ("quotation", None, "Это важный шаг к местному самоуправлению, его ждали сами жители."),
        ("caption", None, "Итоги"),
        ("paragraph", None, "Область | Округов"),
        ("paragraph", None, "Алматинская | 91"),
        ("navigation", None, "Закон о маслихатах принят"),
        ("paragraph", None, "Коротко."),
        ("notice", None, "Самое читаемое"),
        ("navigation", None, "Бюджет принят"),
        ("notice", None, "© 2021 Новости примера. Все права защищены."),
    ]


def test_a_page_states_what_stands_in_it_and_where():
    assert read(NEWS).found == [
        Found("language", "ru-RU", '<html lang="…">'),
        Found("title", "Сельских акимов избрали напрямую", '<meta "og:title">'),
        Found("author", "Дана Оспанова", '<meta "author">'),
        Found("publisher", "Новости примера", '<meta "og:site_name">'),
        Found("published", "2021-07-26", '<meta "article:published_time">'),
        Found("rights", "© 2021 Новости примера. Все права защищены.", "paragraph 24"),
    ]


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ("", "<p>Of 25 May 2020.</p>", {"title": "A page", "language": "en"}),
        ("", "<h1>The heading</h1>", {"title": "The heading"}),
        ('<meta name="date" content="2020-05-25">', "<p>A</p>", {"published": None}),
        ('<meta property="article:published_time" content="yesterday">', "<p>A</p>", {"published": None}),
        ('<meta property="article:published_time" content="2020-02-31">', "<p>A</p>", {"published": None}),
        ('<meta name="dcterms.issued" content="2020-05">', "<p>A</p>", {"published": "2020-05"}),
        ("", '<time datetime="2020-05-25T10:00Z">25 May</time>', {"published": "2020-05-25"}),
        ('<meta property="article:author" content="https://example.com/dana">', "<p>A</p>", {"author": None}),
        ("", '<p>A <a rel="author" href="/d">Dana Reader</a></p>', {"author": "Dana Reader"}),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"S"},{"headline":"H",'
            '"datePublished":"2020-05-25T23:00:00+06:00","author":[{"name":"D"},{"name":"E"}],"publisher":{"name":"P"}}]}'
            "</script>",
            "<p>A</p>",
            {"title": "H", "published": "2020-05-25", "author": "D, E", "publisher": "P"},
        ),
        ('<script type="application/ld+json">{"headline": </script>', "<p>A</p>", {"title": "A page"}),
        ('<meta name="dcterms.rights" content="CC BY 4.0">', "<p>A</p>", {"rights": "CC BY 4.0"}),
        (f'<meta name="author" content="{"x" * 201}">', "<p>A</p>", {"author": None}),
    ],
)
def test_only_what_a_page_states_is_found(head, body, found):
    stated = {one.name: one.value for one in read(html_page(head=head, body=body)).found}
    assert {name: stated.get(name) for name in found} == found


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>One<br>two<br><br>three</p>", ["One two", "three"]),
        ("<p>One.<br>two:<br/>three<br>four</p>", ["One.", "two:", "three four"]),
        ("<p>&nbsp;&nbsp;One &nbsp; two&nbsp;</p>", ["One \u00a0 two"]),
        ("<pre>One\n  two\n\nthree</pre>", ["One", "two", "three"]),
        ("One<p>two</p>three<div>four</div>", ["One", "two", "three", "four"]),
        ("<p>10<sup>6</sup> m<sup>2</sup> of land<sup>3</sup></p>", ["106 m2 of land 3"]),
        ("<p>re&shy;form&#8203;s</p>", ["reforms"]),
        ("<table><tr><td><p>One</p><p>two</p></td><td>three</td></tr></table>", ["One", "two", "three"]),
        ("<table><tr><td><p>One</p></td><td> </td><td>two</td></tr></table>", ["One | two"]),
        (
            "<select><option>One</option><option>two</option></select><textarea>three</textarea>",
            ["One", "two", "three"],
        ),
        ("<details><summary>One</summary>two</details>", ["One", "two"]),
        ("<p>A<!-- not this -->B<script>not this</script>C</p>", ["ABC"]),
        ("<p>1 &lt; 2 &amp; 3&nbsp;%</p>", ["1 < 2 & 3\u00a0%"]),
        ("<ul><li>One<ul><li>two</li></ul>three</li></ul>", ["One", "two", "three"]),
    ],
)
def test_paragraphs_are_what_a_browser_shows_as_paragraphs(markup, texts):
    assert read(html_page(body=markup)).text.split("\n") == texts


SOUP = """<html><head><title>Akims elected | A site</title></head><body><form>
<div id=top><a href=/>A site</a><a href=/n>News</a></div><div class="wrapper with-sidebar">
<div class=title>Akims elected</div><div class=date>26 July 2021</div>
<div>The first direct elections of rural akims were held in 730 districts of the country in July.</div>
<div>More than two thousand candidates took part, and the turnout was above that of past years.</div>
<div class=sidebar><div>Most read</div><a href=1>Budget adopted</a><a href=2>Weather</a></div></div>
</form></body></html>"""


def test_a_page_without_any_structure_is_sorted_by_its_text():
    assert lines(read(SOUP)) == [
        ("navigation", None, "A siteNews"),
        ("heading", 1, "Akims elected"),
        ("paragraph", None, "26 July 2021"),
        (
            "paragraph",
            None,
            "The first direct elections of rural akims were held in 730 districts of the country in July.",
        ),
        (
            "paragraph",
            None,
            "More than two thousand candidates took part, and the turnout was above that of past years.",
        ),
        ("notice", None, "Most read"),
        ("navigation", None, "Budget adopted Weather"),
    ]


def test_nothing_that_is_seen_is_left_out_however_it_is_nested():
    tags = ["p", "li", "table", "tr", "td", "nav", "a", "pre"]
    markup = "".join(
        f"<{one}>a{at} <{two}>b{at} <{three}>c{at}</{three}> d{at}</{two}> e{at}</{one}> f{at} "
        for at, (one, two, three) in enumerate(product(tags, repeat=3))
    )
    page = html_page(body=markup)
    shown = document_fromstring(page).find("body").text_content()
    assert letters(read(page).text) == letters(shown)


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_a_page_is_read_in_its_encoding(encoding):
    page = html_page(["Президент подписал закон о прямых выборах акимов."], encoding=encoding)
    assert read(page).text == "Президент подписал закон о прямых выборах акимов."


def test_a_page_that_declares_another_encoding_than_it_has_is_read_in_its_own():
    page = html_page(["Қазақстан"], encoding="utf-8").replace(b'charset="utf-8"', b'charset="windows-1251"')
    assert read(page).text == "Қазақстан"


def test_a_page_without_text_is_refused():
    with pytest.raises(CannotRead, match="no paragraph"):
        read(html_page())


def test_all_filler_is_read_as_paragraphs():
    assert read(html_page(FILLER)).kinds == [("paragraph", None)] * 3
