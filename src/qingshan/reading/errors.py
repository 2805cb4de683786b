"""What may be wrong with a file, each with one clear sentence for the person who chose it."""

from __future__ import annotations

__all__ = ["Unreadable"]


class Unreadable(ValueError):
    """The file cannot be read as a planning document. ``code`` is for programs, the text for people."""

    SENTENCES = {
        "empty": "文件是空的：请重新导出后再选。",
        "too_long": "文件太大（{found}，上限 {allowed}）：请确认选的是规划文本，必要时分册导入。",
        "unknown_kind": "不认识的文件类型（{found}）：请提供 DOCX、PDF、HTML 或 TXT。",
        "undecodable": "文本编码无法辨认：请另存为 UTF-8 或 GB18030 后再选。",
        "encrypted": "文件设有打开密码：请先解除密码再导入。",
        "no_text_layer": "PDF 没有文字层，看来是扫描件：请向发文单位索取原始文件，或先做文字识别（OCR）。",
        "corrupt": "文件已损坏，无法打开（{found}）：请重新下载或另存一份。",
        "archive_bomb": "压缩内容异常膨胀（{found}）：为安全起见不予打开。",
        "macro": "文件带有宏：为安全起见不予打开，请另存为不带宏的 DOCX。",
        "missing_helper": "读取 {found} 需要 {allowed}：请安装后再试，或先转换为 DOCX。",
        "conversion_failed": "用 LibreOffice 转换失败（{found}）：请先手工另存为 DOCX。",
        "not_a_plan": "没有找到规划文本应有的内容（章节、目标、措施）：请确认选对了文件。",
    }

    def __init__(self, code: str, found: str = "", allowed: str = "") -> None:
        self.code = code
        super().__init__(self.SENTENCES[code].format(found=found, allowed=allowed))
