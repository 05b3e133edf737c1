"""Units in lists and as subjects: where they begin, where they end."""

from __future__ import annotations

import pytest

from pipeline.parsing.units import is_unit, listed_units, subject_of

SUBJECTS = [
    ("Sở Nông nghiệp và Môi trường chủ trì kiểm tra", ["Sở Nông nghiệp và Môi trường"], "chủ trì"),
    ("Văn phòng, tập trung tham mưu", ["Văn phòng"], "tập trung"),
    ("Các phòng chức năng, đơn vị có TTHC thực hiện nghiêm", ["Các phòng chức năng", "đơn vị có TTHC"], "thực hiện"),
    ("UBND các xã, phường và Sở Xây dựng rà soát hồ sơ", ["UBND các xã, phường", "Sở Xây dựng"], "rà soát"),
    ("Lãnh đạo các phòng, đơn vị thuộc Sở chỉ đạo công chức", ["Lãnh đạo các phòng, đơn vị thuộc Sở"], "chỉ đạo"),
    ("Phòng Tổ chức cán bộ tham mưu kế hoạch", ["Phòng Tổ chức cán bộ"], "tham mưu"),
    ("Phòng Giáo dục và Đào tạo hướng dẫn các trường", ["Phòng Giáo dục và Đào tạo"], "hướng dẫn"),
    ("Sở Ngoại vụ (qua Phòng Lãnh sự) tổng hợp", ["Sở Ngoại vụ"], "tổng hợp"),
    ("Bộ Ngoại giao trình Chính phủ", ["Bộ Ngoại giao"], "trình"),
    ("Văn phòng Đăng ký đất đai lập hồ sơ", ["Văn phòng Đăng ký đất đai"], "lập"),
    ("Khoa Truyền thông, giáo dục sức khỏe lập danh sách", ["Khoa Truyền thông, giáo dục sức khỏe"], "lập"),
    ("Công an huyện xử lý vi phạm", ["Công an huyện"], "xử lý"),
    ("Các cơ sở còn tồn tại hoàn thành khắc phục", ["Các cơ sở còn tồn tại"], "hoàn thành"),
    ("Các Cục quản lý chuyên ngành và các Sở Mỏ cần chấn chỉnh", ["Các Cục quản lý chuyên ngành", "các Sở Mỏ"], "cần"),
    ("các đơn vị quản lý đường bộ gia cố lề", ["các đơn vị quản lý đường bộ"], "gia cố"),
    ("các đơn vị quản lý tài sản theo sổ", ["các đơn vị"], "quản lý"),
    ("Các Sở Mỏ nêu trên lập sổ", ["Các Sở Mỏ nêu trên"], "lập"),
    ("Các Sở nêu lý do", ["Các Sở"], "nêu"),
    ("Công đoàn cấp trên trực tiếp cơ sở mở lớp", ["Công đoàn cấp trên trực tiếp cơ sở"], "mở"),
    (
        "Các doanh nghiệp đang hoạt động trong cụm khai báo",
        ["Các doanh nghiệp đang hoạt động trong cụm"],
        "khai báo",
    ),
    ("Các hộ gia đình sử dụng nước giếng phải khai báo", ["Các hộ gia đình sử dụng nước giếng"], "phải"),
    ("Các hộ gia đình sử dụng nước tiết kiệm", ["Các hộ gia đình"], "sử dụng"),
    (
        "Các nhà đầu tư trong các khu công nghệ cao, khu công nghiệp chủ động góp vốn",
        ["Các nhà đầu tư trong các khu công nghệ cao, khu công nghiệp"],
        "chủ động",
    ),
    ("UBND các thành phố: Hà Sơn, Tân Lập gửi sổ", ["UBND các thành phố: Hà Sơn, Tân Lập"], "gửi"),
    ("Thanh tra thành phố tổ chức kiểm tra", ["Thanh tra thành phố"], "tổ chức"),
    ("BCĐ giảm nghèo xã lập danh sách", ["BCĐ giảm nghèo xã"], "lập"),
    (
        "Các chủ đầu tư xây dựng và kinh doanh hạ tầng khu A lập sổ",
        ["Các chủ đầu tư xây dựng và kinh doanh hạ tầng khu A"],
        "lập",
    ),
    ("Phòng 3, Phòng 5 chịu trách nhiệm rà soát", ["Phòng 3", "Phòng 5"], "chịu trách nhiệm"),
    ("Người sử dụng lao động niêm yết danh sách", ["Người sử dụng lao động"], "niêm yết"),
    ("Xí nghiệp Thủy nông Đồng Vang tăng lượt bơm", ["Xí nghiệp Thủy nông Đồng Vang"], "tăng"),
    ("Các chủ rừng bố trí người canh gác", ["Các chủ rừng"], "bố trí"),
    ("Sở Văn hóa, Thể thao và Du lịch tổ chức lễ hội", ["Sở Văn hóa, Thể thao và Du lịch"], "tổ chức"),
    ("Đài truyền hình Hà Sơn mở chuyên mục", ["Đài truyền hình Hà Sơn"], "mở"),
    ("các tổ chức cung cấp dịch vụ bưu chính thực hiện", ["các tổ chức cung cấp dịch vụ bưu chính"], "thực hiện"),
    ("Sở Y tế (Chi cục Dân số) chủ trì rà soát", ["Sở Y tế (Chi cục Dân số)"], "chủ trì"),
    ("Giám đốc các Sở: Nội vụ, Tài chính chịu trách nhiệm", ["Giám đốc các Sở: Nội vụ, Tài chính"], "chịu trách nhiệm"),
    ("Sở Nội vụ; các phường phối hợp rà soát", ["Sở Nội vụ", "các phường"], "phối hợp"),
    ("Các trường có tổ chức bán trú chịu trách nhiệm", ["Các trường có tổ chức bán trú"], "chịu trách nhiệm"),
    ("Trung tâm phục vụ hành chính công tỉnh tổng hợp", ["Trung tâm phục vụ hành chính công tỉnh"], "tổng hợp"),
    ("Ban Quản lý dự án đầu tư xây dựng huyện lập tiến độ", ["Ban Quản lý dự án đầu tư xây dựng huyện"], "lập"),
    ("Các cơ quan, tổ chức hữu quan gửi báo cáo", ["Các cơ quan, tổ chức hữu quan"], "gửi"),
    ("Tất cả các xã, thị trấn lập danh sách", ["Tất cả các xã, thị trấn"], "lập"),
    ("Tổ đảng tại Ban KT,NS&ĐT thẩm tra báo cáo", ["Tổ đảng tại Ban KT,NS&ĐT"], "thẩm tra"),
    ("Phòng Hành chính tổng hợp lập danh sách", ["Phòng Hành chính tổng hợp"], "lập"),
    (
        "Trung tâm Xúc tiến đầu tư, thương mại và du lịch mở gian hàng",
        ["Trung tâm Xúc tiến đầu tư, thương mại và du lịch"],
        "mở",
    ),
    ("Phòng Đào tạo bồi dưỡng gửi báo cáo", ["Phòng Đào tạo bồi dưỡng"], "gửi"),
    ("Phòng Đào tạo bồi dưỡng giáo viên", ["Phòng Đào tạo"], "bồi dưỡng"),
    (
        "Đội Cảnh sát điều tra tội phạm về kinh tế và ma túy rà soát hồ sơ",
        ["Đội Cảnh sát điều tra tội phạm về kinh tế và ma túy"],
        "rà soát",
    ),
    ("Các tổ tiết kiệm và vay vốn thu lãi", ["Các tổ tiết kiệm và vay vốn"], "thu"),
    ("Ban Chỉ đạo xây dựng nông thôn mới họp hằng quý", ["Ban Chỉ đạo xây dựng nông thôn mới"], "họp"),
    (
        "Hội đồng bồi thường, hỗ trợ và tái định cư niêm yết phương án",
        ["Hội đồng bồi thường, hỗ trợ và tái định cư"],
        "niêm yết",
    ),
    ("Tổ công tác triển khai Đề án 06 đôn đốc các thôn", ["Tổ công tác triển khai Đề án 06"], "đôn đốc"),
    ("Lực lượng dân quân tự vệ tuần tra", ["Lực lượng dân quân tự vệ"], "tuần tra"),
    ("Các thành viên Tổ giúp việc họp hằng tuần", ["Các thành viên Tổ giúp việc"], "họp"),
    ("Đơn vị chủ trì gửi báo cáo", ["Đơn vị chủ trì"], "gửi"),
    ("Công chức phụ trách gửi báo cáo", ["Công chức phụ trách"], "gửi"),
    ("Báo cáo viên nắm dư luận", ["Báo cáo viên"], "nắm"),
    ("Trưởng trạm Y tế phân ca trực", ["Trưởng trạm Y tế"], "phân ca"),
    ("Cán bộ phụ trách lĩnh vực giám sát chủ trì họp", ["Cán bộ phụ trách lĩnh vực giám sát"], "chủ trì"),
    ("Ủy ban bầu cử xã họp xét", ["Ủy ban bầu cử xã"], "họp"),
    ("Đoàn tiến hành làm việc tại xã", ["Đoàn"], "tiến hành"),
    ("Cơ sở đào tạo ký số dữ liệu", ["Cơ sở đào tạo"], "ký"),
    ("Các cơ quan quản lý trực tiếp bệnh viện rà soát", ["Các cơ quan quản lý trực tiếp bệnh viện"], "rà soát"),
    ("Tổ Thư ký tổng hợp hồ sơ", ["Tổ Thư ký"], "tổng hợp"),
    ("Hai bên thống nhất kế hoạch", ["Hai bên"], "thống nhất"),
    ("MTTQ xã Phối hợp với thôn", ["MTTQ xã"], "Phối hợp"),
    ("Các Bộ: Công an, Quốc phòng rà soát hồ sơ", ["Các Bộ: Công an, Quốc phòng"], "rà soát"),
    ("Các đơn vị trong phạm vi nhiệm vụ được giao rà soát", ["Các đơn vị"], "trong phạm vi"),
    ("Các đơn vị trong điều kiện cho phép, cần lấy ý kiến", ["Các đơn vị"], "trong điều kiện"),
    ("Các phòng, ban quản lý dự án báo cáo", ["Các phòng", "ban quản lý dự án"], "báo cáo"),
    ("Các phòng, ban thuộc huyện báo cáo", ["Các phòng, ban thuộc huyện"], "báo cáo"),
    ("UBND xã Đồng Vang bàn giao mặt bằng", ["UBND xã Đồng Vang"], "bàn giao"),
    ("Lực lượng kiểm lâm, công an, quân đội tuần tra", ["Lực lượng kiểm lâm, công an, quân đội"], "tuần tra"),
    ("Hạt quản lý đê số 2, Hạt quản lý đê số 3 trực ban", ["Hạt quản lý đê số 2", "Hạt quản lý đê số 3"], "trực"),
    ("Phòng Tin học chủ trì", ["Phòng Tin học"], "chủ trì"),
    ("Trạm Thủy nông bơm nước vào đồng", ["Trạm Thủy nông"], "bơm"),
]


