"""Bytes, strings and pages -> Text: the text unchanged, its id, its language, its metadata, its notes."""

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.language import MIN_LETTERS, find_language
from onrecord.sources import MAX_DOCUMENT_BYTES, RawDocument
from onrecord.text import read_text

PROSE = "The foreign minister of Norland said on Monday that the strait would stay open to every flag."


def read(data, **fields):
    return read_text(RawDocument(data=data, **fields))


def codes(text):
    return [note.code for note in text.notes]


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


# The text and its id


def test_text_is_divided_and_skipped_paragraphs_are_left_out():
    text = read(
        f"Strait stays open\n\n{PROSE} He left.\r\nPhoto: The port.\n{PROSE}\n", title="Strait stays open"
    )
    words = text.document.text
    assert [words[a:b] for a, b in text.paragraphs] == [f"{PROSE} He left.", PROSE]
    assert [words[a:b] for a, b in text.sentences] == [PROSE, "He left.", PROSE]
    assert [(span.why, span.text) for span in text.document.skipped] == [
        ("title", "Strait stays open"),
        ("caption", "Photo: The port."),
    ]


def test_a_string_stays_as_it_is_code_point_for_code_point():
    given = f"\ufeff{PROSE}\r\n\t“We wait.” \u2028 e\u0301 \U0001f30d \x0b\n\n"
    text = read(given)
    assert text.document.text == given
    assert text.document.id == sha256(given.encode("utf-8"))


def test_bytes_are_identified_as_read_and_their_byte_order_mark_is_no_text():
    data = b"\xef\xbb\xbf" + PROSE.encode("utf-8") + b"\r\n"
    text = read(data)
    assert text.document.text == PROSE + "\r\n"
    assert text.document.id == sha256(data)
    assert text.paragraphs == ((0, len(PROSE)),)


def test_a_string_and_its_utf_8_bytes_are_one_document():
    assert read(PROSE + " “Café.”").document == read((PROSE + " “Café.”").encode("utf-8")).document


QUOTED = PROSE + " “Café society,” he called it – no more."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_told_apart(encoding):
    text = read(QUOTED.encode(encoding))
    assert text.document.text == QUOTED
    assert codes(text) == ["undated-document"]


def test_bytes_that_are_not_utf_8_are_read_as_windows_1252_with_a_note():
    text = read(QUOTED.encode("windows-1252"), published="2021-06-23")
    assert text.document.text == QUOTED
    assert codes(text) == ["assumed-encoding"]


def test_a_few_bad_bytes_in_utf_8_are_replaced_with_a_note():
    text = read(QUOTED.encode("utf-8") + b" \xff.", published="2021-06-23")
    assert text.document.text == QUOTED + " \ufffd."
    assert codes(text) == ["replaced-bytes"]


def test_lone_surrogates_are_replaced_one_for_one_with_a_note():
    text = read(f"{PROSE} \ud800\udc00 end.", title="a\udfff", published="2021-06-23")
    assert text.document.text == f"{PROSE} \ufffd\ufffd end."
    assert text.document.title == "a\ufffd"
    assert text.document.id == sha256(text.document.text.encode("utf-8"))
    assert codes(text) == ["replaced-surrogates"]


def test_a_nul_character_is_kept_with_a_note():
    text = read(f"{PROSE} He\0 left.".encode(), published="2021-06-23")
    assert text.document.text == f"{PROSE} He\0 left."
    assert codes(text) == ["nul-characters"]


# What cannot be read


@pytest.mark.parametrize(
    "data", ["", b"", " \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe \x00", "\u2028\xa0", "\ufeff\n", b"\0"]
)
def test_documents_without_text_are_refused(data):
    with pytest.raises(SourceError, match=r"^a\.txt: empty; give"):
        read(data, origin="a.txt")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bytes(range(256)) * 20, "binary data"),
        (b"\0" * 1000, "binary data"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "binary data"),
        (b"%PDF-1.7 \xe2\xe3", "a PDF; convert"),
        (b"PK\x03\x04\x14\0", "a ZIP archive"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG\r\n", "an image"),
    ],
)
def test_binary_files_are_refused_with_a_hint(data, message):
    with pytest.raises(SourceError, match=message):
        read(data, origin="a.bin")


def test_a_text_over_the_limit_is_refused():
    with pytest.raises(SourceError, match="larger than 10 MB"):
        read("x" * (MAX_DOCUMENT_BYTES + 1))


