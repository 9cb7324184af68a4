"""Whole pages as browsers save them: one tree, the part that is the article, and what the page says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cleaning import clean
from builder.cleaning.dialects import plain_markdown
from builder.cleaning.mathml import read_formulas
from builder.model.article import Article
from builder.model.post import RawDocument
from builder.reading import parse_post
from builder.reading.html_tree import parse_html, words_of
from builder.reading.page_titles import page_title

FIRST = "茶山上的小路修了三年，终于在今年春天通到了山顶，背茶的人不必再绕过整座山谷。"
SECOND = "修路的钱一半来自县里，一半是村民自己凑的，账目至今贴在祠堂门口的木板上。"
ENGLISH = "The road up the tea mountain took three years to build, and half of the money came from the villagers."
LIKE = "Like others, he said that the road was his work."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"


def article(body: str, head: str = "", path: str = "a.html") -> Article:
    """The article of a page, or of another file where its name says so."""
    text = body if not path.endswith(".html") else f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    document = RawDocument(path=path, sha256="0" * 64, size=len(text), encoding="utf-8", text=text)
    return clean(parse_post(document), {})


def page(body: str, head: str = "<title>茶山修路</title>") -> Article:
    """A page with a title and a headline."""
    return article(body, head)


class TestTree:
    """The parser follows the HTML Standard, and takes no more time or depth than it must."""

    @pytest.mark.parametrize(
        "body",
        [
            f"<script>var dark = 1</script><main>{TEXT}</main>",
            f"<html><div><a href='/'>首页</a></div></html><div>{TEXT}</div>",
            f"<p>{FIRST}<div></p><table><tr><p>{SECOND}</p></table>",
        ],
    )
    def test_broken_pages_keep_their_text(self, body: str) -> None:
        """A script first, an include that ends the page, paragraphs in the wrong place: no sentence is lost."""
        text = page(f"<h1>茶山修路</h1>{body}").text
        assert FIRST in text
        assert SECOND in text

    def test_an_xml_declaration_makes_a_page_no_less(self) -> None:
        """Pages of the older kind begin with one, and lose their menus like others."""
        made = article(
            f"<?xml version='1.0'?>\n<html><body><ul><li><a href='/'>首页</a></li></ul>{TEXT}</body></html>",
            "",
            "a.htm",
        )
        assert made.text == f"{FIRST}\n{SECOND}"

    def test_what_nests_too_deep_becomes_lines(self) -> None:
        """Thousands of open elements give their text, not a tree that no walk survives."""
        root = parse_html("<div>" * 30_000 + FIRST)
        assert FIRST in "".join(map(str, root.itertext()))
        assert max(sum(1 for _ in element.iterancestors()) for element in root.iter()) < 10

    @given(st.text(alphabet="<>/abp \"'=!-&;码", max_size=80))
    def test_any_text_is_a_tree(self, text: str) -> None:
        """Parsing never fails, and its root is always ``html``."""
        assert parse_html(text).tag == "html"


class TestRegion:
    """The article's part is found by its text; what belongs to it stays, what stands around it goes."""

    def test_columns_and_menus_go(self) -> None:
        """A side column inside of a wrapper that is named for the article is no part of it."""
        side = "".join(f"<li><em>{n}</em><a href='/{n}'>别处的消息第{n}条</a></li>" for n in range(6))
        body = f"<div class='post_content'><div class='main'><h1>茶山修路</h1>{TEXT}</div><ul>{side}</ul></div>"
        assert page(body).text == f"{FIRST}\n{SECOND}"

    def test_two_languages_stay(self) -> None:
        """Han characters weigh what three letters do: neither column outweighs the other, and both are text."""
        body = f"<h1>茶山修路</h1><table><tr><td>{TEXT}</td><td><p>{ENGLISH}</p><p>{ENGLISH}</p></td></tr></table>"
        made = page(body)
        assert FIRST in made.text
        assert ENGLISH in made.text
        assert made.language == "zh-Hans"

    def test_an_annex_beside_the_text_stays(self) -> None:
        """A further part of full sentences beside the main one belongs to the article."""
        annex = "附件：修路捐款名录（共七十二户，自公布之日起公示三十日，有异议者可向村委会提出。）"
        body = f"<div id='page'><h1>茶山修路</h1><div>{TEXT}{TEXT}</div><div class='second'><p>{annex}</p></div></div>"
        assert annex in page(body).text

    def test_the_pages_words_behind_the_text_go(self) -> None:
        """A sentence of the page's own behind the text is no part of it, though it stands in ``article``."""
        note = "<div class='u'><p>这一条是编辑部在山下的小屋里写成的。</p></div>"
        assert page(
            f"<article><h1>茶山修路</h1><div class='t'>{TEXT}{TEXT}{TEXT}{TEXT}</div>{note}</article>"
        ).text.endswith(SECOND)

    @pytest.mark.parametrize("label", ["延伸閱讀", "関連記事", "あわせて読みたい", "관련기사", "Related articles"])
    def test_a_box_of_other_articles_goes_with_its_teasers(self, label: str) -> None:
        """A part that begins with such a label and holds a link goes whole, amid the text too."""
        said = "六月起每天烘茶两百斤。"
        teaser = f"<p><a href='/news/7'>山谷里的新茶厂开工</a></p><p>{said}</p>"
        box = f"<div class='b'><div>{label}</div><div>{teaser}</div></div>"
        text = page(f"<h1>茶山修路</h1><div>{TEXT}{TEXT}{TEXT}{box}<p>{SECOND}</p></div>").text
        assert label not in text
        assert said not in text
        assert text.endswith(SECOND)

    @pytest.mark.parametrize(
        "note",
        [
            "【免责声明】以上稿件只供读者参考，由此引起的任何后果与本处无关。",
            "下载“茶乡”客户端，随时知道山里的消息。",
            "茶鄉報料熱線：report@example.org",
            "홍길동 기자 hong@example.org",
            "残り300文字（全文1024文字）",
            "このページの情報は役に立ちましたか？",
        ],
    )
    def test_notes_to_readers_behind_the_text_go(self, note: str) -> None:
        """Disclaimers, calls and addresses below the text, in five scripts."""
        assert page(f"<h1>茶山修路</h1><div>{TEXT}<p>{note}</p></div>").text.endswith(SECOND)

    def test_what_asks_for_an_address_goes_with_its_words(self) -> None:
        """A part that holds a form and little else goes whole, whatever its words say."""
        asks = "<div><p>Meld deg på.</p><form><input></form><p>Vi deler den med ingen.</p></div>"
        text = page(f"<h1>茶山修路</h1><div>{TEXT * 8}{asks}<p>{SECOND}</p></div>").text
        assert "Meld deg" not in text
        assert "deler" not in text
        assert text.endswith(SECOND)

    def test_cards_amid_the_text_go_and_files_stay(self) -> None:
        """A division of links between two paragraphs is what else there is to read; links to files are annexes."""
        cards = "".join(f"<div><a href='/a/{n}'>别处的消息第{n}条</a></div>" for n in range(4))
        files = "<ul class='f'><li><a href='/1.pdf'>捐款名录</a></li><li><a href='/2.docx'>施工合同</a></li></ul>"
        body = f"<div>{TEXT}<div class='cards'>{cards}</div><p>{FIRST}</p>{files}</div>"
        text = page(f"<h1>茶山修路</h1>{body}").text
        assert "别处的消息" not in text
        assert text.endswith(f"{FIRST}\n捐款名录\n施工合同")

    def test_cards_with_teasers_amid_the_text_go(self) -> None:
        """Links to other articles of the site, each with what it says in short, are no part of the text."""
        said = "六月起每天烘茶两百斤，厂里还要再招十个人。"
        cards = "".join(f"<h2><a href='/a/{n}'>别处的消息第{n}条登在这里</a></h2><p>{said}</p>" for n in range(4))
        text = page(f"<h1>茶山修路</h1><div>{TEXT * 4}<div class='m'>{cards}</div><p>{SECOND}</p></div>").text
        assert said not in text
        assert "别处的消息" not in text
        assert text.endswith(SECOND)

    def test_a_link_between_paragraphs_goes_unless_it_is_introduced(self) -> None:
        """A paragraph of nothing but a link to the site itself is a promotion; one that is spoken of is not."""
        link = "<p><a href='/a/7'>山谷里的新茶厂开工了</a></p>"
        said = "<p>县里去年为这条路发过一份通知，全文至今可以在这里读到：</p>"
        base = f"<h1>茶山修路</h1><div>{TEXT}"
        assert "新茶厂" not in page(f"{base}{link}{TEXT}</div>").text
        assert "新茶厂" in page(f"{base}{said}{link}{TEXT}</div>").text

    @pytest.mark.parametrize(
        "call",
        [
            "Like us on <a href='https://www.facebook.com/tea'>Facebook</a>",
            "<a href='https://twitter.com/tea'>Follow @tea</a>",
            "<a href='https://service.weibo.com/share/share.php?url=x'>微博</a>",
            "<a href='https://b.hatena.ne.jp/entry/x'><img src='h.png'></a>",
        ],
    )
    def test_calls_to_the_networks_go(self, call: str) -> None:
        """What asks to follow an account or hands the page on goes wherever it stands; prose with such links stays."""
        prose = f"<p>{FIRST[:-1]}，<a href='https://twitter.com/tea'>村里人说</a>。</p>"
        prose += "<p>Like others, he <a href='https://twitter.com/tea/1'>said</a> that the road was his work.</p>"
        made = page(f"<h1>茶山修路</h1><div>{TEXT}<p>{call}</p>{prose}{TEXT}</div>")
        assert made.text == f"{FIRST}\n{SECOND}\n{FIRST[:-1]}，村里人说。\n{LIKE}\n{FIRST}\n{SECOND}"
        assert not made.images

    def test_one_headline_that_leads_elsewhere_goes_with_its_division(self) -> None:
        """An article that editors put beside a paragraph goes; the sections of a list of articles stay."""
        card = "<div class='m'><h2><a href='/a/7'>山谷里的新茶厂开工了</a></h2><p><a href='/a/7'>看照片</a></p></div>"
        assert "新茶厂" not in page(f"<h1>茶山修路</h1><div>{TEXT * 4}{card}<p>{SECOND}</p></div>").text
        assert "新茶厂" in page(f"<h1>茶山修路</h1><div>{TEXT * 4}{card * 3}<p>{SECOND}</p></div>").text

    @pytest.mark.parametrize(
        "behind",
        [
            f"<h2>Visitor Opinions (latest shown first)</h2><p>{FIRST}</p><p>Posted by Ann at 1:21 am</p>",
            f"<h3>网友评论</h3><p>{ENGLISH}</p>",
            "<p>To contact the reporter on this story: Ann Roe in Rio at ann@example.org</p>",
            '<div>{"modules": [{"name": "video"}], "addsAds": true}</div>',
            "<p>Watch video 02:17</p>",
        ],
    )
    def test_what_readers_and_programs_wrote_goes(self, behind: str) -> None:
        """A heading of comments takes along what follows; calls to write in and data of scripts go as lines."""
        assert page(f"<h1>茶山修路</h1><div>{TEXT * 2}{behind}</div>").text.endswith(SECOND)

    def test_who_and_when_go_below_a_headline_as_long_as_prose(self) -> None:
        """Roles, tools and a byline in a heading go, though the headline above them ends as a sentence does."""
        title = "Will the road up the tea mountain be finished by the end of the year, after three years of work?"
        lines = "<h5>Updated: 8:30 am, March 6, 2021</h5><div>- Senior News Editor</div><div>View: Larger | Hide</div>"
        text = page(f"<h1>{title}</h1>{lines}<div>{TEXT}</div>", f"<title>{title}</title>").text
        assert text == f"{FIRST}\n{SECOND}"

    def test_how_to_reach_the_author_goes(self) -> None:
        """A closing line that begins with the author's name and leads to an account or an address."""
        told = "<p>Ann Rowe is a staff writer. Twitter: <a href='https://twitter.com/a'>@a</a></p>"
        head = "<title>茶山修路</title><meta name='author' content='Ann Rowe'>"
        assert page(f"<h1>茶山修路</h1><div>{TEXT}{told}</div>", head).text == f"{FIRST}\n{SECOND}"

    def test_a_linked_title_is_no_headline(self) -> None:
        """Menus tease the very article that is open: its headline is the one that leads nowhere."""
        teased = f"<div class='m'><h3><a href='/a/1'>茶山修路</a></h3><p>{ENGLISH}</p><p>{ENGLISH}</p></div>"
        body = f"<div><div>{teased}</div><div><h1>茶山修路</h1><div>{TEXT}</div></div></div>"
        assert page(body).text == f"{FIRST}\n{SECOND}"

    def test_a_page_may_begin_with_a_meta(self) -> None:
        """What a caching program writes before the page makes it no fragment."""
        meta = "<!-- cached --><meta http-equiv='Content-Type' content='text/html; charset=utf-8'>"
        text = f"{meta}<html><head><title>茶山修路</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
        document = RawDocument("a.html", "0" * 64, 1, "utf-8", f"{text}<h1>茶山修路</h1><div>{TEXT}</div></body>")
        assert clean(parse_post(document), {}).text == f"{FIRST}\n{SECOND}"

    def test_small_print_is_no_article(self) -> None:
        """A disclaimer that is longer than the article is not taken for it."""
        small = f"<p>{ENGLISH}</p>" * 9
        body = f"<main><div><p>{FIRST}</p><p>{SECOND}</p></div><div class='disclaimer'>{small}</div></main>"
        assert page(f"<h1>茶山修路</h1>{body}").text == f"{FIRST}\n{SECOND}"

    def test_a_mark_before_the_headline_does_not_hide_it(self) -> None:
        """A heading that holds the title and a mark of the site's is the headline still."""
        others = "".join(f"<div class='c'><span>读者{n}</span><p>{ENGLISH}</p></div>" for n in range(3))
        body = f"<div class='i'><h2><span>原创</span>茶山修路三年记</h2><div class='a'>{FIRST}</div></div>"
        assert ENGLISH not in page(f"{body}<div>{others}</div>", "<title>茶山修路三年记</title>").text

    def test_the_picture_of_the_article_stays_with_its_caption(self) -> None:
        """The picture that the head shows for the article belongs to it, where it stands near the text."""
        head = "<title>茶山修路</title><meta property='og:image' content='https://example.org/lu.jpg?w=1200'>"
        picture = "<div class='lead-image'><img src='https://example.org/s/lu.jpg?w=600'><div>新修的路。摄影：张三</div></div>"
        logo = "<div class='logo'><img src='/img/logo.png'>茶乡网</div>"
        made = page(f"{logo}<div><h1>茶山修路</h1>{logo}{picture}<div class='t'>{TEXT}</div></div>", head)
        assert made.text == f"新修的路。摄影：张三\n{FIRST}\n{SECOND}"
        assert len(made.images) == 1

    def test_a_captioned_picture_above_the_text_stays(self) -> None:
        """In the article's own part a division of picture and caption is no tool, though its caption is no sentence."""
        picture = "<div class='top'><img src='https://example.org/a.jpg'><span>新修的路</span></div>"
        made = page(f"<article><h1>茶山修路</h1>{picture}<div class='t'>{TEXT}</div></article>")
        assert made.text == f"新修的路\n{FIRST}\n{SECOND}"

    @pytest.mark.parametrize(
        ("ending", "stays"),
        [
            (
                "<p>Slutt:</p><p><a href='/1'>Den gamle broen</a></p><p><a href='/2'>Ferjen som kom fram</a> 4/5</p>",
                False,
            ),
            ("<h3>Blant nyhetene</h3>", False),
            ("<p><b>Vær med:</b> <a href='/medlem'>bli medlem av foreningen</a></p>", False),
            ("<p><a href='https://lib.example.org/1'>云江水利志</a></p>", True),
            ("<p><a href='/f/1.pdf'>附件：公示表</a></p>", True),
            ("<p>附件：</p><p><a href='/d?id=1'>1.名单</a></p><p><a href='/d?id=2'>2.分工表</a></p>", True),
        ],
    )
    def test_links_that_end_a_page_go_in_any_language(self, ending: str, *, stays: bool) -> None:
        """Links on, with what leads over to them, and headings nothing follows; sources and files stay."""
        head = "<title>茶山修路</title><link rel='canonical' href='https://a.example/1'>"
        text = page(f"<main><h1>茶山修路</h1><div>{TEXT}{TEXT}{ending}</div></main>", head).text
        assert (not text.rstrip().endswith(SECOND)) is stays

    @pytest.mark.parametrize("site", ["", "https://tea.example/a.html"])
    def test_notes_that_lead_back_to_their_signs_stay(self, site: str) -> None:
        """A link to a place of the article itself leads to nothing else."""
        sign = f"<sup id='r1'><a href='{site}#n1'>[1]</a></sup><sup id='r2'><a href='{site}#n2'>[2]</a></sup>"
        notes = "".join(
            f"<li id='n{number}'>{text}<a href='{site}#r{number}'>↩</a></li>"
            for number, text in ((1, "见《茶山志》。"), (2, "据县志。"))
        )
        made = page(f"<h1>茶山修路</h1><p>{FIRST}{sign}</p><p>{SECOND}</p><h2>注释</h2><ol>{notes}</ol>")
        assert "注释" in made.text
        assert "见《茶山志》。" in made.text
        assert "据县志。" in made.text

    def test_lists_of_what_a_text_draws_on_stay(self) -> None:
        """A closing list of links to other sites is a list of references; one to the same site is a menu."""
        for host, stays in (("https://example.org", True), ("", False)):
            links = "".join(f"<li><a href='{host}/{n}'>公路年鉴第{n}卷全文</a></li>" for n in range(3))
            menu = "<div><a href='/'>首页</a><a href='/x'>山里</a><a href='/y'>城里</a><a href='/z'>海边</a></div>"
            made = page(f"{menu}<h1>茶山修路</h1><div>{TEXT}<ul>{links}</ul></div>")
            assert ("公路年鉴" in made.text) is stays

    def test_what_is_said_of_the_author_goes(self) -> None:
        """A few sentences on the author below the text, in a part named so."""
        about = "<div class='author-box'>张三在山里住了二十年，写过三本关于茶的书，现在是中学老师。</div>"
        assert page(f"<h1>茶山修路</h1><div>{TEXT}{TEXT}{about}</div>").text.endswith(SECOND)

    def test_terms_with_bubbles_stay(self) -> None:
        """A word of a sentence stays, though it is named for the bubble that explains it."""
        terms = "路基用<a class='tooltip' href='#'>毛石</a>和<span class='tooltip'>三合土</span>铺成，一共四尺厚。"
        assert "路基用毛石和三合土铺成" in page(f"<h1>茶山修路</h1><div>{TEXT}<p>{terms}</p></div>").text

    def test_more_text_behind_the_text_stays(self) -> None:
        """Text that a slot cuts in two stays whole: its second part is built as the first, or is long."""
        for name in ("t", "u"):
            more = f"<div class='{name}'><p>{FIRST}</p></div>" if name == "t" else f"<div class='u'>{TEXT}</div>"
            body = f"<div class='t'>{'<p>' + SECOND + '</p>'}{TEXT}{TEXT}</div><div class='slot'></div>{more}"
            assert page(f"<article><h1>茶山修路</h1>{body}</article>").text.count(FIRST) == 3

    def test_a_standfirst_in_the_head_of_the_article_stays(self) -> None:
        """A heading below the headline, or what the page's head says in short; no other line beside them."""
        said = "山里人等了三十年的路，今年春天终于修到了山顶的茶园。"
        head = f"<title>茶山修路</title><meta name='description' content='{said}'>"
        for below in ("<h2>三年修成一条路</h2>", f"<div>{said}</div>"):
            top = f"<div class='top'><div class='k'>独家</div><h1>茶山修路</h1>{below}<div class='k'>看大图</div></div>"
            text = page(f"<article>{top}<div class='t'>{TEXT}</div></article>", head).text
            assert text.split("\n")[1:] == [FIRST, SECOND]

    def test_a_text_without_sentences_is_found(self) -> None:
        """A song has no line that ends as sentences do; the page around it still goes."""
        song = "".join(f"<p>山路弯弯第{n}弯</p>" for n in range(8))
        menu = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(4))
        made = page(f"<ul>{menu}</ul><h1>茶山修路</h1><div class='song'>{song}</div><div><a href='/x'>回首页</a></div>")
        assert made.text.startswith("山路弯弯第0弯")
        assert made.text.endswith("山路弯弯第7弯")

    def test_other_pages_are_spoken_of(self) -> None:
        """Numbers of other pages go, and the editor is told that the text is not whole."""
        made = page(f"<h1>茶山修路</h1><div>{TEXT}<p><a href='2.html'>【2】</a> <a href='3.html'>下一页</a></p></div>")
        assert "【2】" not in made.text
        assert "other-pages" in {problem.code for problem in made.problems}


