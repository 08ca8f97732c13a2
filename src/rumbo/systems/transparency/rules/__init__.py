"""Rules of a quarter's record, in the order in which a person meets them: content, links, texts, dates, term."""

from rumbo.core.rules import Rulebook
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules import (
    alignment_reasoned,
    annual_plan_of_the_year,
    annual_with_the_fourth,
    as_the_plan_says,
    columns_complete,
    correction_after_previous,
    dates_have_come,
    links_open,
    published_in_time,
    quarter_agrees,
    situation_in_four_blocks,
    text_fits_a_cell,
    text_within_limit,
    update_before_validation,
    validation_after_period,
    work_programme_link,
)
from rumbo.systems.transparency.rules._subject import RecordSheet, WrittenColumn

__all__ = ["RULEBOOK", "RecordSheet", "WrittenColumn"]

RULEBOOK = Rulebook(
    "transparency",
    N_("Transparencia"),
    (
        columns_complete.RULE,
        alignment_reasoned.RULE,
        situation_in_four_blocks.RULE,
        as_the_plan_says.RULE,
        links_open.RULE,
        annual_plan_of_the_year.RULE,
        work_programme_link.RULE,
        text_fits_a_cell.RULE,
        text_within_limit.RULE,
        quarter_agrees.RULE,
        update_before_validation.RULE,
        validation_after_period.RULE,
        dates_have_come.RULE,
        correction_after_previous.RULE,
        annual_with_the_fourth.RULE,
        published_in_time.RULE,
    ),
)
