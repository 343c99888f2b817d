"""The certificates of a year in one file: all of them set at once, and one after the other, as PDF and for Word.

Issue 6 asks for 74 in one file within 15 seconds. Nothing is written; texts and codes are as those of a real year.
"""

import argparse
from functools import partial

from benchmarks.measuring import Figures, seconds, taking_turns
from volunteers.certificates import office, paper
from volunteers.certificates.content import Certificate


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--certificates", type=int, default=74)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Figures:
    """Seconds for all as one PDF (ours), and for as many PDFs of one (against)."""
    pages = [_certificate(n) for n in range(1, options.certificates + 1)]
    taken = taking_turns(
        options.rounds,
        at_once=partial(paper.make, pages),
        one_by_one=lambda: [paper.make([page]) for page in pages],
    )
    word = seconds(partial(office.make, pages))
    print(f"  for Word: {word:.4f} s", flush=True)
    return Figures(
        "certificates",
        ours=taken["at_once"],
        against=taken["one_by_one"],
        unit="s",
        more={
            "certificates": options.certificates,
            "docx_seconds": word,
            "pdf_bytes": len(paper.make(pages)),
            "docx_bytes": len(office.make(pages)),
        },
    )


def _certificate(number: int) -> Certificate:
    return Certificate(
        title="志愿服务证书",
        name=f"合成{number:03} 同志",
        wording="感谢您在2026年度为小区邻里奉献时间和爱心。特发此证，以资纪念。",
        honour="",
        hours=f"全年志愿服务{10 + number}小时",
        number=f"2026-{number:04}",
        code=f"ABCD EFGH {number:04}",
        issuer="合成小区党支部",
        given_on="2026年12月28日",
        link=f"https://linjuli.example.org/q/abc{number:04}",
    )
