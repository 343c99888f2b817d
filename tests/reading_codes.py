"""Reading QR codes and words off drawn pages, as a telephone's camera meets them: turned a little, and out of focus."""

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter


def pages_of(body: bytes, *, dpi: int = 150) -> list[Image.Image]:
    """A PDF's pages as pictures."""
    document = pypdfium2.PdfDocument(body)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def texts_of(body: bytes) -> list[str]:
    """What is written on each page of a PDF, without the breaks that a page puts into lines."""
    document = pypdfium2.PdfDocument(body)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def codes_on(page: Image.Image) -> list[str]:
    """What its codes say; one that is found twice, once in the page made smaller, is one."""
    return list(dict.fromkeys(found.text for found in _found(page)))


def as_by_hand(page: Image.Image, *, turned: float, blurred: float) -> Image.Image:
    """As somebody photographs it who does not hold the telephone straight nor still."""
    turned_page = page.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned_page.filter(ImageFilter.GaussianBlur(blurred))


def breadth_of_code(page: Image.Image, *, dpi: int = 150) -> float:
    """How broad the only code on a page is, in millimetres, without the white around it."""
    corners = _found(page)[0].position
    return (corners.top_right.x - corners.top_left.x) * 25.4 / dpi


def _found(page: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
