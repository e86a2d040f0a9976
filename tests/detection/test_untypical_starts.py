"""Text whose start is in another language than the rest."""

from __future__ import annotations

import pytest

import recodec

_KOREAN = (
    "오늘은 아침 일찍 일어나 동네 뒷산에 올랐다. 안개가 걷히자 강 건너 마을이 한눈에 들어왔다. "
    "내려오는 길에 시장에 들러 두부와 콩나물을 샀다. "
) * 6


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("夜明けを待てば 古い歌聲...", "夜明けを待てば 古い歌聲..."),
        ("雨の日の窓に 花を...", "風の止まない町の角で"),
        ("あの空を見れば 遙かな島", "風の止まない町の角で"),
        ("月の光を浴びて", "夜明けを待てば 古い歌聲..."),
    ],
)
def test_japanese_titles_of_a_korean_page(title: str, description: str) -> None:
    """To EUC-KR's rivals they read badly as well, but less so: they were Big5 at 0.95."""
    head = f"<title>{title}</title>\n<description>{description}</description>\n"
    text = f"{head}<image>\n{head}</image>\n<item>{_KOREAN}</item>\n"
    found = recodec.detect(text.encode("cp949"))
    assert found.encoding in ("cp949", "euc_kr") and found.language == "ko", found
