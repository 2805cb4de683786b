"""A plan of the fictional county as a bureau would issue it: for browser tests, rights, and screenshots.

It holds something of every kind that the reader finds, and two pairs of passages that do not go together.
"""

from __future__ import annotations

__all__ = ["CORRECTED", "plan_text"]

#: What the corrected edition says otherwise: a target, a project's money; one project is gone, one is new.
CORRECTED = (
    ("3\t城镇污水处理率\t%\t95.2\t≥98\t预期性", "3\t城镇污水处理率\t%\t95.2\t≥98.5\t预期性"),
    ("2026-2028\t12600\t", "2026-2028\t13800\t"),
    (
        "2\t青溪生态修复\t治理河道14公里\t2027-2029\t8300\t县水利局",
        "2\t白水湖生态缓冲带\t建设缓冲带6公里\t2027-2029\t5200\t县水利局",
    ),
)

_PLAN = """{area}生态环境保护“十五五”规划

第一章 发展基础

“十四五”期间，全县生态环境质量持续改善。2025年，全县空气质量优良天数比例为92.4%。

第二章 总体要求

第一节 指导思想

坚持绿水青山就是金山银山的理念，推进生态环境保护与污染防治协同治理。

第二节 规划目标

规划基准年为2025年，规划期为2026年至2030年。到2030年，空气质量优良天数比例达到94%，城镇污水处理率达到98%。

表1 {area}生态环境保护“十五五”规划指标

序号\t指标名称\t单位\t2025年现状值\t2030年目标值\t属性
1\t空气质量优良天数比例\t%\t92.4\t≥95\t约束性
2\t地表水达到或优于Ⅲ类断面比例\t%\t100\t≥98\t约束性
3\t城镇污水处理率\t%\t95.2\t≥98\t预期性
4\t森林覆盖率\t%\t61.3\t≥61.5\t预期性

第三章 主要任务

第一节 深入打好蓝天保卫战

（一）推进重点行业治理。到2028年，完成12家水泥和砖瓦企业超低排放改造。建立大气污染源排放清单。（责任单位：县生态环境局、县工业和信息化局）

（二）加强移动源管控。到2030年，新增公交车全部使用新能源汽车，建成充电桩600个。（责任单位：县交通运输局）

第二节 持续改善水环境

（一）完善城镇污水管网。到2028年，新建污水管网86公里，改造老旧管网35公里。建立排水管网地理信息系统。（责任单位：县住房和城乡建设局）

（二）保护饮用水水源。饮用水水源一级保护区内禁止新建、扩建与供水设施无关的项目，水源保护区内禁止规模化畜禽养殖。建立饮用水水源水质监测预警机制。（责任单位：县水利局、县生态环境局）

第三节 严格空间管控

生态保护红线内禁止开发性、生产性建设活动。青溪沿岸1公里范围内严禁新建化工园区。

第四章 保障措施

加强组织领导，健全考核评估机制，实行规划实施情况年度评估。

表2 {area}生态环境保护“十五五”重点工程

序号\t项目名称\t建设内容\t建设年限\t投资（万元）\t责任单位
1\t县城污水处理厂二期\t扩建规模2万吨/日\t2026-2028\t12600\t县住房和城乡建设局
2\t青溪生态修复\t治理河道14公里\t2027-2029\t8300\t县水利局
3\t水泥行业超低排放改造\t改造生产线3条\t2026-2027\t4500\t县工业和信息化局
"""


def plan_text(area: str = "青峦县", *, corrected: bool = False) -> str:
    """Return the plan of an area: four indicators, three projects, two passages that do not go together."""
    text = _PLAN.format(area=area)
    for before, after in CORRECTED if corrected else ():
        assert before in text, before
        text = text.replace(before, after)
    return text
