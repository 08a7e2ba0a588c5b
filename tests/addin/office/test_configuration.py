"""The configuration files of the extension: every command once in menu and toolbar, in two languages."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gouji.addin.office.commands import GROUPS, SERVICE, TOOLBAR, address, caption
from gouji.addin.office.configuration import addons, window_state
from gouji.live.commands import CAPTIONS

COMMANDS = [command for group in GROUPS for command in group]
OOR = "{http://openoffice.org/2001/registry}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own output


def node(root: ElementTree.Element, *path: str) -> ElementTree.Element:
    for name in path:
        root = next(each for each in root if each.get(f"{OOR}name") == name)
    return root


def value(entry: ElementTree.Element, name: str, language: str | None = None) -> str | None:
    values = node(entry, name).findall("value")
    return next(each.text for each in values if each.get(LANGUAGE) == language)


@pytest.mark.parametrize(
    "path", [("OfficeMenuBar", "org.gouji.menu", "Submenu"), ("OfficeToolBar", "org.gouji.toolbar")]
)
def test_menu_and_toolbar_hold_every_command_in_order_with_lines_between_groups(path: tuple[str, ...]) -> None:
    entries = list(node(parsed(addons()), "AddonUI", *path))
    addresses = [value(entry, "URL") for entry in entries]
    assert addresses == [
        *map(address, GROUPS[0]), "private:separator", *map(address, GROUPS[1]), "private:separator",
        *map(address, GROUPS[2]),
    ]  # fmt: skip
    names = [entry.get(f"{OOR}name") or "" for entry in entries]
    assert names == sorted(names)
    assert {entry.get(f"{OOR}op") for entry in entries} == {"replace"}


def test_the_toolbar_itself_is_new_and_so_must_say_replace() -> None:
    bar = node(parsed(addons()), "AddonUI", "OfficeToolBar", "org.gouji.toolbar")
    assert bar.get(f"{OOR}op") == "replace"


def test_every_command_of_the_live_companion_has_a_button_and_a_symbol() -> None:
    assert sorted(COMMANDS) == sorted(CAPTIONS)
    images = node(parsed(addons()), "AddonUI", "Images")
    assert [value(image, "URL") for image in images] == [address(command) for command in COMMANDS]


def test_buttons_speak_both_languages() -> None:
    menu = node(parsed(addons()), "AddonUI", "OfficeMenuBar", "org.gouji.menu", "Submenu")
    titles = [
        (value(entry, "Title", "zh-CN"), value(entry, "Title", "en-US"))
        for entry in menu
        if value(entry, "URL") != "private:separator"
    ]
    assert titles == [caption(command) for command in COMMANDS]
    assert titles[0] == ("审核", "Check")


def test_the_toolbar_is_docked_and_shown_from_the_start() -> None:
    state = node(parsed(window_state()), "UIElements", "States", TOOLBAR)
    assert value(state, "UIName", "zh-CN") == "决算勾稽"
    kept = {name: value(state, name) for name in ("Docked", "DockingArea", "Visible", "Style")}
    assert kept == {"Docked": "true", "DockingArea": "0", "Visible": "true", "Style": "2"}


def test_an_address_names_the_service_and_the_command() -> None:
    assert address("check") == f"service:{SERVICE}?check" == "service:org.gouji.Job?check"
