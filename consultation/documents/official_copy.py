"""The official copy: an office document in the 纪要 form of GB/T 9704-2012, filled in by docxtpl.

The template is drawn here rather than kept as a file, so that it can be read and reviewed. Sizes are the standard's:
A4 with a type area of 156 × 225 mm, 22 lines of 28 characters, text in size three (16 pt). Fonts are named as an office
PC in China knows them; elsewhere the program takes what it has. No seal, and no document number unless one is set.
"""

import io
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from consultation.documents.content import Content

RED = RGBColor(0xFF, 0, 0)
SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_MARK, _TITLE, _TEXT, _PAGE = Pt(36), Pt(22), Pt(16), Pt(14)
_TEXT_WIDTH = Mm(156)


def make(content: Content) -> bytes:
    """The .docx file."""
    filled = DocxTemplate(template())
    # Escaped: names and decisions may hold the signs that XML is made of.
    filled.render(content.as_dict(), autoescape=True)
    body = io.BytesIO()
    filled.save(body)
    return body.getvalue()


def template() -> io.BytesIO:
    """The form with its places to be filled in."""
    paper = Document()
    _page(paper)
    _line(paper, "{{ mark }}", SONG, _MARK, colour=RED, centred=True, before=Mm(20), exact=False)
    _line(paper, "{%p if number %}", FANG, _TEXT)
    _line(paper, "{{ number }}", FANG, _TEXT, centred=True)
    _line(paper, "{%p endif %}", FANG, _TEXT)
    issuer = _line(paper, "{{ issuer }}\t{{ issued_on }}", FANG, _TEXT, before=Pt(14))
    issuer.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _red_rule(issuer)
    _line(paper, "{{ title }}", SONG, _TITLE, centred=True, before=Pt(28), after=Pt(14), exact=False)
    _loop(paper, "label, text in facts", ["{{ label }}：{{ text }}"])
    _line(paper, "{%p for section in sections %}", FANG, _TEXT)
    heading = _line(paper, "{{ section.heading }}", HEI, _TEXT, indent=True)
    _line(paper, "{%p if section.result %}", FANG, _TEXT)
    result = _line(paper, "{{ section.result }}", KAI, _TEXT, indent=True)
    # Neither stands last on a page.
    heading.paragraph_format.keep_with_next = result.paragraph_format.keep_with_next = True
    _line(paper, "{%p endif %}", FANG, _TEXT)
    _loop(paper, "text in section.paragraphs", ["{{ text }}"])
    _line(paper, "{%p endfor %}", FANG, _TEXT)
    _line(paper, "", FANG, _TEXT)
    _line(paper, "{%p for label, text in lists %}", FANG, _TEXT)
    _list_line(paper)
    _line(paper, "{%p endfor %}", FANG, _TEXT)
    body = io.BytesIO()
    paper.save(body)
    body.seek(0)
    return body


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FANG, _TEXT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    # Which form of a character, and where a comma stands in its square, depends on the language.
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(footer, "— ", "宋体", _PAGE)
    _page_number(footer)
    _run(footer, " —", "宋体", _PAGE)


def _line(
    paper: Paper,
    text: str,
    font: str,
    size: Any,
    *,
    colour: RGBColor | None = None,
    centred: bool = False,
    indent: bool = False,
    before: Any = None,
    after: Any = None,
    exact: bool = True,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after = before or Pt(0), after or Pt(0)
    if exact:
        # 22 lines on 225 mm.
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.9)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        form.first_line_indent = Pt(32)
    _run(paragraph, text, font, size, colour=colour)
    return paragraph


def _loop(paper: Paper, over: str, lines: list[str]) -> None:
    _line(paper, f"{{%p for {over} %}}", FANG, _TEXT)
    for text in lines:
        _line(paper, text, FANG, _TEXT, indent=True)
    _line(paper, "{%p endfor %}", FANG, _TEXT)


def _list_line(paper: Paper) -> None:
    """出席, 请假, 列席: two characters in, the label in 黑体, further lines below the first name."""
    paragraph = _line(paper, "{{ label }}：", HEI, _TEXT)
    paragraph.paragraph_format.left_indent = Pt(80)
    paragraph.paragraph_format.first_line_indent = Pt(-48)
    _run(paragraph, "{{ text }}", FANG, _TEXT)


def _run(paragraph: Paragraph, text: str, font: str, size: Any, *, colour: RGBColor | None = None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    # Chinese characters take the font that is named for East Asia.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour


def _red_rule(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "FF0000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph.paragraph_format.element.get_or_add_pPr().append(borders)


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.name, run.font.size = "宋体", _PAGE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if text:
            part = OxmlElement("w:instrText")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), str(kind))
        run.element.append(part)
