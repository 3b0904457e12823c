"""The kinds of entry: every kind and field of the case-file contract, and files with an error in them."""

from pathlib import Path

import pytest

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.kinds import Item, ItemType, RecordKind
from gcp2_app.domain.register import Agency, Category, StatusKind
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.forms.entry_kinds import load_kind, load_kinds

KINDS = load_kinds()

# The contract, kind by kind: * required, [] repeats, {} group or map.
FIELDS = {
    "note": "concern who_will_act decision{reason lead} worker_safety",
    "event": "type*",
    "visit": "mode* announced access cancelled_by cancel_reason started ended present[] rooms_seen[] child_seen"
    " seen_alone seen_awake bedroom_seen contact_rating conditions[]{unit than_last} interpreter co_workers[]"
    # Ours: the visit sheet.
    " let_in_by seen[]{child seen awake alone} checks{food warmth bed_or_safe_sleep hazards}"
    " lines[]{id at how text children[] units[] sorted}",
    "worker_contact": "to_role* to_name by_agency* tried_on* how reached reply_on agreed about",
    "statement": "setting alone safe_to_show feels_about_showing",
    "appointment": "service* status* cancel_reason",
    "measure": "measure* value_as_recorded* by",
    "admission": "hospital admitted* expected[]{date said_on} neonatal planned_long medically_fit_on"
    " discharge_planned_for discharged s85_notified_on extra_days[]{reason days}",
    "medicine": "name* strength dose_as_prescribed* device times[] missed_dose prescriber checked_by"
    # Ours: the card.
    " checked_role checked_on card_expires"
    " must_not_miss first_home_dose_on given_safely_by changed[]{what on}"
    " copies[]{who given_on taken_back_on} for_child",
    "teach_back": "medicine* person* correct* missed stage",
    "learning_support": "person* coordinators{health social_care} adjustments[]{what on} adult_services_on"
    " unsupervised_from",
    "referral": "to by_agency* level incident emergency by_phone written_on told{family_told why_not agreed"
    " lawful_basis} acknowledged_on decided_on outcome service_began override_reason lead{name on said} decided_by"
    " decision_reason sent{at how taken_by form digest} content[]{block label text} follow_ups[]{on by how text}",
    "challenge": "about stage* stage_started* urgent reply_on resolved_on resolution our_position their_position"
    " asked_for their_agency with_whom reply contacts[]{on who how said}",
    "meeting": "type* held due planned_for chair quorate invited[]{role name on attended views_given}"
    " invitations_sent_on no_advocate_reason reports_received[] child_participation category decisions_per_child"
    " contingency report_shared_on dissent"
    # Ours: what our report says.
    " significant_harm recommendation",
    "advocacy": "status* for by on name service",
    "action": "what* who agreed_on* due same_as said_done_on checked_on checked_by checked_result understood"
    # Ours: the board.
    " asked{able able_words prevented prevented_words on} looked_again[]{on by result}",
    "attendance": "from* to* possible* attended* unauthorised codes situation",
    "health_plan": "reviewed_on*",
    "move": "from_authority to_authority* on* records[]{authority asked_on received_on} cp_plan",
    "circumstance": "name* from* to changed impact_review_on",
    "support": "name* from* to themes[] outcome",
    "chronology_frozen": "version* style",
    # Ours: the twelve questions about harm that adds up.
    "harm_review": "edition since_when which_kinds same_again begun_again asked_for_help what_lasted what_was_missed"
    " how_doing lost_people not_looked childs_account if_nothing_changes",
    # Ours: the log of what was shared.
    "report_shared": "document* to* reader how format explained understood understood_words meeting digest",
    # Ours: the worksheet of a deep dive.
    "deep_dive": "meeting authorities[]{authority from to asked_on received_on merged_on history} unknown_history"
    " pattern plan",
    "case_opened": "to reason",
    "case_closed": "to reason",
    "status_change": "to reason",
    "training": "person* course* on* licence expires",
}