@given(st.binary() | st.text(st.characters()), st.sampled_from(["text", "html"]))
def test_any_input_is_read_or_refused_and_every_offset_holds(data, media):
    try:
        text = read(data, media=media)
    except SourceError:
        return
    words = text.document.text
    assert words.encode("utf-8")
    assert all(words[span.start : span.end] == span.text for span in text.document.skipped)
    assert all(words[a:b].strip() == words[a:b] != "" for a, b in (*text.paragraphs, *text.sentences))
    if isinstance(data, str) and media == "text":
        assert len(words) == len(data)


def test_hard_wrapped_text_is_divided_by_its_blank_lines_and_stays_as_it_is():
    wrapped = (
        "The foreign minister of Norland said on Tuesday that the strait would\r\n"
        "stay open “as long as anyone wishes to sail through it. We have no\r\n"
        "other plan,” and that ships would be told of every exercise in time.\r\n"
        "\r\n"
        "His colleague in the south, who had asked for a meeting three times,\r\n"
        "called the promise late but welcome.\r\n"
    )
    text = read(wrapped)
    assert text.document.text == wrapped
    assert len(text.paragraphs) == 2
    assert len(text.sentences) == 3
    assert [wrapped[q.start : q.end][-12:] for q in text.quotations if q.closed] == ["other plan,”"]


# Language and date


