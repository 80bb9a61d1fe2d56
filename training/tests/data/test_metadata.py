"""One-hot encoding of a patient's metadata."""

from lentigo.data import metadata
from lentigo.data.tables import Row


def _row(**columns: str) -> Row:
    return Row("x", "nv", "s", "g", {"age": "", "sex": "", "site": ""} | columns)


def test_each_field_has_exactly_one_position() -> None:
    schema = metadata.SCHEMAS["derm"]
    code = metadata.encode([_row(age="80", sex="male", site="ear"), _row(age="9", site="moon")], schema)
    assert code.shape == (2, metadata.width(schema)) and (code.sum(1) == len(schema)).all()
    assert code[0, 8] == 1 and code[0, 10 + 1] == 1 and code[0, 13 + 0] == 1
    assert metadata.encode([_row(age="nan")], schema)[0, 9] == 1
    assert code[1, 0] == 1 and code[1, 10 + 2] == 1 and code[1, 13 + 6] == 1


def test_nothing_known_is_the_unknown_vector() -> None:
    schema = metadata.SCHEMAS["derm"]
    assert (metadata.encode([_row()], schema)[0] == metadata.unknown(schema)).all()


def test_the_giveaway_columns_are_no_input() -> None:
    columns = {field.column for field in metadata.SCHEMAS["phone"]}
    assert not columns & {"fitspatrick", "gender", "diameter_1", "diameter_2"}