@pytest.mark.parametrize(("text", "units", "predicate"), SUBJECTS)
def test_subjects(text: str, units: list[str], predicate: str) -> None:
    subject = subject_of(text, text.lower(), 0, len(text))
    assert subject is not None and subject.predicate is not None
    assert [text[a:b] for a, b in subject.spans] == units
    assert text[subject.predicate :].startswith(predicate)


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành kế hoạch", "Bộ máy tinh gọn", "Phòng, chống tham nhũng", "Tổ chức hội nghị", "Hội nghị tổng kết",
        "Báo cáo kết quả",
        "Lãnh đạo, chỉ đạo rà soát", "Lãnh đạo việc rà soát",
        "Đoàn kết nội bộ", "Trường hợp cần thiết", "Sở hữu trí tuệ", "thanh tra, kiểm tra nội bộ",
    ],
)  # fmt: skip
def test_words_that_only_look_like_units(text: str) -> None:
    assert subject_of(text, text.lower(), 0, len(text)) is None


@pytest.mark.parametrize("text", ["địa phương sẽ được cộng điểm", "Cục Thuế dẫn đầu xếp hạng", "Các sở đạt 95 điểm"])
def test_who_is_only_spoken_of_has_no_predicate(text: str) -> None:
    subject = subject_of(text, text.lower(), 0, len(text))
    assert subject is not None and subject.predicate is None


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng Sở", "Các phòng chức năng", "UBND huyện, thành phố", "Phòng Giám sát quản lý",
        "Ủy ban Kinh tế, Đối ngoại", "Ban Chỉ đạo xóa cầu tạm, nhà dột huyện Hà Sơn",
    ],
)  # fmt: skip
def test_headings_that_are_units(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["TỔ CHỨC THỰC HIỆN", "Mục tiêu chung", "Sở Y tế chủ trì kiểm tra"])
def test_headings_that_are_none(text: str) -> None:
    assert not is_unit(text)


LISTS = [
    ("Đồng chí Phó Giám đốc, phụ trách mảng dược", ["Đồng chí Phó Giám đốc, phụ trách mảng dược"]),
    ("Văn phòng Sở, Phòng Nghiệp vụ và các trạm y tế.", ["Văn phòng Sở", "Phòng Nghiệp vụ", "các trạm y tế"]),
]


@pytest.mark.parametrize(("text", "units"), LISTS)
def test_lists_behind_a_label(text: str, units: list[str]) -> None:
    subject = listed_units(text, text.lower(), 0, len(text))
    assert [text[a:b] for a, b in subject.spans] == units