CODES = {
    "report_shared.reader": "parent child conference_chair core_group court gp other_professional own_agency"
    " partnership",
    "report_shared.how": "by_hand secure_email post read_aloud on_screen",
    "report_shared.format": "full easy_read translated interpreted",
    "report_shared.understood": "yes partly no not_checked",
    "event.type": "birth bereavement new_adult household_change homelessness injury ed_attendance missing"
    " police_callout domestic_abuse exclusion home_education diagnosis pregnancy other",
    "visit.mode": "home doorstep school clinic office video phone third_party",
    "visit.access": "given refused no_answer child_absent",
    "visit.cancelled_by": "family service",
    "visit.cancel_reason": "illness hospital other",
    "visit.contact_rating": "red amber green",
    "visit.conditions.than_last": "better same worse",
    "visit.checks.food": "fine worry not_seen",
    "visit.checks.warmth": "fine worry not_seen",
    "visit.checks.bed_or_safe_sleep": "fine worry not_seen",
    "visit.checks.hazards": "fine worry not_seen",
    "visit.lines.how": "i_saw child_said carer_said",
    "worker_contact.to_role": "worker manager duty",
    "worker_contact.by_agency": " ".join(Agency),
    "appointment.status": "brought not_brought cancelled_by_family cancelled_by_service rearranged unknown",
    "measure.measure": "weight_centile height_centile development dental speech attainment emotional other",
    "admission.extra_days.reason": "clinical parenting_concern carer_training home_unsafe placement_search equipment"
    " other",
    "medicine.changed.what": "dose strength brand device",
    "medicine.checked_role": "pharmacist prescriber registered_nurse",
    "teach_back.stage": "first second retest",
    "referral.to": "mash",
    "referral.by_agency": " ".join(Agency),
    "referral.outcome": "no_further_action advice early_help step_down assessment strategy other",
    "meeting.type": "strategy icpc rcpc core_group cin_planning cin_review stay_review trigger_review three_way"
    " deep_dive discharge legal_planning professionals",
    "meeting.category": " ".join(Category),
    "advocacy.status": "offered accepted declined non_instructed",
    "advocacy.for": "child parent",
    "advocacy.by": "child parent professional",
    "action.checked_by": "seen document child third_party",
    "action.checked_result": "done part not_done could_not_check",
    "action.looked_again.by": "seen document child third_party",
    "action.looked_again.result": "done part not_done",
    "attendance.situation": "on_roll off_roll home_educated part_time",
    "support.themes": " ".join(Theme),
    "chronology_frozen.style": "professional family court",
    "status_change.to": " ".join(StatusKind),
    "training.course": "gcp2 professional_challenge neglect learning_review",
}


def written(items: tuple[Item, ...]) -> str:
    return " ".join(
        item.name
        + ("*" if item.required else "")
        + ("[]" if item.repeats else "")
        + (f"{{{written(item.items)}}}" if item.items else "")
        for item in items
    )


def item_at(path: str) -> Item:
    code, *names = path.split(".")
    items = KINDS[code].items
    found = None
    for name in names:
        (found,) = (item for item in items if item.name == name)
        items = found.items
    assert found is not None
    return found


def test_there_are_the_kinds_of_the_contract() -> None:
    assert list(KINDS) == sorted(FIELDS)


@pytest.mark.parametrize("code", FIELDS)
def test_a_kind_has_the_fields_of_the_contract(code: str) -> None:
    assert written(KINDS[code].items) == FIELDS[code]


@pytest.mark.parametrize("path", CODES)
def test_a_choice_has_the_codes_of_the_contract(path: str) -> None:
    assert " ".join(option.code for option in item_at(path).options) == CODES[path]


def test_levels_and_stages_run_from_one_to_four() -> None:
    for path in ("referral.level", "challenge.stage"):
        assert (item_at(path).least, item_at(path).most) == (1, 4)


def test_ids_inside_data_say_what_they_belong_to() -> None:
    assert {
        path: item_at(path).of
        for path in ("challenge.about", "action.same_as", "teach_back.medicine", "teach_back.person", "training.person")
    } == {
        "challenge.about": RecordKind.ENTRY,
        "action.same_as": RecordKind.ENTRY,
        "teach_back.medicine": RecordKind.ENTRY,
        "teach_back.person": RecordKind.PERSON,
        "training.person": RecordKind.PROFESSIONAL,
    }


def test_only_training_and_circumstances_need_no_child() -> None:
    assert [code for code, kind in KINDS.items() if kind.children_may_be_empty] == ["circumstance", "training"]


def all_items(items: tuple[Item, ...]) -> list[Item]:
    return [inner for item in items for inner in (item, *all_items(item.items))]


