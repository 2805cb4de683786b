"""A plan document becomes a ledger: import, review, correct, accept, enter; then a corrected edition.

Every journey takes in a text of its own (its place names differ), because the same file is taken in once.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import PHONE, Town
from tests.journeys.files import Upload, letter
from tests.journeys.papers import plan_docx, plan_txt

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_document_is_reviewed_and_entered_and_its_corrected_edition_shows_its_difference(
    town: Town,
) -> None:
    page = town.seat("planner")
    review = _take_in(page, plan_docx())
    expect(page.get_by_role("heading", level=1)).to_have_text("青峦县生态环境保护“十五五”规划")
    expect(_kind(page, "指标")).to_contain_text("4")

    forest = _card(page, "森林覆盖率")
    forest.locator(".card-title").click()  # the card lights its passage up
    expect(page.locator(".paper mark.lit").first).to_contain_text("森林覆盖率")
    page.locator(".paper .row mark", has_text="城镇污水处理率").click()  # and the passage its card
    expect(page.locator(".card.is-current")).to_contain_text("城镇污水处理率")

    forest.get_by_role("link", name="修改").click()
    form = page.locator(".card form")
    expect(form.get_by_label("指标名称")).to_be_focused()  # the cursor is set once the form is there
    form.get_by_label("类别").fill("生态保护")
    form.get_by_label("年份").first.fill("二零二五")
    form.get_by_role("button", name="保存并接受").click()
    expect(form.get_by_role("alert")).to_contain_text("二零二五")
    expect(form.get_by_label("年份").first).to_be_focused()
    form.get_by_label("年份").first.fill("2025")
    form.get_by_role("button", name="保存并接受").click()
    expect(_card(page, "森林覆盖率")).to_contain_text("已接受")
    expect(_card(page, "森林覆盖率")).to_contain_text("生态保护")

    _card(page, "地表水达到或优于Ⅲ类断面比例").get_by_role("button", name="不采纳").click()
    expect(_card(page, "地表水达到或优于Ⅲ类断面比例")).to_contain_text("不采纳 · 陈可望")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status").filter(has_text="已撤销：不采纳")).to_be_visible()
    expect(_card(page, "地表水达到或优于Ⅲ类断面比例").get_by_role("button", name="接受")).to_be_visible()

    for kind in ("指标", "项目", "承诺", "措施", "职责", "准入规则"):
        _accept_all(page, kind)
    expect(page.locator("#to-enter")).to_have_text(re.compile(r"30\s*条"))

    _settle(page, "正文与表不一致", "以指标表的95%为准，正文为笔误。")
    page.reload()  # it is kept, and the kind at hand too
    page.get_by_label("状态").select_option("已处理")
    expect(_card(page, "正文与表不一致")).to_contain_text("以指标表的95%为准")

    page.goto(f"{review}head")
    page.get_by_label("简称").fill("青峦十五五规划")
    page.get_by_label("发布单位").fill("青峦县人民政府")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("规划信息已保存。")).to_be_visible()

    page.goto(f"{review}enter")
    expect(page.get_by_role("region", name="将写入")).to_contain_text(re.compile(r"项目\s*3\s*条"))
    page.get_by_role("button", name="写入台账").click()
    expect(page.get_by_role("status")).to_contain_text("已写入 30 条")
    page.locator("nav.tabs").get_by_role("link", name="指标").click()
    page.get_by_role("link", name="森林覆盖率").click()
    expect(page.get_by_role("main")).to_contain_text("61.5")
    expect(page.locator("blockquote.passage")).to_contain_text("森林覆盖率")  # kept with its passage
    ledger = page.url.split("/indicators/")[0]

    _corrected_edition(page, ledger)


def _corrected_edition(page: Page, ledger: str) -> None:
    """What changed, what is new, what is gone; the rest is accepted at one go, the difference is entered."""
    review = _take_in(page, plan_txt(corrected=True, name="十五五规划（修订版）.txt"), plan="青峦十五五规划")
    page.goto(f"{review}enter")
    revised = page.get_by_role("region", name="修改")
    expect(revised).to_contain_text("城镇污水处理率")
    expect(revised.locator("del", has_text="126000000")).to_be_visible()
    expect(revised.locator("ins", has_text="138000000")).to_be_visible()
    expect(page.get_by_role("region", name="新增")).to_contain_text("白水湖生态缓冲带")
    expect(page.get_by_role("region", name="新版已无")).to_contain_text("青溪生态修复")

    page.get_by_role("button", name="接受与台账一致的").click()
    expect(page.get_by_role("status")).to_contain_text("剩下的是这一版的改动")
    revised.get_by_role("link", name="对照原文").first.click()
    card = page.locator(".card.is-current")
    expect(card).to_contain_text("城镇污水处理率")
    card.get_by_role("button", name="接受").click()
    expect(_card(page, "城镇污水处理率")).to_contain_text("已接受")
    page.goto(f"{review}enter")
    page.get_by_role("button", name="写入台账").click()
    expect(page.get_by_role("status")).to_contain_text("修改 1")
    page.goto(f"{ledger}/indicators/")
    page.get_by_role("link", name="城镇污水处理率").click()
    expect(page.get_by_role("region", name="基准与目标")).to_contain_text("98.5")
    page.goto(f"{ledger}/projects/")
    expect(
        page.get_by_role("link", name="青溪生态修复")
    ).to_be_visible()  # gone from the text, kept in the ledger


def test_the_keyboard_alone_decides_and_undoes(town: Town) -> None:
    page = town.seat("planner")
    _take_in(page, plan_txt("青峦县石桥岭镇"))
    current = page.locator(".card.is-current")
    expect(current).to_contain_text("空气质量优良天数比例")
    page.keyboard.press("j")
    expect(current).to_contain_text("地表水达到或优于Ⅲ类断面比例")
    expect(current).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(_card(page, "空气质量优良天数比例")).to_contain_text("已接受")
    expect(current).to_contain_text("地表水达到或优于Ⅲ类断面比例")
    page.keyboard.press("x")
    expect(_card(page, "地表水达到或优于Ⅲ类断面比例")).to_contain_text("不采纳")
    expect(page.locator("#done-bar")).to_contain_text("已处理 2")
    expect(current).not_to_contain_text("地表水达到或优于Ⅲ类断面比例")  # the next one is at hand
    page.keyboard.press("u")
    expect(page.get_by_role("status").filter(has_text="已撤销")).to_be_visible()
    # What was undone is at hand a moment after it is shown; a key before that would reach another card.
    expect(current).to_contain_text("地表水达到或优于Ⅲ类断面比例")
    page.keyboard.press("e")
    name = page.get_by_label("指标名称")
    expect(name).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("（国控）")  # letters are letters while a form is filled in
    page.keyboard.press("Enter")
    expect(_card(page, "地表水达到或优于Ⅲ类断面比例（国控）")).to_contain_text("已接受")

    page.goto("/intake/")
    page.get_by_role("link", name="青峦县石桥岭镇生态环境保护“十五五”规划").first.click()
    expect(page.locator(".card.is-current")).to_contain_text("城镇污水处理率")  # where one left off


def test_without_scripts_a_finding_is_looked_up_corrected_and_accepted(town: Town) -> None:
    page = town.seat("second", java_script_enabled=False)
    _take_in(page, plan_txt("青峦县栖云镇"))
    page.get_by_role("link", name=re.compile("项目")).first.click()
    card = _card(page, "县城污水处理厂二期")
    card.locator(".card-title").click()
    expect(page).to_have_url(re.compile(r"#s\d+$"))  # the passage itself
    card.get_by_role("link", name="修改").click()
    page.get_by_label("投资（万元）").fill("约一亿")
    page.get_by_role("button", name="保存并接受").click()
    expect(page.get_by_role("alert")).to_contain_text("“约一亿”不是数值")
    page.get_by_label("投资（万元）").fill("12800")
    page.get_by_role("button", name="保存并接受").click()
    expect(page).to_have_url(re.compile(r"#f\d+$"))  # the next card that waits
    page.get_by_label("状态").select_option("已接受")
    page.get_by_role("button", name="筛选").click()
    expect(_card(page, "县城污水处理厂二期")).to_contain_text("12800")

    page.goto(page.url.split("?")[0] + "?kind=duty")
    last = page.locator(".card").last
    last.locator("summary").click()
    last.get_by_role("button", name="以上其余全部接受").click()
    expect(page.get_by_text("已接受 6 条")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销：以上其余全部接受。")).to_be_visible()


def test_one_finding_becomes_two_and_two_become_one(town: Town) -> None:
    page = town.seat("planner")
    _take_in(page, plan_txt("青峦县白水镇"))
    _kind(page, "承诺").click()
    whole = _card(page, "完成12家")
    _more(whole, "拆分成几条")
    passage = page.get_by_role("textbox", name="原文")
    words = passage.input_value()
    passage.fill(words.replace("水泥", "|水泥").replace("超低", "低"))
    page.get_by_role("button", name="拆分", exact=True).click()
    expect(page.get_by_text("原文的字被改动了")).to_be_visible()
    page.get_by_role("textbox", name="原文").fill(words.replace("水泥", "|水泥"))
    page.get_by_role("button", name="拆分", exact=True).click()
    expect(page.get_by_text("已拆成 2 条")).to_be_visible()
    expect(page.locator(".card-title", has_text="水泥和砖瓦企业超低排放改造")).to_be_visible()

    _more(_card(page, "新建污水管网"), "与相邻的合并")
    page.get_by_role("checkbox", name="改造老旧管网").check()
    page.get_by_label("合并后的名称").fill("新建和改造污水管网")
    page.get_by_role("button", name="合并", exact=True).click()
    expect(page.get_by_text("已合并为一条")).to_be_visible()
    expect(_card(page, "新建和改造污水管网")).to_be_visible()
    expect(page.locator(".card-title", has_text="改造老旧管网")).to_have_count(0)


def test_what_was_passed_over_is_added_with_its_passage(town: Town) -> None:
    page = town.seat("planner")
    _take_in(page, plan_txt("青峦县松坪镇"))
    page.get_by_role("link", name="补录一条").click()
    page.get_by_label("类别").select_option("承诺")
    page.get_by_label("原文中的字句").fill("建成充电桩六百个")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("原文中没有“建成充电桩六百个”")).to_be_visible()
    page.get_by_label("原文中的字句").fill("建成充电桩600个")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("度量").fill("充电桩")
    page.get_by_label("类型").select_option(index=1)
    page.get_by_label("数值").fill("600")
    page.get_by_role("button", name="补录", exact=True).click()
    card = _card(page, "充电桩")
    expect(card).to_contain_text("人工录入")
    expect(card).to_contain_text("补录 · 陈可望")


def test_a_card_that_somebody_else_decided_shows_both_versions(town: Town) -> None:
    page, other = town.seat("planner"), town.seat("second")
    review = _take_in(page, plan_txt("青峦县梨园镇"))
    other.goto(review)
    _card(other, "森林覆盖率").get_by_role("button", name="不采纳").click()
    expect(_card(other, "森林覆盖率")).to_contain_text("许知秋")

    _card(page, "森林覆盖率").get_by_role("button", name="接受").click()
    stale = page.locator(".card").filter(has_text="森林覆盖率").get_by_role("alert")
    expect(stale).to_contain_text("许知秋已先处理了这一条")
    expect(stale).to_contain_text("您看到的")
    expect(stale).to_contain_text("不采纳")
    _card(page, "森林覆盖率").get_by_role("button", name="接受").click()  # knowing that, it is accepted
    expect(_card(page, "森林覆盖率")).to_contain_text("接受 · 陈可望")
    page.reload()
    expect(page.get_by_text("许知秋 也在审阅")).to_be_visible()


def test_what_is_typed_on_a_card_outlives_an_expired_log_in(town: Town) -> None:
    page = town.fresh_seat("second")
    _take_in(page, plan_txt("青峦县云台镇"))
    _card(page, "森林覆盖率").get_by_role("link", name="修改").click()
    expect(page.get_by_label("指标名称")).to_be_focused()
    page.get_by_label("说明").fill("与林业局核对过")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="只保存").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("用户名").fill(town.people["second"][0])
    dialog.get_by_label("口令").fill(town.people["second"][1])
    dialog.get_by_role("button", name="登录").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("说明")).to_have_value("与林业局核对过")
    page.get_by_role("button", name="只保存").click()
    expect(_card(page, "森林覆盖率")).to_contain_text("修改 · 许知秋")
    _card(page, "森林覆盖率").get_by_role("link", name="修改").click()
    expect(page.get_by_label("说明")).to_have_value("与林业局核对过")
    expect(page.get_by_text("已恢复您上次没有提交的内容")).to_have_count(0)


def test_a_file_that_cannot_be_read_gets_one_clear_sentence_and_is_not_kept(town: Town) -> None:
    page = town.seat("planner")
    page.goto("/intake/")
    before = page.locator("#incoming tbody tr").count()
    for file, told in (
        (Upload(name="空.txt", mimeType="text/plain", buffer=b""), "空"),
        (letter("扫描件.pdf"), "PDF 没有文字层"),
        (Upload(name="坏.docx", mimeType="application/zip", buffer=b"PK\x03\x04broken"), "已损坏"),
        (
            Upload(name="信.txt", mimeType="text/plain", buffer="各位同事，明天开会。".encode()),
            "没有找到规划文本",
        ),
    ):
        page.get_by_label("把规划文件拖到这里，或选择文件").set_input_files(file)
        page.get_by_role("button", name="上传并识读").click()
        alert = page.locator("#incoming").get_by_role("alert")
        expect(alert).to_contain_text(told)
        expect(alert).to_have_count(1)
    page.goto("/intake/")
    assert page.locator("#incoming tbody tr").count() == before


def test_on_a_phone_text_and_findings_take_turns(town: Town) -> None:
    page = town.seat("planner", viewport=PHONE, has_touch=True, is_mobile=True)
    _take_in(page, plan_txt("青峦县河口镇"))
    _fits(page)
    expect(page.locator(".source")).to_be_hidden()
    _card(page, "森林覆盖率").locator(".card-title").tap()
    expect(page.locator(".source")).to_be_visible()
    expect(page.locator(".paper mark.lit", has_text="森林覆盖率").first).to_be_in_viewport()
    _fits(page)
    page.get_by_role("navigation", name="原文与结果").get_by_role("link", name="结果").tap()
    expect(_card(page, "森林覆盖率")).to_be_in_viewport()
    _card(page, "森林覆盖率").get_by_role("button", name="接受").tap()
    expect(_card(page, "森林覆盖率")).to_contain_text("已接受")
    _card(page, "城镇污水处理率").get_by_role("link", name="修改").tap()
    expect(page.get_by_label("指标名称")).to_be_visible()
    _fits(page)


def _take_in(page: Page, file: Upload, *, plan: str = "") -> str:
    """Take a document in; return the address of its review."""
    page.goto("/intake/")
    page.get_by_label("把规划文件拖到这里，或选择文件").set_input_files(file)
    if plan:
        page.get_by_label("台账中的规划").select_option(plan)
    page.get_by_role("button", name="上传并识读").click()
    page.wait_for_url(re.compile(r"/intake/\d+/"))
    page.wait_for_load_state("networkidle")  # its script has taken the first card by now
    return page.url.split("?")[0].split("#")[0]


def _card(page: Page, title: str) -> Locator:
    named = page.locator(".card-title", has_text=re.compile(rf"^{re.escape(title)}$"))
    return page.locator(".card").filter(has=named)


def _kind(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="类别").get_by_role("link", name=re.compile(name))


def _accept_all(page: Page, kind: str) -> None:
    if not _kind(page, kind).get_attribute("aria-current"):
        _kind(page, kind).click()
    expect(_kind(page, kind)).to_have_attribute("aria-current", "page")
    last = page.locator(".card[data-open='1']").last
    last.locator("summary").click()
    last.get_by_role("button", name="以上其余全部接受").click()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"已接受 \d+ 条"))).to_be_visible()


def _settle(page: Page, title: str, reason: str) -> None:
    _kind(page, "矛盾").click()
    _card(page, title).get_by_role("link", name="处理").click()
    page.get_by_role("button", name="保存处理意见").click()
    expect(page.locator(".card form .error")).to_be_visible()  # not without a reason
    expect(page.get_by_label("理由")).to_be_focused()
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name="保存处理意见").click()
    expect(_card(page, title)).to_contain_text("已处理")


def _more(card: Locator, name: str) -> None:
    card.locator("summary").click()
    card.get_by_role("link", name=name).click()


def _fits(page: Page) -> None:
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, f"{page.url} is {beyond} px wider than the screen"
