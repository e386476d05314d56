//! Where the narrator goes on behind what somebody said, with what he tells of the report himself.

use crate::{
    semantic::{
        content_end::{last_inside, last_stop, starts_clause},
        cue::{self, Classes, Form},
        lexicon,
        line::{Line, NpKind},
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Whether the narrator goes on at item `i` with what he tells of the report as a whole.
pub(super) fn narrates(line: &Line<'_>, i: usize) -> bool {
    sums_up(line, i) || goes_on_in_headline(line, i) || leads_to_deed(line, i)
}

/// "… had left early, a claim that Roy denies", "a move she called late": the comma before a noun that sums up what was
/// said, and a clause that tells of it.
fn sums_up(line: &Line<'_>, i: usize) -> bool {
    if !(line.is_comma(i) || line.is_dash(i)) || !matches!(line.fold(i + 1), "a" | "an") {
        return false;
    }
    let Some(np) = line.np_starting_at(i + 1) else {
        return false;
    };
    let next = np.items.end;
    let relative = matches!(line.fold(next), "that" | "which") && !line.is_stop(next + 1);
    lexicon::english().is(WordSet::SumsUp, line.fold(np.head)) && (relative || starts_clause(line, next))
}

/// "Residents vow to fight on | as council backs homes": in a headline, what others do meanwhile.
fn goes_on_in_headline(line: &Line<'_>, i: usize) -> bool {
    if line.fold(i) != "as" || !is_headline(line) {
        return false;
    }
    let Some(np) = line.np_starting_at(i + 1) else {
        return false;
    };
    let acts = matches!(np.kind, NpKind::Name | NpKind::Common) && line.may_speak(np);
    let verb = np.items.end;
    acts && matches!(line.tag(verb), Tag::VerbPres | Tag::VerbBase) && !line.is_aux(verb)
}

/// "Called it “petty” before imposing a fine": what the speaker did then is nothing that was said.
fn leads_to_deed(line: &Line<'_>, i: usize) -> bool {
    line.is_quote(i.wrapping_sub(1))
        && matches!(line.fold(i), "before" | "after" | "without")
        && line.tag(i + 1) == Tag::VerbIng
}

/// "Denied that she had met him, and blamed “rogue officers”": a judgment behind a comma, which shares the subject of the
/// report before it.
pub(super) fn blames(line: &Line<'_>, i: usize) -> bool {
    let past = matches!(line.tag(i), Tag::VerbPast | Tag::VerbPart);
    let judges = cue::verb(line.fold(i)).is_some_and(|v| {
        let can = Classes::NOUN_CONTENT.and(Classes::CALL);
        v.form == Form::Past && v.classes.has(can) && !v.classes.has(Classes::WEAK)
    });
    past && judges && (line.is_quote(i + 1) || line.is_quote(i + 2))
}

/// Whether a sentence ends without a stop, as headlines do.
fn is_headline(line: &Line<'_>) -> bool {
    let last = line.len().saturating_sub(1);
    let stops = matches!(last_inside(line, last), "." | "!" | "?" | "…" | ",");
    last_stop(line) == line.len() && !(line.is_quote(last) && stops)
}
