#!/usr/bin/env python3
"""Makes the documents of this folder, so that every byte in it is the project's own.

Needs `pip install reportlab python-docx openpyxl pikepdf` and, for `chromium.pdf`, Chromium with fonts for Korean and Chinese.
The texts are made up for the tests; the documents may be used under the licence of the project. They are not made again by the
tests: programs write dates and versions into them.
"""

import io
import os
import subprocess
import zipfile

import docx
import openpyxl
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

HERE = os.path.dirname(os.path.abspath(__file__))
ENGLISH = "Some 30,000 workers were sent to Russia in 2017, the ministry said."
RUSSIAN = "Около 30 тысяч рабочих находились в России в 2017 году."
KOREAN = "2017년에 로씨야에서 일한 로동자는 약 3만여 명이였다."
CHINESE = "2017年约有3万名朝鲜工人在俄罗斯工作。"


def path(name):
    return os.path.join(HERE, name)


def page(name):
    """A canvas whose bytes do not depend on the clock."""
    return canvas.Canvas(path(name), pagesize=A4, invariant=1, pageCompression=1)


def hidden_pdf():
    pen = page("hidden.pdf")
    pen.setFont("Helvetica", 12)
    pen.drawString(72, 750, "Workers kept less than a third of their wages.")
    pen.drawString(72, 720, "The witness is Kim Example of Sinuiju.")
    pen.rect(150, 716, 70, 14, fill=1, stroke=0)
    pen.rect(72, 690, 100, 14, fill=1, stroke=0)
    pen.drawString(74, 693, "black on black")
    pen.setFillColorRGB(1, 1, 1)
    pen.drawString(72, 660, "white on white")
    pen.setFillColorRGB(0, 0, 0)
    pen.setFont("Helvetica", 1)
    pen.drawString(72, 640, "tiny words")
    pen.setFont("Helvetica", 12)
    text = pen.beginText(72, 620)
    text.setTextRenderMode(3)
    text.textOut("invisible words")
    text.setTextRenderMode(0)
    pen.drawText(text)
    pen.drawString(900, 600, "off the page")
    pen.setFillColorRGB(1, 1, 0)
    pen.rect(72, 566, 200, 14, fill=1, stroke=0)
    pen.setFillColorRGB(0, 0, 0)
    pen.drawString(74, 570, "marked in yellow and read")
    pen.save()


def regional_pdf():
    """Fonts of Asia that are not embedded, as in many older files."""
    pen = page("regional.pdf")
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for y, font, words in [(750, "HYSMyeongJo-Medium", KOREAN), (700, "STSong-Light", CHINESE), (650, "Helvetica", ENGLISH)]:
        pen.setFont(font, 12)
        pen.drawString(72, y, words)
    pen.showPage()
    pen.setFont("Helvetica", 12)
    pen.drawString(72, 750, "A second page.")
    pen.save()


def scanned_pdf():
    from PIL import Image, ImageDraw

    image = Image.new("1", (620, 877), 1)
    ImageDraw.Draw(image).text((60, 60), "scanned words", fill=0)
    image.save("/tmp/scan.png")
    pen = page("scanned.pdf")
    pen.drawImage("/tmp/scan.png", 0, 0, A4[0], A4[1])
    pen.showPage()
    pen.drawImage("/tmp/scan.png", 0, 0, A4[0], A4[1])
    text = pen.beginText(72, 740)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(3)
    text.textOut("scanned words")
    pen.drawText(text)
    pen.save()


def broken_pdfs():
    with pikepdf.open(path("regional.pdf")) as pdf:
        pdf.save(path("encrypted.pdf"), encryption=pikepdf.Encryption(user="secret", owner="other", R=6))
        pdf.save(path("no-printing.pdf"), encryption=pikepdf.Encryption(user="", owner="other", R=4))
    with open(path("regional.pdf"), "rb") as whole, open(path("truncated.pdf"), "wb") as cut:
        cut.write(whole.read()[:1500])
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(b" " * (40 << 20))
    pdf.save(path("bomb.pdf"), compress_streams=True, static_id=True)


def circular_pdfs():
    """A tree of pages that holds itself, and a form that draws itself."""

    def save(name, objects):
        file, places = b"%PDF-1.4\n", []
        for number, content in enumerate(objects, 1):
            places.append(len(file))
            file += f"{number} 0 obj\n{content}\nendobj\n".encode()
        start = len(file)
        file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        file += "".join(f"{place:010} 00000 n \n" for place in places).encode()
        file += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        with open(path(name), "wb") as out:
            out.write(file)

    catalog = "<< /Type /Catalog /Pages 2 0 R >>"
    save("circular-pages.pdf", [catalog, "<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R 2 0 R] >>"])
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    save("circular-form.pdf", [
        catalog,
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
        f"<< {form} /Length 5 >>\nstream\n/X Do\nendstream",
    ])


