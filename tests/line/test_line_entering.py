"""Who leads is asked line by line, and a passphrase is neither shown nor said again."""

from __future__ import annotations

from lines import Typing
from staged import StagedLead, in_exposure
from staged_desk import ADA, CLEO, StagedDesk

from vr_runtime.wire.acts import Phase


async def test_the_first_operator_gives_a_name_and_a_passphrase_twice() -> None:
    desk = StagedDesk(who=())
    typing = Typing(StagedLead(), desk=desk)
    said = await typing.begin()
    assert "not been assessed as a medical device" in said[0]
    await typing.type("  ", "Ada")
    assert typing.hidden
    await typing.type("short", "!secret 1", "!secret 2")
    assert "not the same" in "".join(typing.out.lines) and desk.asked == []
    await typing.type("!secret 1", "!secret 1")
    assert desk.asked == [("begin", "Ada", "!secret 1")]
    assert not typing.hidden
    assert "Welcome, Ada." in typing.out.lines
    assert "secret" not in "".join(typing.out.lines)


async def test_doing_without_a_passphrase_is_said_in_words() -> None:
    desk = StagedDesk(who=())
    typing = Typing(StagedLead(), desk=desk)
    await typing.begin()
    await typing.type("Ada", "none")
    assert desk.asked == [("begin", "Ada", None)]


async def test_one_of_several_is_chosen_by_number_or_name_and_shows_who_they_are() -> None:
    desk = StagedDesk()
    typing = Typing(StagedLead(), desk=desk)
    said = await typing.begin()
    assert "1. Ada, therapist" in said
    await typing.type("nobody", "patients")
    assert not any("P-0417" in line for line in typing.out.lines), "nothing about patients yet"
    await typing.type("1", "wrong one")
    assert "Not the passphrase of Ada." in typing.out.lines
    await typing.type("Ada", "secret Ada")
    assert desk.present == ADA and "Ada leads now." in typing.out.lines
    assert "secret Ada" not in "".join(typing.out.lines)
    await typing.type("patients")
    assert any("P-0417" in line for line in typing.said() or typing.out.lines)


async def test_lines_that_come_while_it_is_looked_up_are_neither_lost_nor_passphrases() -> None:
    desk = StagedDesk(who=(ADA,))
    typing = Typing(StagedLead(), desk=desk)
    await typing.begin()
    typing.send("secret Ada", "patients")
    await typing.settled()
    assert [asked[0] for asked in desk.asked] == ["enter"]
    assert any("P-0417" in line for line in typing.out.lines)


async def test_name_and_passphrase_may_be_given_beforehand() -> None:
    desk = StagedDesk()
    typing = Typing(StagedLead(), desk=desk, given=("ada", "secret Ada"))
    await typing.begin()
    assert desk.present == ADA
    desk = StagedDesk()
    typing = Typing(StagedLead(), desk=desk, given=("Cleo", None))
    await typing.begin()
    assert desk.present == CLEO


async def test_a_stop_is_heard_while_it_is_asked_who_leads_even_for_the_passphrase() -> None:
    lead = StagedLead(phase=Phase.EXPOSURE, level=3.0, asked=3)
    typing = Typing(lead, desk=StagedDesk())
    await typing.begin()
    await typing.type("stop", "1", "!")
    assert lead.stops == 2


async def test_it_locks_by_word_or_after_long_and_never_in_a_session() -> None:
    desk = StagedDesk(present=ADA)
    typing = Typing(StagedLead(), desk=desk, lock_after_s=30.0)
    await typing.begin()
    await typing.pass_s(32)
    assert desk.present is None and "Who leads? Answer by number or name." in typing.out.lines
    await typing.type("Cleo", "lock")
    assert desk.asked.count(("lock",)) == 2
    typing = Typing(in_exposure(), desk=StagedDesk(present=ADA), lock_after_s=30.0)
    await typing.begin()
    await typing.pass_s(60)
    assert "is not locked before it has ended" in (await typing.type("lock"))[0]
