from __future__ import annotations

import datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from hypothesis import given
from hypothesis import strategies as st

from pipeline import textlayer
from pipeline.document import Box, Word
from pipeline.records import ElectronicSignature
from pipeline.signatures import (
    SignatureField,
    from_fields,
    from_print,
    pdf_time,
    printed_time,
    take_out,
    without_signature,
)

TIME_ROWS = ["Thời gian ký:", "04.03.2024 16:21:07"]
REALDOCS = Path(__file__).parents[2] / "shared" / "realdocs"


def signed(name: str, unit: str | None, organization: str) -> bytes:
    """Return a CMS container signed with a certificate made for the purpose."""
    key = ec.generate_private_key(ec.SECP256R1())
    oid = x509.NameOID
    parts = [(oid.ORGANIZATION_NAME, organization), (oid.ORGANIZATIONAL_UNIT_NAME, unit), (oid.COMMON_NAME, name)]
    subject = x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])
    day = datetime.datetime(2024, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(oid.COMMON_NAME, "Cơ quan chứng thực")]))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=900))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"x").add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])


def pdf(contents: bytes, print_text: str = "565") -> bytes:
    """Return a one-page PDF with a line of text and a signature field that prints `print_text` at (100, 700)."""
    appearance = f"BT /F 13 Tf 0 2 Td ({print_text}) Tj ET".encode()
    text = b"BT /F 13 Tf 70 702 Td (So:) Tj 70 0 Td (/TB-UBND) Tj ET"
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [5 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Annots [5 0 R] /Contents 4 0 R /Resources "
        + font
        + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /F 4 /P 3 0 R /Rect [100 700 130 720] "
        b"/V 6 0 R /AP << /N 7 0 R >> >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:20240304162107+07'00') "
        b"/ByteRange [0 1 2 3] /Contents <" + contents.hex().encode() + b"00000000> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 30 20] /Resources "
        + font
        + b" /Length %d >>\nstream\n%s\nendstream" % (len(appearance), appearance),
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def test_fields_name_signer_organization_and_time() -> None:
    document = pdfium.PdfDocument(pdf(signed("Trần Thị Hoài", "Văn phòng", "UBND tỉnh Thanh Vân")))
    assert from_fields(textlayer.read_signatures(document)) == [
        ElectronicSignature(
            signer="Trần Thị Hoài",
            organization="Văn phòng, UBND tỉnh Thanh Vân",
            time="2024-03-04T16:21:07+07:00",
            source="field",
        )
    ]


def test_the_number_that_a_signature_field_prints_is_text() -> None:
    data = pdf(signed("Sở Nội vụ", None, "UBND tỉnh Thanh Vân"))
    document = pdfium.PdfDocument(data)
    layer = textlayer.read_layer(document[0], lambda: document[0])
    words = textlayer.words(layer, textlayer.judge(layer))
    assert sorted(word.text for word in words) == ["/TB-UBND", "565", "So:"]
    [number] = [word for word in words if word.text == "565"]
    assert number.box is not None and (number.box.x0, number.box.y1) == pytest.approx((100, 100), abs=4)
    assert layer.signature_boxes == [Box(100, 80, 130, 100)]
    assert take_out(words, layer.signature_boxes) == (words, [])


def test_early_and_late_signatures_are_in_order_and_each_stands_once() -> None:
    first, second = signed("A", None, "X"), signed("B", None, "Y")
    fields = [
        SignatureField(second, "D:20240305080000+07'00'", ""),
        SignatureField(first, "D:20240304080000+07'00'", ""),
        SignatureField(first, "D:20240304080000+07'00'", ""),
    ]
    assert [signature.signer for signature in from_fields(fields)] == ["A", "B"]


@given(st.binary(max_size=300))
def test_broken_containers_give_no_name(contents: bytes) -> None:
    assert from_fields([SignatureField(contents, "", "")]) == []


def test_a_container_cut_short_keeps_its_time() -> None:
    field = SignatureField(signed("A", None, "X")[:200], "D:20240304080000Z", "")
    assert [(s.signer, s.time) for s in from_fields([field])] == [(None, "2024-03-04T08:00:00+00:00")]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("D:20240304162107+07'00'", "2024-03-04T16:21:07+07:00"),
        ("D:20240304162107+07'00", "2024-03-04T16:21:07+07:00"),
        ("D:20240304162107Z", "2024-03-04T16:21:07+00:00"),
        ("D:202403041621", "2024-03-04T16:21:00"),
        ("20240304162107-05'30'", "2024-03-04T16:21:07-05:30"),
        ("D:20240230162107Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_pdf_times(text: str, iso: str | None) -> None:
    assert pdf_time(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("04.03.2024 16:21:07 +07:00", "2024-03-04T16:21:07+07:00"),
        ("04/03/2024 16:21:07", "2024-03-04T16:21:07"),
        ("04-03-2024 16:21", "2024-03-04T16:21:00"),
        ("2024.03.04 16:21:07 +07'00'", "2024-03-04T16:21:07+07:00"),
        ("4/3/2024", "2024-03-04"),
        ("41/13/2024", None),
        ("", None),
    ],
)
def test_printed_times(text: str, iso: str | None) -> None:
    assert printed_time(text) == iso


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["Ký bởi: Ủy ban nhân dân", "tỉnh Thanh Vân", "Cơ quan: Tỉnh Thanh Vân", *TIME_ROWS],
            ("Ủy ban nhân dân tỉnh Thanh Vân", "Tỉnh Thanh Vân", "2024-03-04T16:21:07"),
        ),
        (["Người ký: Trần Thị Hoài", "Email: a@b.example", "Cơ quan: Sở Y tế"], ("Trần Thị Hoài", "Sở Y tế", None)),
        (["Signature Not Verified", "Được ký bởi SỞ Y TẾ", "Ngày ký: 04/03/2024"], ("SỞ Y TẾ", None, "2024-03-04")),
        (["Digitally signed by Sở Y tế", "Date: 2024.03.04 16:21:07Z"], ("Sở Y tế", None, "2024-03-04T16:21:07")),
        (["Ky bơi: Sở Y tế"], ("Sở Y tế", None, None)),
    ],
)  # fmt: skip
def test_printed_signatures(rows: list[str], expected: tuple[str | None, ...]) -> None:
    found = from_print(rows)
    assert found is not None and found.source == "printed"
    assert (found.signer, found.organization, found.time) == expected