class TestFields:
    """Who, when and whence: an empty field is better than a wrong one."""

    def test_a_credit_ends_where_its_element_ends(self) -> None:
        """The page's tools on the line of the credit are no part of the outlet's name."""
        line = "<div>2021-03-05 08:30:12 来源：茶乡日报 <a href='#'>举报</a> <span>T</span></div>"
        made = page(f"<div><h1>茶山修路</h1>{line}{TEXT}</div>")
        assert made.source == "茶乡日报"
        assert made.published is not None
        assert made.published.stated == "2021-03-05T08:30:12"
        assert made.text == f"{FIRST}\n{SECOND}"

    @pytest.mark.parametrize(
        "head",
        [
            "<title>茶山修路</title><meta name='keywords' content='茶山,公路'>",
            "<title>茶山修路</title><meta name='author' content='104363'>",
            "<title>茶山修路</title><meta name='author' content='https://example.org/u/7'>",
        ],
    )
    def test_what_is_no_name_is_nobody(self, head: str) -> None:
        """Keywords are no outlet; a staff number and an address are no author."""
        made = page(f"<h1>茶山修路</h1>{TEXT}", head)
        assert (made.source, made.author) == ("", None)

    def test_an_instant_takes_the_printed_offset(self) -> None:
        """UTC in the head and a clock on the page state their offset together."""
        head = "<title>茶山修路</title><meta property='article:published_time' content='2019-03-02T00:18:32Z'>"
        made = page(f"<h1>茶山修路</h1><div>2019年3月2日 09:18</div>{TEXT}", head)
        assert made.published is not None
        assert made.published.iso == "2019-03-02T09:18:32+09:00"

    @pytest.mark.parametrize(
        ("document", "heading", "title", "site"),
        [
            ("(3) 茶山修路 - 茶乡网", "茶山修路", "茶山修路", "茶乡网"),
            ("茶山修路--社会--茶乡网", "茶山修路", "茶山修路", "茶乡网"),
            ("茶山修路", "茶山修路", "茶山修路", ""),
            ("茶山修路_茶乡日报", "", "茶山修路", "茶乡日报"),
            ("茶山修路-山里要闻-茶乡日报", "", "茶山修路", "茶乡日报"),
            ("茶山修路 - 茶山修路", "", "茶山修路", ""),
            ("The road to the top The road to the top | tea.org", "", "The road to the top", "tea.org"),
            ("A road up the mountain | Local News | tea.org", "", "A road up the mountain", "tea.org"),
            ("A road up the mountain • The Tea Post", "", "A road up the mountain", "The Tea Post"),
            ("茶山修路", "茶山修路——三年通了十二个村", "茶山修路——三年通了十二个村", ""),
            ("茶山修路", "茶山修路 - 茶乡日报", "茶山修路", ""),
        ],
    )
    def test_titles_lose_counters_and_sites(self, document: str, heading: str, title: str, site: str) -> None:
        """What the head and a heading agree on is the title."""
        found = page_title((), document, (heading,), ())
        assert (found.title, found.site) == (title, site)

    def test_the_day_of_clipping_is_no_publication(self) -> None:
        """A note that gives a page's address was made when somebody clipped it."""
        head = "title: 茶山修路\nsource: https://tea.example.org/7\ncreated: 2026-09-04\ntags: [clippings]"
        made = article(f"---\n{head}\n---\n{FIRST}\n", path="a.md")
        assert made.published is None
        assert made.source == ""


