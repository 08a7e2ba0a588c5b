"""placeholder"""
from gouji.binding.bound import Instance


def excel_form(instance: Instance, money: int) -> str | None:
    return None
