"""Makers of small files in every kind a plan may come in, written by hand so that each byte is known."""

from __future__ import annotations

import io

__all__ = ["docx_of", "html_of", "pdf_of"]


def docx_of(text: str) -> bytes:
    """Write a text as DOCX: tabbed lines become a real table, an empty group cell is merged upwards."""
    import docx  # the caller has asked whether it is there

    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line.strip():
            document.add_paragraph(line)
    document.add_paragraph("")  # in Word a document never ends with a table
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _add_table(document: object, rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width, style="Table Grid")  # type: ignore[attr-defined]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
            elif r > 1 and c == next(i for i, head in enumerate(rows[0]) if head in ("类别", "任务")):
                table.cell(r - 1, c).merge(table.cell(r, c))


def html_of(text: str) -> str:
    """Write a text as a web page of GB 18030: tabbed lines become a table."""
    lines, table = [], False
    for line in text.split("\n"):
        if "\t" in line:
            cells = "".join(f"<td>{cell}</td>" for cell in line.split("\t"))
            lines.append(("" if table else "<table>") + f"<tr>{cells}</tr>")
            table = True
        else:
            lines.append(("</table>" if table else "") + f"<p>{line}</p>")
            table = False
    head = '<meta charset="gb18030"><script>var a="第一章";</script>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>" + "\n".join(lines)


def pdf_of(
    pages: list[list[str]], *, beside: dict[int, list[str]] | None = None, locked: bool = False
) -> bytes:
    """Write a PDF by hand: text in a font with a Unicode map, one line below the other.

    ``beside`` holds the lines of a second column by page; ``locked`` asks for a password nobody knows.
    """
    beside = beside or {}
    signs = {s for page in (*pages, *beside.values()) for line in page for s in line}
    code = {sign: i + 1 for i, sign in enumerate(sorted(signs))}
    mapping = "\n".join(f"<{n:04X}> <{s.encode('utf-16-be').hex().upper()}>" for s, n in code.items())
    cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF>"
    cmap += f" endcodespacerange {len(code)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    font = "/Type /Font /Subtype /Type0 /BaseFont /Plan /Encoding /Identity-H"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append(f"<< {font} /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>")
    objects.append(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plan {system} /DW 1000 >>")
    objects.append(_stream(cmap))
    kids = []
    for number, page in enumerate(pages):
        shown = [
            f"BT /F1 10 Tf {x} {780 - 16 * n} Td <{_codes(code, line)}> Tj ET"
            for x, column in ((50, page), (320, beside.get(number, [])))
            for n, line in enumerate(column)
        ]
        objects.append(_stream("\n".join(shown)))
        use = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {use} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    if locked:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'5A' * 32}> /U <{'A5' * 32}> >>")
    return _pdf_file(objects, trailer=f"/Encrypt {len(objects)} 0 R /ID [<00> <00>]" if locked else "")


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _codes(code: dict[str, int], line: str) -> str:
    return "".join(f"{code[sign]:04X}" for sign in line)


def _pdf_file(objects: list[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)