class TestNotation:
    """Code, formulas and lines that count."""

    def test_code_keeps_its_spaces_and_loses_its_numbers(self) -> None:
        """White space in elements of its own is code; a column of numbers beside it is none."""
        lines = "<pre><b>if</b><i> </i>a:\n<i>    </i>b</pre>"
        code = f"<table><tr><td class='gutter'><pre>1\n2</pre></td><td>{lines}</td></tr></table>"
        assert "<pre>if a:\n    b</pre>" in page(f"<h1>茶山修路</h1>{TEXT}{code}").markdown

    def test_a_formula_stands_once(self) -> None:
        """Of a formula that is drawn, spoken and written, the writing stays."""
        math = (
            "<span class='katex'><span class='katex-mathml'><math><mi>v</mi><annotation encoding='application/x-tex'>"
            "v=s</annotation></math></span><span class='katex-html' aria-hidden='true'>v=s</span></span>"
        )
        assert "速度是$v=s$。" in page(f"<h1>茶山修路</h1>{TEXT}<p>速度是{math}。</p>").markdown

    @pytest.mark.parametrize(
        ("mathml", "tex"),
        [
            ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", r"\frac{a}{b+1}"),
            ("<msqrt><mi>x</mi><mo>&InvisibleTimes;</mo><mi>y</mi></msqrt>", r"\sqrt{xy}"),
            ("<mroot><mn>8</mn><mn>3</mn></mroot>", r"\sqrt[3]{8}"),
            ("<msubsup><mi>x</mi><mi>i</mi><mn>12</mn></msubsup>", "x_i^{12}"),
            ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", "∑_i^ni"),
            ("<munder><mi>lim</mi><mi>n</mi></munder><mi>a</mi>", r"\lim_na"),
            ("<mover><mi>v</mi><mo>→</mo></mover>", r"\vec{v}"),
            ("<munder><mi>v</mi><mo>=</mo></munder>", r"\underset{=}{v}"),
            ("<mi>sin</mi><mi>x</mi><mo>&lt;</mo><mi>max</mi>", r"\sin x<\max"),
            ("<mfenced open='{' close=''><mi>a</mi><mi>b</mi></mfenced>", r"\{a,b"),
            ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd>b</mtd></mtr><mtr/></mtable>",
             r"\begin{matrix}a & \text{b} \\ \end{matrix}"),
            ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", r"{n \atop k}"),
            ("<mi mathvariant='bold'>V</mi><mtext>若 5%</mtext>", r"\mathbf{V}\text{若 5\%}"),
            ("<msup><mi>船</mi></msup><menclose>歌<mi>船歌</mi></menclose>", r"船\text{歌}\text{船歌}"),
            ("<semantics><mi>x</mi><annotation encoding='text/plain'>ex</annotation></semantics>", "x"),
        ],
    )  # fmt: skip
    def test_mathml_alone_becomes_tex(self, mathml: str, tex: str) -> None:
        """Forms of MathML Core, deprecated ones, and broken ones, of which no text is lost."""
        root = parse_html(f"<p>设<math>{mathml}</math>，则</p>")
        read_formulas(root)
        assert words_of(root) == f"设{tex}，则"

    def test_mathml_in_markdown_is_no_markdown(self) -> None:
        """Asterisks, blank lines and names with colons are MathML's own; in code it stays code."""
        product = "<math><msup><mi>p</mi><mo>*</mo></msup><mo>*</mo><mi>q</mi></math>"
        block = "<math>\n<mi>x</mi>\n\n<mo>=</mo><mi>y</mi>\n</math>"
        prefixed = "<m:math><m:msub><m:mi>z</m:mi><m:mn>1</m:mn></m:msub></m:math>"
        made = article(f"---\ntitle: 坡度\n---\n设{product}与{prefixed}。\n\n{block}\n\n`<math>`。\n", path="a.md")
        assert made.text == "设p^**q与z_1。\nx=y\n<math>。"

    def test_a_formula_of_mathml_stands_once(self) -> None:
        """What a program drew for it goes, where it stands as a block it does so still, and every letter is told of."""
        math = "<math alttext='\\alpha'><mi>α</mi></math>"
        drawn = f"<mjx-container display='true'><mjx-math>α</mjx-math><mjx-assistive-mml>{math}</mjx-assistive-mml>"
        made = page(f"<h1>茶山修路</h1>{TEXT}<p>坡度{drawn}</mjx-container>为三，<math><mi>v</mi></math>为五。</p>")
        assert "坡度$$\\\\alpha$$为三，$v$为五。" in made.markdown
        assert "ledger-mismatch" not in {problem.code for problem in made.problems}

    def test_lines_of_speakers_stay_lines(self) -> None:
        """An interview in Markdown keeps its lines; a paragraph that a margin broke does not get any."""
        made = article(
            "---\ntitle: 对话\n---\n问：路修了几年？\n答：三年。\n\n这一段话很长很长，到这里换了\n一行，并没有断开。\n",
            path="a.md",
        )
        assert "路修了几年？  \n答：三年。" in made.markdown
        assert "换了一行" in made.markdown

    @given(
        st.lists(
            st.sampled_from(["::: tip 甲", ":::", "> [!note] 乙", "[[toc]]", "[[丙|丁]]", "问：戊", "```", "己"]),
            max_size=12,
        )
    )
    def test_other_dialects_never_fail(self, lines: list[str]) -> None:
        """Whatever stands above what, words stay words."""
        taken: list[str] = []
        plain = plain_markdown("\n".join(lines), taken)
        assert plain.count("己") == lines.count("己")
