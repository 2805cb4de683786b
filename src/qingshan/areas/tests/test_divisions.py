"""Code tables: the bundled divisions, folders, bad rows."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

import pytest

from qingshan.areas import public as areas
from qingshan.areas.commands import load
from qingshan.areas.divisions import BadList, bundled, read_folder

DAY = date(2026, 11, 20)


def given(folder=None, within=""):
    return Namespace(folder=folder, within=within, valid_from=date(2020, 1, 1))


class TestTheBundledList:
    def test_it_has_the_places_of_the_real_plans(self):
        names = dict(bundled())

        assert names["440700"] == "江门市"
        assert names["440781"] == "台山市"
        assert names["441700"] == "阳江市"
        assert names["441882"] == "连州市"

    @pytest.mark.django_db
    def test_it_is_loaded_as_one_tree(self, capsys):
        assert load.run(given()) == 0

        province = areas.find_district("440000")
        taishan = areas.find_district("440781")
        assert len(areas.districts_under(province, DAY)) == len(bundled())
        assert [one.name for one in areas.district_path(taishan, DAY)] == ["广东省", "江门市", "台山市"]

    @pytest.mark.django_db
    def test_a_second_time_enters_nothing(self, capsys):
        load.run(given())
        capsys.readouterr()
        load.run(given())

        assert "载入辖区 0 个" in capsys.readouterr().out


class TestAFolder:
    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / "china_division_a.csv").write_text('code,name\n44,"广东省"\n4407,江门市\n', "utf-8")
        (tmp_path / "china_division_b.csv").write_text(
            "code,name,cityCode\n440781,台山市,4407\n441882,连州市,4418\n", "utf-8-sig"
        )
        (tmp_path / "other.csv").write_text("指标,值\n", "utf-8")
        return tmp_path

    def test_short_codes_get_their_noughts(self, folder):
        assert read_folder(folder)[0] == ("440000", "广东省")

    def test_it_can_be_narrowed_and_keeps_what_stands_above(self, folder):
        assert [name for _, name in read_folder(folder, within="4407")] == ["广东省", "江门市", "台山市"]

    def test_a_bad_row_is_named_and_nothing_is_entered(self, folder, db, capsys):
        (folder / "china_division_c.csv").write_text("code,name\n4407x,某地\n", "utf-8")

        assert load.run(given(folder)) == 1
        assert "china_division_c.csv 第 2 行" in capsys.readouterr().err
        assert not areas.District.objects.exists()

    def test_a_table_of_something_else_is_refused(self, tmp_path):
        (tmp_path / "a.csv").write_text("指标,值\nPM2.5,20\n", "utf-8")
        with pytest.raises(BadList, match="code"):
            read_folder(tmp_path)

    def test_an_empty_folder_is_refused(self, tmp_path):
        with pytest.raises(BadList):
            read_folder(tmp_path)

    @pytest.mark.shared
    def test_the_national_tables_load(self, shared, db, capsys):
        assert load.run(given(shared / "data" / "codes", within="44")) == 0

        guangdong = areas.districts_under(areas.find_district("440000"), DAY)
        assert len(guangdong) > 5000
