"""The certificates as one office document, a page each: for a branch that prints on paper of its own.

The template is drawn here rather than kept as a file, so that it can be read and reviewed; docxtpl fills it in. Fonts
are named as an office PC in China knows them; elsewhere the program takes what it has.
"""

import io
from typing import Any

import segno
from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate, InlineImage

from volunteers.certificates.content import Certificate

RED, QUIET = RGBColor(0x9E, 0x2B, 0x25), RGBColor(0x6F, 0x66, 0x5E)
SONG, FANG, KAI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
_CODE_WIDTH = Mm(27)
_FOOT_WIDTHS = (Mm(32), Mm(80), Mm(101))
# A line is a little higher than its letters, in every program the same, so that a certificate keeps to its page.
_LINE_HEIGHT = 1.4


def make(certificates: list[Certificate]) -> bytes:
    """The .docx file."""
    filled = DocxTemplate(template())
    pages = [{**one.as_page(), "qr": _code(filled, one.link)} for one in certificates]
    # Escaped: names may hold the signs that XML is made of.
    filled.render({"certificates": pages}, autoescape=True)
    body = io.BytesIO()
    filled.save(body)
    return body.getvalue()


def template() -> io.BytesIO:
    """The form of one page, with its places to be filled in, to be repeated for each certificate."""
    paper = Document()
    _page(paper)
    _hidden(paper, "{%p for one in certificates %}")
    title = _line(paper, "{{ one.title }}", SONG, 42, colour=RED, centred=True, after=4)
    title.paragraph_format.page_break_before = True
    _line(paper, "编号 {{ one.number }}", FANG, 12, colour=QUIET, centred=True, after=24)
    _line(paper, "{{ one.name }}：", KAI, 24, after=4)
    wording = _line(paper, "{{ one.wording }}", FANG, 18, after=24)
    wording.paragraph_format.first_line_indent = Pt(36)
    for part, size in (("one.honour", 34), ("one.hours", 26)):
        _hidden(paper, f"{{%p if {part} %}}")
        _line(paper, f"{{{{ {part} }}}}", SONG, size, colour=RED, centred=True, after=36)
        _hidden(paper, "{%p endif %}")
    _foot(paper)
    _hidden(paper, "{%p endfor %}")
    body = io.BytesIO()
    paper.save(body)
    body.seek(0)
    return body


def _code(document: DocxTemplate, link: str) -> InlineImage:
    drawn = io.BytesIO()
    segno.make(link, error="m").save(drawn, kind="png", scale=8, border=1)
    drawn.seek(0)
    return InlineImage(document, drawn, width=_CODE_WIDTH)


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(26), Mm(16)
    section.left_margin = section.right_margin = Mm(42)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FANG, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "thickThinSmallGap"), ("sz", "36"), ("space", "28"), ("color", str(RED))):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    # In the order that the schema asks for: before the columns.
    paper.element.body.find(qn("w:sectPr")).find(qn("w:cols")).addprevious(borders)


def _foot(paper: Paper) -> None:
    """On the left the code by which it is checked, on the right who gives it, and when."""
    table = paper.add_table(rows=1, cols=3)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    code, words, issuer = table.rows[0].cells
    for column, cell, width in zip(table.columns, (code, words, issuer), _FOOT_WIDTHS, strict=True):
        column.width = cell.width = width
    _run(code.paragraphs[0], "{{ one.qr }}", FANG, 10)
    _run(words.paragraphs[0], "扫码可核验真伪", FANG, 11, colour=QUIET)
    _run(words.add_paragraph(), "校验码 {{ one.code }}", FANG, 11)
    _run(words.add_paragraph(), "{{ one.short }}", FANG, 9, colour=QUIET)
    _run(issuer.paragraphs[0], "{{ one.issuer }}", FANG, 18)
    _run(issuer.add_paragraph(), "{{ one.given_on }}", FANG, 16)
    for paragraph in issuer.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for cell in (code, words, issuer):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(2)


def _line(
    paper: Paper, text: str, font: str, size: int, *, colour: RGBColor | None = None, centred: bool = False, after: int
) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(0), Pt(after)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(round(size * _LINE_HEIGHT))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, size, colour=colour)
    return paragraph


def _hidden(paper: Paper, command: str) -> None:
    """A line that docxtpl obeys and takes out."""
    _line(paper, command, FANG, 2, after=0)


def _run(paragraph: Paragraph, text: str, font: str, size: int, *, colour: Any = None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Chinese characters take the font that is named for East Asia.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