@pytest.mark.parametrize("code", KINDS)
def test_labels_are_words_for_people(code: str) -> None:
    kind = KINDS[code]
    assert kind.title[0].isupper()
    assert kind.plural[0].isupper()
    assert kind.about.endswith(".")
    for item in all_items(kind.items):
        assert "_" not in item.label
        assert item.label[0].isupper()
        assert all("_" not in option.label for option in item.options)
        if item.type is ItemType.BOOLEAN:
            assert item.label.endswith("?")


HEAD = """\
format = "gcp2-entry-kind"
format_version = 1
code = "walk"
title = "Walk"
plural = "Walks"
about = "A walk."
"""
ITEM = '\n[[items]]\nname = "far"\ntype = "boolean"\nlabel = "Far?"\n'


def declared(folder: Path, text: str, name: str = "walk.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_kind_is_a_new_file(tmp_path: Path) -> None:
    declared(tmp_path, HEAD + ITEM)
    kinds = load_kinds(tmp_path)
    assert list(kinds) == ["walk"]
    assert kinds["walk"].items == (Item(name="far", type=ItemType.BOOLEAN, label="Far?"),)


def test_a_folder_without_kinds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no kind of entry"):
        load_kinds(tmp_path)
    with pytest.raises(NotFound):
        load_kind(tmp_path / "none.toml")


BROKEN = {
    "another name": (HEAD.replace('"walk"', '"run"'), "code", "Name the file run.toml"),
    "empty title": (HEAD.replace('"Walk"', '""'), "title", "empty"),
    "unknown key": (HEAD + "icon = 1\n", "icon", "not known"),
    "unknown type": (HEAD + ITEM.replace('"boolean"', '"colour"'), "items[0].type (far)", "not one of"),
    "bad name": (HEAD + ITEM.replace('"far"', '"How far"'), "items[0] (How far)", "not a field's name"),
    "name twice": (HEAD + ITEM + ITEM, "items[1] (far)", "twice"),
    "empty label": (HEAD + ITEM.replace('"Far?"', '""'), "items[0] (far)", "label is empty"),
    "choice without options": (HEAD + ITEM.replace('"boolean"', '"choice"'), "items[0] (far)", "needs options"),
    "boolean with options": (HEAD + ITEM + 'options = [{code = "a", label = "A"}]\n', "items[0] (far)", "no options"),
    "same code": (
        HEAD
        + ITEM.replace('"boolean"', '"choice"')
        + 'options = [{code = "a", label = "A"}, {code = "a", label = "B"}]\n',
        "items[0] (far)",
        "same code",
    ),
    "same label": (
        HEAD
        + ITEM.replace('"boolean"', '"choice"')
        + 'options = [{code = "a", label = "A"}, {code = "b", label = "A"}]\n',
        "items[0] (far)",
        "same label",
    ),
    "reference to nothing": (HEAD + ITEM.replace('"boolean"', '"reference"'), "items[0] (far)", "needs of"),
    "group without items": (HEAD + ITEM.replace('"boolean"', '"group"'), "items[0] (far)", "needs items"),
    "text with a range": (HEAD + ITEM.replace('"boolean"', '"text"') + "least = 1\n", "items[0] (far)", "no least"),
    "map of dates": (
        HEAD + ITEM.replace('"boolean"', '"map"') + 'values = "date"\n',
        "items[0] (far)",
        "text or integer",
    ),
    "map that repeats": (HEAD + ITEM.replace('"boolean"', '"map"') + "repeats = true\n", "items[0] (far)", "repeat"),
    "boolean with values": (HEAD + ITEM + 'values = "integer"\n', "items[0] (far)", "no values"),
    "agency of nobody": (HEAD + ITEM + "or_source_agency = true\n", "items[0] (far)", "required"),
    "required in a group": (
        HEAD
        + ITEM.replace('"boolean"', '"group"')
        + '\n[[items.items]]\nname = "to"\ntype = "text"\nlabel = "To"\nrequired = true\n',
        "items[0].items[0] (to)",
        "cannot be required",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_kind_is_refused_with_place_and_mend(name: str, tmp_path: Path) -> None:
    text, place, words = BROKEN[name]
    with pytest.raises(BadFile) as caught:
        load_kind(declared(tmp_path, text))
    assert caught.value.place == place
    assert words in str(caught.value)
    assert caught.value.mend