FOREIGN = {
    "de": "Der Minister sagte am Dienstag, beide Seiten wollten noch vor Monatsende erneut zusammenkommen.",
    "fr": "Le ministre a déclaré mardi que les deux parties se reverraient avant la fin du mois.",
    "es": "El ministro dijo el martes que ambas partes volverán a reunirse antes de fin de mes.",
    "nl": "De minister zei dinsdag dat beide partijen elkaar voor het einde van de maand weer ontmoeten.",
    "da": "Ministeren sagde tirsdag, at de to parter havde aftalt at mødes igen inden månedens udgang.",
    "tr": "Bakan salı günü iki tarafın ay sonundan önce yeniden bir araya geleceğini söyledi.",
    "ru": "Министр заявил во вторник, что стороны встретятся снова до конца месяца.",
    "ar": "قال الوزير يوم الثلاثاء إن الجانبين سيجتمعان مرة أخرى قبل نهاية الشهر.",
    "zh": "部长周二表示，双方将在月底前再次会面。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_named(language):
    assert find_language(FOREIGN[language]) == language


@pytest.mark.parametrize("language", FOREIGN)
def test_a_document_in_another_language_is_kept_and_left_unread(language):
    text = read(FOREIGN[language] + "\nPhoto: x", published="2021-06-23")
    assert text.document.text == FOREIGN[language] + "\nPhoto: x"
    assert (text.paragraphs, text.sentences, text.quotations, text.document.skipped) == ((), (), (), ())
    assert codes(text) == ["not-english"]


@pytest.mark.parametrize(
    "words",
    [
        PROSE,
        "Norland president condemns strikes on port, urges restraint",
        "Envoys arrive, talks stall, markets fall",
        "Torv quits.",
        f"{PROSE} The slogan was «{FOREIGN['ru']}»",
        "No. " * 5,
    ],
)
def test_english_is_english(words):
    assert find_language(words) == "en"


def test_short_texts_in_latin_letters_are_taken_as_english_and_those_in_other_scripts_are_not():
    assert len("Ja, so ist das.") < MIN_LETTERS
    assert find_language("Ja, so ist das.") == "en"
    assert find_language("Да, это так.") not in ("en", "und")


def test_a_text_without_letters_has_no_language_and_is_read():
    text = read("1962 – 1989.")
    assert text.document.language == "und"
    assert text.paragraphs == ((0, 12),)


def test_the_middle_of_a_document_counts_for_its_language():
    page = PROSE + " " + FOREIGN["de"] * 60 + PROSE
    assert find_language(page) == "de"


def test_an_undated_document_says_so():
    assert codes(read(PROSE)) == ["undated-document"]
    assert codes(read(PROSE, published="2021-06-23")) == []


# Pages


def page(head="", body=None):
    body = body or f"<h1>Strait stays open</h1><p>{PROSE}</p><p>“We wait,” he said.</p>"
    menu = "<nav><a href='/'>Home</a></nav>"
    return f"<!doctype html><html><head>{head}</head><body>{menu}<article>{body}</article></body></html>"


def json_ld(text):
    return f'<script type="application/ld+json">{text}</script>'


def test_main_text_of_a_page_has_one_paragraph_a_line():
    text = read(page().encode(), media="html")
    assert text.document.text == f"Strait stays open\n{PROSE}\n“We wait,” he said."
    assert text.document.title == "Strait stays open"
    assert [span.why for span in text.document.skipped] == ["title"]
    assert text.document.id == sha256(page().encode())


ARTICLE = (
    '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "W"},'
    ' {"@type": ["NewsArticle"], "headline": "Torv&#8217;s strait",'
    ' "datePublished": "2021-06-23T23:30:00-04:00", "dateModified": "2031-06-25",'
    ' "author": [{"@type": "Person", "name": "Ana Kroll"}, {"name": "Peter Ost"}],'
    ' "publisher": {"name": "The Wire"}}]}'
)
META = (
    '<meta property="article:published_time" content="2031-06-24T08:00:00Z">'
    '<meta property="article:modified_time" content="2031-06-26"><meta name="author" content="A. Kroll">'
    '<meta property="og:site_name" content="Wire"><meta property="og:title" content="The strait">'
    '<meta property="og:url" content="https://wire.example/1">'
)


def test_json_ld_is_trusted_before_meta_tags():
    doc = read(page(META + json_ld(ARTICLE)), media="html").document
    assert (doc.title, doc.outlet, doc.author) == ("Torv’s strait", "The Wire", "Ana Kroll, Peter Ost")
    assert (doc.published, doc.published_from, doc.modified) == ("2021-06-23", "json-ld", "2031-06-25")
    assert doc.url == "https://wire.example/1"


@pytest.mark.parametrize(
    "broken",
    ["{not json", "", "[" * 5000, "null", "[]", '{"@type": "NewsArticle", "datePublished": 7, "author": 7}'],
)
def test_meta_tags_serve_where_json_ld_is_broken_or_empty(broken):
    doc = read(page(json_ld(broken) + META), media="html").document
    assert (doc.title, doc.outlet, doc.author) == ("The strait", "Wire", "A. Kroll")
    assert (doc.published, doc.published_from, doc.modified) == ("2031-06-24", "meta", "2031-06-26")


@pytest.mark.parametrize("wrapper", ["//<![CDATA[\n{}\n//]]>", "<!-- {} -->", "{};", "[{}]"])
def test_json_ld_in_wrappers_and_lists_is_read(wrapper):
    doc = read(page(json_ld(wrapper.replace("{}", ARTICLE))), media="html").document
    assert (doc.published, doc.published_from) == ("2021-06-23", "json-ld")


def test_marked_time_element_is_metadata():
    body = f'<time itemprop="datePublished" datetime="2021-06-23">now</time><p>{PROSE}</p>'
    doc = read(page(body=body), media="html").document
    assert (doc.published, doc.published_from) == ("2021-06-23", "meta")


def test_a_guessed_date_is_marked_as_guessed():
    doc = read(page(body=f"<p>Published: June 23, 2021</p><p>{PROSE}</p>"), media="html").document
    assert (doc.published, doc.published_from) == ("2021-06-23", "htmldate")


def test_what_came_with_the_document_wins_over_the_page():
    fields = {"title": "T", "outlet": "O", "author": "A", "url": "u"}
    fields |= {"published": "2030-01-01", "published_from": "flag"}
    doc = read(page(META + json_ld(ARTICLE)), media="html", **fields).document
    assert {name: getattr(doc, name) for name in fields} == fields


def test_a_page_in_a_declared_charset_is_decoded():
    markup = page('<meta charset="windows-1251">', f"<p>{PROSE} The slogan was «Мир».</p>")
    assert "«Мир»" in read(markup.encode("windows-1251"), media="html").document.text


def test_a_page_with_an_xml_declaration_is_read():
    markup = '<?xml version="1.0" encoding="iso-8859-1"?>' + page(body=f"<p>{PROSE} Café.</p>")
    assert "Café" in read(markup.encode("iso-8859-1"), media="html").document.text


@pytest.mark.parametrize("markup", ["<html></html>", "<p> </p>", "<script>x = 1</script>", "<!-- -->"])
def test_a_page_without_text_is_refused(markup):
    with pytest.raises(SourceError, match=r"^p\.html: (no main text|the page holds no text)"):
        read(markup, media="html", origin="p.html")


def test_a_nul_does_not_cut_a_page_short():
    assert read(page().replace("Monday", "Mon\0day"), media="html").document.text.endswith("he said.")


# What is imported when


def test_plain_text_needs_neither_the_page_reader_nor_the_language_model():
    code = (
        "import sys; from onrecord.text import read_text; from onrecord.sources import RawDocument;"
        f"read_text(RawDocument(data={PROSE!r}));"
        "print([m for m in ('trafilatura', 'htmldate', 'lxml', 'py3langid', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