def chromium_pdf():
    html = f"""<!DOCTYPE html><meta charset=utf-8><title>Workers abroad</title><h1>Workers abroad</h1>
    <p>{ENGLISH} They kept less than a third of their wages, and the rest was collected by the state every month.</p>
    <p>{RUSSIAN}</p><p>{KOREAN}</p><p>{CHINESE}</p>
    <table><tr><td>2017<td>4,000 visas</table>
    <div style='page-break-before:always;columns:2;width:400px'>The left column says that 500 workers left in spring. The right
    column says that 700 workers came in autumn.</div>"""
    with open("/tmp/chromium.html", "w", encoding="utf-8") as file:
        file.write(html)
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", "--print-to-pdf=/tmp/chromium.pdf", "/tmp/chromium.html"],
        check=True, stderr=subprocess.DEVNULL)
    with pikepdf.open("/tmp/chromium.pdf") as pdf:
        pdf.save(path("chromium.pdf"), object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)


def run(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def story_docx():
    document = docx.Document()
    document.core_properties.title = "A report"
    document.core_properties.author = "A. Writer"
    document.add_heading("Workers abroad", 1)
    document.add_paragraph(ENGLISH)
    document.add_paragraph(KOREAN)
    document.add_paragraph("An entry", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, values in zip(table.rows, [("Year", "Visas"), ("2017", "4,000")]):
        for cell, value in zip(row.cells, values):
            cell.text = value
    changed = 'w:id="1" w:author="B. Editor" w:date="2020-01-02T03:04:05Z"'
    document.element.body.insert(-1, parse_xml(
        f"<w:p {nsdecls('w')}>{run('They earned ')}"
        f"<w:del {changed}><w:r><w:delText>$300</w:delText></w:r></w:del><w:ins {changed}>{run('$500')}</w:ins>"
        f"{run(' a month')}{run('; not for print', '<w:vanish/>')}{run(' white', '<w:color w:val=&quot;FFFFFF&quot;/>'.replace('&quot;', chr(34)))}"
        f"{run('.')}</w:p>"))
    black = '<w:highlight w:val="black"/>'
    document.element.body.insert(-1, parse_xml(
        f"<w:p {nsdecls('w')}>{run('The witness is ')}{run('Kim ', black)}{run('Example', black)}{run(' of Sinuiju.')}</w:p>"))
    document.save(path("report.docx"))


def footnotes_docx():
    """A footnote, a comment, a text box that stands twice, and a DTD where none may be."""
    content = f"""<w:document {nsdecls('w')} xmlns:mc="x"><w:body><w:p>{run('Text')}<w:r><w:footnoteReference w:id="1"/></w:r>
    <mc:AlternateContent><mc:Choice>{run(' once')}</mc:Choice><mc:Fallback>{run(' twice')}</mc:Fallback></mc:AlternateContent>
    </w:p></w:body></w:document>"""
    note = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p>{run('A footnote.')}</w:p></w:footnote></w:footnotes>"
    comment = f"<w:comments {nsdecls('w')}><w:comment w:id='1'><w:p>{run('Is this so?')}</w:p></w:comment></w:comments>"
    dtd = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:endnotes {nsdecls("w")}><w:p>{run("&a;")}</w:p></w:endnotes>'
    with zipfile.ZipFile(path("notes.docx"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
        archive.writestr("word/footnotes.xml", note)
        archive.writestr("word/comments.xml", comment)
        archive.writestr("word/endnotes.xml", dtd)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b" " * (20 << 20))
    with open(path("bomb.docx"), "wb") as file:
        file.write(bomb.getvalue())


def book_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Visas"
    sheet.append(["Year", "Visas", "Share"])
    sheet.append([2017, 4000, 0.25])
    import datetime
    sheet.append([datetime.date(2018, 3, 1), "약 3만여 명", None])
    sheet["D7"] = "far"
    kept = book.create_sheet("Kept back")
    kept.append(["a name"])
    kept.sheet_state = "hidden"
    far = book.create_sheet("Far")
    far["XFD1048576"] = "corner"
    far["A1"] = "first"
    book.save(path("book.xlsx"))


if __name__ == "__main__":
    hidden_pdf()
    regional_pdf()
    scanned_pdf()
    broken_pdfs()
    circular_pdfs()
    chromium_pdf()
    story_docx()
    footnotes_docx()
    book_xlsx()