def test_text_that_only_speaks_of_signing_is_none() -> None:
    body = ["văn bản đi được ký số và gửi trên môi trường mạng", "người ký chịu trách nhiệm trước pháp luật"]
    assert from_print(["Nơi nhận:", "- Lưu: VT."]) is None
    assert without_signature(body) == body
    words = placed([(70, 100 + 20 * row, 13, line) for row, line in enumerate(body)])
    assert take_out(words) == (words, [])


def placed(lines: list[tuple[float, float, float, str]]) -> list[Word]:
    """Words of lines (left, top, height, text), a letter half as wide as high."""
    words = []
    for left, top, height, text in lines:
        x = left
        for token in text.split():
            words.append(Word(token, token, Box(x, top, x + len(token) * height / 2, top + height)))
            x += (len(token) + 0.6) * height / 2
    return words


BODY = [
    (70.0, 60.0, 13.0, "ỦY BAN NHÂN DÂN"),
    (70.0, 80.0, 13.0, "Số: 12/KH-UBND"),
    (70.0, 120.0, 13.0, "Căn cứ Luật Tổ chức chính quyền địa phương và các văn bản có liên quan"),
]
STAMP = [
    (400.0, 58.0, 7.0, "Ký bởi: Ủy ban nhân dân"),
    (400.0, 67.0, 7.0, "tỉnh Thanh Vân"),
    (400.0, 76.0, 7.0, "Cơ quan: Tỉnh Thanh Vân"),
    (400.0, 85.0, 7.0, "Thời gian ký: 04.03.2024 16:21:07"),
]


@pytest.mark.parametrize("boxes", [(), (Box(395, 50, 560, 95),)])
def test_a_printed_signature_beside_the_header_is_taken_out(boxes: tuple[Box, ...]) -> None:
    rest, rows = take_out(placed(BODY + STAMP), boxes)
    assert rest == placed(BODY)
    assert [row.text for row in rows] == [text for *_, text in STAMP]
    assert {row.role for row in rows} == {"signature"}


def test_a_signature_without_keys_is_known_by_its_box() -> None:
    stamp = [(400.0, 58.0, 7.0, "TRUNG TÂM CÔNG BÁO"), (400.0, 67.0, 7.0, "04.03.2024 16:21:07")]
    assert take_out(placed(BODY + stamp))[1] == []
    assert take_out(placed(BODY + stamp), [Box(395, 50, 560, 80)])[0] == placed(BODY)


def test_text_that_runs_through_a_box_stays() -> None:
    stamp = [(400.0, 62.0, 7.0, "TRUNG TÂM"), (400.0, 74.0, 7.0, "CÔNG BÁO"), (400.0, 84.0, 7.0, "04.03.2024")]
    title = [(250.0, 90.0, 13.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]
    rest, rows = take_out(placed(BODY + title + stamp), [Box(395, 55, 560, 105)])
    assert {word.text for word in placed(title)} <= {word.text for word in rest}
    assert [row.text for row in rows] == ["TRUNG TÂM", "CÔNG BÁO", "04.03.2024"]


@pytest.mark.skipif(not REALDOCS.exists(), reason="the shared documents are not here")
def test_every_signature_of_the_real_documents_is_named_and_dated() -> None:
    count = 0
    for path in sorted(REALDOCS.glob("*/*.pdf")):
        for signature in from_fields(textlayer.read_signatures(pdfium.PdfDocument(path))):
            count += 1
            assert signature.signer and signature.organization and signature.time, path.name
    assert count > 5
